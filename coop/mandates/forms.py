"""The forms of mandates: one or a whole village's, the signature, the revocation, the query bar."""

import wtforms
from flask_babel import lazy_gettext as _l

from coop.mandates.rules import USUAL_MATTER, Authority, MandateState
from coop.mandates.service import MandateTerms
from foundation.web.fields import (
    CheckField,
    DateField,
    DivisionField,
    LongTextField,
    PickerField,
    TermField,
    TextField,
)
from foundation.web.forms import Form, QueryForm, Required


class MandateQuery(QueryForm):
    """The query bar of the list."""

    text = TextField(_l("委托书编号或农户"))
    state = TermField(_l("状态"), terms=MandateState, blank=_l("全部"))
    authority = TermField(_l("委托权限"), terms=Authority, blank=_l("全部"))
    division = DivisionField(_l("村镇"))


class MandateForm(Form):
    """What mandates of one village have in common, and for whom they are."""

    agent = PickerField(
        _l("受托人（村集体）"),
        [Required()],
        source="/coop/organisations/search",
        description=_l("输入名称或首字母"),
    )
    division = DivisionField(_l("所在村"), [Required()])
    households = LongTextField(
        _l("委托农户"),
        limit=60_000,
        description=_l("每行一户：姓名、承包方编码或身份证尾号；留空则为全村还没有委托书的农户"),
    )
    authority = TermField(_l("委托权限"), [Required()], terms=Authority, blank=None, default=Authority.SIGN)
    starts_on = DateField(_l("委托起始日"), [Required()])
    ends_on = DateField(_l("委托终止日"), [Required()])
    matter = TextField(_l("委托事项"), [Required()], limit=400, default=USUAL_MATTER)
    price_terms = TextField(_l("价款约定"), limit=400, description=_l("如：租金不低于每亩每年 900 元"))
    consents_to_self_dealing = CheckField(_l("同意村集体同时作为服务方（民法典第168条）"))
    signed_on = DateField(_l("签字日期"), description=_l("已经签字的填写；先打印后签字的留空"))

    def terms(self) -> MandateTerms:
        """Return the terms."""
        return MandateTerms(
            agent_id=int(self.agent.data),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            authority=self.authority.data,
            matter=self.matter.data,
            price_terms=self.price_terms.data or "",
            consents_to_self_dealing=self.consents_to_self_dealing.data,
            signed_on=self.signed_on.data,
        )


class SignForm(Form):
    """The facts of a signature."""

    signed_on = DateField(_l("签字日期"), [Required()])
    scans = wtforms.MultipleFileField(_l("签字扫描件"), description=_l("PDF 或图片，可多选"))


class RevokeForm(Form):
    """From which day on, and why."""

    on = DateField(_l("撤回日期"), [Required()], description=_l("从这一天起委托失效"))
    reason = TextField(_l("撤回理由"), [Required()], limit=200)
