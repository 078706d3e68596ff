"""The forms of planning: the query bar of the list, what work to plan, and how it is to be done."""

from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l

from coop.operations.models import WorkOrder
from coop.operations.rules.life import OrderState
from coop.operations.rules.planning import OrderDetails, OrderTerms
from foundation.web.acts import ActForm
from foundation.web.fields import (
    CheckField,
    ChoiceField,
    CountField,
    DateField,
    DivisionField,
    LongTextField,
    TermField,
    TextField,
)
from foundation.web.forms import EditForm, Form, QueryForm, Required

MOST_PASSES = 12


class OrderQuery(QueryForm):
    """The query bar of the list."""

    text = TextField(_l("编号、农户、合同或地块"))
    state = TermField(_l("状态"), terms=OrderState, blank=_l("全部"))
    season = ChoiceField(_l("作物季"), blank=_l("全部"))
    link = ChoiceField(_l("环节"), blank=_l("全部"))
    division = DivisionField(_l("村镇"))
    provider = ChoiceField(_l("服务方"), blank=_l("全部"))
    operator = ChoiceField(_l("机手"), blank=_l("全部"))
    since = DateField(_l("作业截止日从"))
    until = DateField(_l("至"))
    disputed = CheckField(_l("有争议"))


class WorkQuery(QueryForm):
    """Which work is to be planned: the question over the planning page."""

    season = ChoiceField(_l("作物季"), [Required()])
    link = ChoiceField(_l("环节"), [Required()])
    pass_number = CountField(_l("第几遍"), [Required()], least=1, most=MOST_PASSES, default=1)
    starts_on = DateField(_l("作业期从"), [Required()])
    ends_on = DateField(_l("至"), [Required()])
    division = DivisionField(_l("村镇"))


class MeansForm(Form):
    """How the work is to be done; the same for every order of one act of planning."""

    programme = ChoiceField(_l("计入项目"), blank=_l("综合统计"))
    operator = ChoiceField(_l("机手"), blank=_l("以后再定"))
    machine = ChoiceField(_l("机具"), blank=_l("以后再定"))
    standard = LongTextField(_l("作业标准"), limit=1000, description=_l("如：播深 3–5 厘米，漏播率不超过 3%"))
    note = TextField(_l("备注"), limit=400)
    exception_reason = TextField(_l("特殊情况说明"), limit=400, description=_l("系统提示需要说明时填写"))

    def details(self, work: WorkQuery, **land: Any) -> OrderDetails:
        """Return what is to be planned."""
        return OrderDetails(
            season_id=work.season.data,
            link_id=work.link.data,
            pass_number=work.pass_number.data,
            programme_id=self.programme.data,
            terms=OrderTerms(
                starts_on=work.starts_on.data,
                ends_on=work.ends_on.data,
                operator_id=self.operator.data,
                machine_id=self.machine.data,
                standard=self.standard.data or "",
                note=self.note.data or "",
                exception_reason=self.exception_reason.data or "",
            ),
            **land,
        )


class OrderForm(EditForm):
    """What may be changed of an order."""

    starts_on = DateField(_l("作业期从"), [Required()])
    ends_on = DateField(_l("至"), [Required()])
    operator = ChoiceField(_l("机手"), blank=_l("以后再定"))
    machine = ChoiceField(_l("机具"), blank=_l("以后再定"))
    standard = LongTextField(_l("作业标准"), limit=1000)
    note = TextField(_l("备注"), limit=400)
    exception_reason = TextField(_l("特殊情况说明"), limit=400, description=_l("系统提示需要说明时填写"))

    def terms(self) -> OrderTerms:
        """Return the terms."""
        return OrderTerms(
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            operator_id=self.operator.data,
            machine_id=self.machine.data,
            standard=self.standard.data or "",
            note=self.note.data or "",
            exception_reason=self.exception_reason.data or "",
        )


def form_of(order: WorkOrder) -> OrderForm:
    """Return the form of an order as it stands."""
    return OrderForm(
        formdata=None,
        data={
            "version": order.version,
            "starts_on": order.starts_on,
            "ends_on": order.ends_on,
            "operator": order.operator_id,
            "machine": order.machine_id,
            "standard": order.standard,
            "note": order.note,
            "exception_reason": order.exception_reason,
        },
    )


class CancelForm(ActForm):
    """Why an order or some of its parcels are taken back."""

    reason = TextField(_l("理由"), [Required()], limit=200)


class CancelLinesForm(CancelForm):
    """Which parcels are taken out of an order, and why."""

    lines = wtforms.SelectMultipleField(coerce=int, validate_choice=False)
