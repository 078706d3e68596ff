"""The forms of the telephone: one line with three big buttons, or all lines of a household at once."""

from collections.abc import Sequence
from datetime import date
from secrets import token_urlsafe

import wtforms
from flask_babel import lazy_gettext as _l

from coop.machinery.models import Machine, Operator
from coop.operations.forms.reporting import KEY_BYTES
from coop.operations.forms.rows import MOST_AREA
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.queries.loads import machine_label
from coop.operations.rules.reporting import WorkFact
from coop.operations.rules.terms import WorkResult
from foundation.values.area import Mu
from foundation.web.fields import ChoiceField, DateField, MuField, TermField, TextField
from foundation.web.forms import AtMost, Form, Required, VersionField

Hands = tuple[Sequence[Machine], Sequence[Operator]]


class LineForm(Form):
    """What was done on a line; the button says the result."""

    result = TermField(_l("结果"), terms=WorkResult)
    area = MuField(_l("实际亩数"), [AtMost(MOST_AREA)])
    worked_on = DateField(_l("作业日期"), [Required()], render_kw={"type": "date"})
    machine = ChoiceField(_l("实际机具"))
    operator = ChoiceField(_l("实际机手"))
    reason = TextField(_l("原因（部分完成、未作业时填写）"), limit=200)
    exception_reason = TextField(_l("说明理由"), limit=200)
    form_key = wtforms.HiddenField()
    version = VersionField()

    def fact(self, line: OrderLine) -> WorkFact:
        """Return what was said of a line; what was not done has no acreage and no hands."""
        result = self.result.data or WorkResult.DONE
        is_worked = result is not WorkResult.NOT_DONE
        return WorkFact(
            line_id=line.id,
            result=result,
            area=(self.area.data or Mu(0)) if is_worked else Mu(0),
            worked_on=self.worked_on.data,
            version=self.version.data,
            operator_id=self.operator.data if is_worked else None,
            machine_id=self.machine.data if is_worked else None,
            reason=self.reason.data or "",
        )


def left_of(line: OrderLine) -> Mu:
    """Return what of a line is still to be done."""
    return Mu(max(0, line.planned_area - line.done_area))


def fresh_form(order: WorkOrder, line: OrderLine | None, hands: Hands, on: date) -> LineForm:
    """Return a form as if all went by the plan, today, with the order's own machine and driver."""
    form = LineForm(
        formdata=None,
        data={
            "area": left_of(line) if line else None,
            "worked_on": on,
            "machine": order.machine_id,
            "operator": order.operator_id,
            "form_key": token_urlsafe(KEY_BYTES),
            "version": line.version if line else None,
        },
    )
    return offered(form, hands)


def sent_form(hands: Hands) -> LineForm:
    """Return the form as it was sent."""
    return offered(LineForm(), hands)


def offered(form: LineForm, hands: Hands) -> LineForm:
    """Give a form the provider's machines and drivers to choose from."""
    machines, operators = hands
    form.machine.choices = [(row.id, machine_label(row)) for row in machines]
    form.operator.choices = [(row.id, row.name) for row in operators]
    return form
