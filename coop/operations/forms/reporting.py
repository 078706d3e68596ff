"""The form of what was done on the lines of an order: a head for all of them, a row for each."""

from collections.abc import Iterable, Sequence
from datetime import date
from secrets import token_urlsafe

import wtforms
from flask import request
from flask_babel import lazy_gettext as _l

from coop.machinery.models import Machine, Operator
from coop.operations.forms.rows import Entry, Row, RowReader
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.queries.loads import machine_label
from coop.operations.rules.reporting import QualityRow, WorkFact, with_exceptions
from coop.operations.rules.terms import WorkResult
from foundation.errors import DomainError
from foundation.values.area import Mu, mu
from foundation.web.fields import ChoiceField, DateField, TextField
from foundation.web.forms import Form, Required, submitted
from foundation.web.wording import translated

KEY_BYTES = 15
LONGEST_KEY = 40


class FoundForm(Form):
    """What was found of one row of the standard, on all lines that do not say otherwise."""

    found = TextField(_l("实测"), limit=100)


class HeadForm(Form):
    """What holds for every line of one act of reporting, and the one-time key of the form."""

    worked_on = DateField(_l("作业日期"), [Required()])
    machine = ChoiceField(_l("实际机具"))
    operator = ChoiceField(_l("实际机手"))
    exception_reason = TextField(_l("说明理由"), limit=200, render_kw={"placeholder": " "})
    form_key = wtforms.HiddenField()


class WorkForm:
    """The page's form over the lines of an order, read from what was sent or filled as planned."""

    def __init__(
        self,
        order: WorkOrder,
        lines: Iterable[OrderLine],
        hands: tuple[Sequence[Machine], Sequence[Operator]],
        items: Sequence[QualityRow],
        *,
        today: date,
    ) -> None:
        self.order, self.today, self.items = order, today, tuple(items)
        self.head = self._head(hands)
        self.found = [
            FoundForm(prefix=f"quality-{place}-", data={"found": item.found})
            for place, item in enumerate(items)
        ]
        self.boxes = RowReader(submitted())
        self.rows = [Row(line, self.boxes, today) for line in lines]

    def _head(self, hands: tuple[Sequence[Machine], Sequence[Operator]]) -> HeadForm:
        head = HeadForm(
            data={
                "worked_on": min(self.today, self.order.ends_on),
                "machine": self.order.machine_id,
                "operator": self.order.operator_id,
                "form_key": token_urlsafe(KEY_BYTES),
            }
        )
        machines, operators = hands
        head.machine.choices = [(row.id, machine_label(row)) for row in machines]
        head.operator.choices = [(row.id, row.name) for row in operators]
        return head

    @property
    def has_quality(self) -> bool:
        """Whether anything was found of the standard, or written wrongly."""
        return any(form.found.data or form.errors for form in self.found)

    def validate(self) -> bool:
        """Prove the head, the standard and every row that says something; refusals stay at their boxes."""
        heads = all([self.head.validate(), *(form.validate() for form in self.found)])
        return heads and not any(entry.errors for _line, entry in self.said)

    @property
    def said(self) -> list[tuple[OrderLine, Entry]]:
        """The lines of which the form says something, with their boxes."""
        return [(row.line, row.entry) for row in self.rows if row.entry is not None and row.is_said]

    def quality(self) -> tuple[QualityRow, ...]:
        """Return the order's quality rows as the head says they were found."""
        return tuple(
            QualityRow(content=item.content, agreed=item.agreed, found=form.found.data or "")
            for item, form in zip(self.items, self.found, strict=True)
        )

    def facts(self) -> list[WorkFact]:
        """Return what the rows say; a quality text that cannot be read is refused at its row."""
        usual = self.quality()
        return [self._fact(line, entry, usual) for line, entry in self.said]

    def _fact(self, line: OrderLine, entry: Entry, usual: tuple[QualityRow, ...]) -> WorkFact:
        result = entry.result.data
        own: tuple[QualityRow, ...] = ()
        if result is not WorkResult.NOT_DONE:
            try:
                own = tuple(row for row in with_exceptions(usual, entry.quality.data or "") if row.found)
            except DomainError as error:
                entry.quality.errors.append(translated(error))
        return WorkFact(
            line_id=line.id,
            result=result,
            area=entry.area.data or Mu(0),
            worked_on=entry.worked_on.data or self.head.worked_on.data,
            version=entry.version.data,
            operator_id=None if result is WorkResult.NOT_DONE else self.head.operator.data,
            machine_id=None if result is WorkResult.NOT_DONE else self.head.machine.data,
            quality=own,
            reason=entry.reason.data or "",
        )

    @property
    def sums(self) -> dict[str, str]:
        """The running sums as the page shows them."""
        said = self.said
        results = [entry.result.data for _line, entry in said]
        return {
            "lines": str(len(said)),
            "area": mu(Mu(sum(entry.area.data or 0 for _line, entry in said))),
            "planned": mu(Mu(sum(line.planned_area for line, _entry in said))),
            "partly": str(results.count(WorkResult.PARTLY)),
            "undone": str(results.count(WorkResult.NOT_DONE)),
        }

    @property
    def errors(self) -> int:
        """How many boxes are refused."""
        heads = sum(len(form.errors) for form in (self.head, *self.found))
        return heads + sum(len(entry.errors) for _line, entry in self.said)


def sent_key(account_id: int) -> str:
    """Return the one-time key that the form was sent with, made the sender's own."""
    text = request.form.get("form_key", "")[:LONGEST_KEY]
    return f"{account_id}:{text}" if text else ""


class UndoForm(Form):
    """Why a report is taken back."""

    reason = TextField(_l("撤回原因"), [Required()], limit=200)
