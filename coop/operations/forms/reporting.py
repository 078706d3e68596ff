"""The form of what was done on the lines of an order: a head for all of them, a row for each."""

from collections.abc import Iterable, Sequence
from datetime import date
from secrets import token_urlsafe
from typing import Any

import wtforms
from flask import request
from flask_babel import lazy_gettext as _l

from coop.machinery.models import Machine, Operator
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.queries.loads import machine_label
from coop.operations.rules.reporting import QualityRow, WorkFact, bar_of, with_exceptions
from coop.operations.rules.terms import WorkResult
from coop.operations.service.judging import line_facts
from foundation.errors import DomainError
from foundation.values.area import Mu, mu
from foundation.web.fields import ChoiceField, DateField, MuField, TermField, TextField
from foundation.web.forms import AtMost, Form, Required, VersionField
from foundation.web.wording import translated

MOST_AREA = 100_000_00
KEY_BYTES = 15
LONGEST_KEY = 40


class RowForm(Form):
    """What was done on one line; an empty date is the head's."""

    result = TermField(_l("结果"), terms=WorkResult, blank=_l("暂不登记"))
    area = MuField(_l("实际亩数"), [AtMost(MOST_AREA)])
    worked_on = DateField(_l("日期"), render_kw={"placeholder": ""})
    reason = TextField(_l("原因"), limit=200)
    quality = TextField(_l("质量例外"), limit=400)
    version = VersionField()


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


class Row:
    """A line of the page: the order's line, its form while it is open, and what was said of it."""

    def __init__(self, line: OrderLine, form: RowForm | None, today: date) -> None:
        self.line, self.form = line, form
        self.bar = bar_of(line_facts(line), today)
        self.left = Mu(max(0, line.planned_area - line.done_area))

    @property
    def is_open(self) -> bool:
        """Whether anything may still be reported on the line."""
        return self.bar is None

    @property
    def is_reported(self) -> bool:
        """Whether the line needs no more entry, so that the page may put it aside."""
        is_through = not self.is_open or self.line.result is WorkResult.DONE
        return is_through and not self.is_said

    @property
    def is_said(self) -> bool:
        """Whether the form says anything of the line."""
        return self.form is not None and self.form.result.data is not None


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
        self.rows = [self._row(line) for line in lines]

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

    def _row(self, line: OrderLine) -> Row:
        if Row(line, None, self.today).bar is not None:
            return Row(line, None, self.today)
        left = Mu(max(0, line.planned_area - line.done_area))
        is_fresh = line.result is None
        planned: dict[str, Any] = {
            "result": WorkResult.DONE if is_fresh else None,
            "area": left if is_fresh else None,
            "version": line.version,
        }
        usual = {} if request.method == "POST" else planned  # a row that was not sent says nothing
        return Row(line, RowForm(prefix=f"line-{line.id}-", data=usual), self.today)

    @property
    def open_rows(self) -> list[Row]:
        """The rows on which something may be reported."""
        return [row for row in self.rows if row.is_open]

    @property
    def has_quality(self) -> bool:
        """Whether anything was found of the standard, or written wrongly."""
        return any(form.found.data or form.errors for form in self.found)

    def validate(self) -> bool:
        """Prove the head and every row that says something; refusals stay at their own boxes."""
        said = [row.form for row in self.rows if row.form is not None and row.is_said]
        return all([self.head.validate(), *(form.validate() for form in [*self.found, *said])])

    def quality(self) -> tuple[QualityRow, ...]:
        """Return the order's quality rows as the head says they were found."""
        return tuple(
            QualityRow(content=item.content, agreed=item.agreed, found=form.found.data or "")
            for item, form in zip(self.items, self.found, strict=True)
        )

    def facts(self) -> list[WorkFact]:
        """Return what the rows say; a quality text that cannot be read is refused at its row."""
        usual = self.quality()
        return [self._fact(row.line, row.form, usual) for row in self.rows if row.form and row.is_said]

    def _fact(self, line: OrderLine, form: RowForm, usual: tuple[QualityRow, ...]) -> WorkFact:
        result = form.result.data
        own: tuple[QualityRow, ...] = ()
        if result is not WorkResult.NOT_DONE:
            try:
                own = tuple(row for row in with_exceptions(usual, form.quality.data or "") if row.found)
            except DomainError as error:
                form.quality.errors = [*form.quality.errors, translated(error)]
        return WorkFact(
            line_id=line.id,
            result=result,
            area=form.area.data or Mu(0),
            worked_on=form.worked_on.data or self.head.worked_on.data,
            version=form.version.data,
            operator_id=None if result is WorkResult.NOT_DONE else self.head.operator.data,
            machine_id=None if result is WorkResult.NOT_DONE else self.head.machine.data,
            quality=own,
            reason=form.reason.data or "",
        )

    @property
    def sums(self) -> dict[str, str]:
        """The running sums as the page shows them."""
        said = [row for row in self.rows if row.is_said]
        results = [row.form.result.data for row in said if row.form is not None]
        areas = [row.form.area.data or 0 for row in said if row.form is not None]
        return {
            "lines": str(len(said)),
            "area": mu(Mu(sum(areas))),
            "planned": mu(Mu(sum(row.line.planned_area for row in said))),
            "partly": str(results.count(WorkResult.PARTLY)),
            "undone": str(results.count(WorkResult.NOT_DONE)),
        }

    @property
    def errors(self) -> int:
        """How many boxes are refused."""
        forms = [self.head, *self.found, *(row.form for row in self.rows if row.form is not None)]
        return sum(len(form.errors) for form in forms)


def sent_key(account_id: int) -> str:
    """Return the one-time key that the form was sent with, made the sender's own."""
    text = request.form.get("form_key", "")[:LONGEST_KEY]
    return f"{account_id}:{text}" if text else ""


class UndoForm(Form):
    """Why a report is taken back."""

    reason = TextField(_l("撤回原因"), [Required()], limit=200)
