"""The forms of the desk: query bars, notice, the signed paper, the end of a dispute, reasons."""

import wtforms
from flask_babel import lazy_gettext as _l

from coop.acceptance.rules.terms import AcceptanceWay, DisputeEnd, NoticeWay, Respondent, SlipState
from foundation.web.acts import ActForm
from foundation.web.fields import (
    ChoiceField,
    CountField,
    DateField,
    DivisionField,
    MuField,
    TermField,
    TextField,
)
from foundation.web.forms import Form, QueryForm, Required

RESOLUTIONS = tuple(end for end in DisputeEnd if end is not DisputeEnd.WITHDRAWN)
"""How a person may end a dispute; it is withdrawn by undoing the word."""


class SlipQuery(QueryForm):
    """The query bar of the list of slips."""

    text = TextField(_l("作业单号或农户"))
    state = TermField(_l("状态"), terms=SlipState, blank=_l("全部"))
    way = TermField(_l("验收方式"), terms=AcceptanceWay, blank=_l("全部"))
    season = ChoiceField(_l("作物季"), blank=_l("全部"))
    division = DivisionField(_l("村镇"))


class DisputeQuery(QueryForm):
    """The query bar of the list of disputes."""

    text = TextField(_l("作业单号或农户"))
    standing = ChoiceField(
        _l("进展"), coerce=str, blank=_l("全部"), choices=[("open", _l("待处理")), ("over", _l("已处理"))]
    )
    end = TermField(_l("处理结果"), terms=DisputeEnd, blank=_l("全部"))
    division = DivisionField(_l("村镇"))


class NoticeForm(Form):
    """When and how households were told."""

    on = DateField(_l("送达日期"), [Required()], description=_l("农户知道要验收的日期；答复期从第二天算起"))
    way = TermField(_l("送达方式"), [Required()], terms=NoticeWay, blank=None, default=NoticeWay.PAPER)


class PaperForm(ActForm):
    """What a signed slip says beside its ticks."""

    respondent = TermField(_l("签字人"), terms=Respondent, blank=None, default=Respondent.FARMER)
    name = TextField(_l("签字人姓名"), limit=30, description=_l("家庭成员或见证人签字的必填"))
    signed_on = DateField(_l("签字日期"), [Required()])
    satisfaction = CountField(_l("满意度（1–5）"), least=1, most=5)
    picture = wtforms.FileField(
        _l("签字或指印照片"),
        description=_l("必填，JPG 或 PNG；要看清本户一行的勾选和签字"),
        render_kw={"accept": "image/jpeg,image/png"},
    )
    exception_reason = TextField(
        _l("特殊情况说明"), limit=200, description=_l("系统提示要说明理由时填写，会记入办理记录")
    )


class ReasonForm(ActForm):
    """A reason."""

    reason = TextField(_l("理由"), [Required()], limit=200)


class ResolveForm(ActForm):
    """How a dispute ends."""

    end = TermField(_l("处理结果"), [Required()], terms=RESOLUTIONS)
    area = MuField(_l("复测面积"), description=_l("选“按复测面积核定”时填写"))
    consent = wtforms.FileField(
        _l("农户书面认可照片"),
        description=_l("选“农户书面认可原面积”时必传，JPG 或 PNG"),
        render_kw={"accept": "image/jpeg,image/png"},
    )
    reason = TextField(
        _l("处理情况"), [Required()], limit=400, description=_l("谁参加、怎么核实、结论是什么")
    )
