"""The rows of the entry page: a few boxes for each line, all of them read by the fields of one small form.

An order may have a thousand lines; a form of its own for each, with every field bound and rendered anew,
would cost seconds. The fields of ``RowForm`` therefore read the boxes of all rows, and a row holds no more
than what stands in its boxes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from coop.operations.models import OrderLine
from coop.operations.rules.reporting import bar_of
from coop.operations.rules.terms import WorkResult
from coop.operations.service.judging import line_facts
from foundation.values.area import Mu
from foundation.web.fields import DateField, MuField, TermField, TextField
from foundation.web.forms import AtMost, Form, VersionField

MOST_AREA = 100_000_00


class RowForm(Form):
    """What was done on one line; an empty date is the head's."""

    result = TermField(_l("结果"), terms=WorkResult, blank=_l("暂不登记"))
    area = MuField(_l("实际亩数"), [AtMost(MOST_AREA)])
    worked_on = DateField(_l("日期"), render_kw={"placeholder": ""})
    reason = TextField(_l("原因"), limit=200)
    quality = TextField(_l("质量例外"), limit=400)
    version = VersionField()


@dataclass(slots=True)
class Box:
    """One box of a row: the text in it, what it reads as, and the sentences that refuse it."""

    text: str = ""
    data: Any = None
    errors: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """The boxes of one line."""

    result: Box
    area: Box
    worked_on: Box
    reason: Box
    quality: Box
    version: Box

    def __iter__(self) -> Iterator[Box]:
        """Yield the boxes in which people write."""
        yield from (self.result, self.area, self.worked_on, self.reason, self.quality)

    @property
    def errors(self) -> list[str]:
        """Every sentence that refuses a box of the row."""
        return [sentence for box in self for sentence in box.errors]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of boxes: its name, the pattern of its boxes' labels, what else their markup says."""

    name: str
    pattern: str
    marks: dict[str, str]

    def called(self, position: int) -> str:
        """Return the label of the box in a row."""
        return self.pattern % position


class RowReader:
    """Reads the boxes of every row, as they were sent or as all goes by the plan."""

    def __init__(self, sent: Mapping[str, str] | None) -> None:
        self.sent = sent
        self.fields = RowForm(formdata=None)

    def entry(self, line: OrderLine) -> Entry:
        """Return the boxes of a line; what was not sent says nothing, and what is not said is not read."""
        if self.sent is None:
            return self._planned(line)
        texts = {name: self.sent.get(f"line-{line.id}-{name}", "") for name in self.fields.data}
        result = self._read("result", texts["result"])
        if result.data is None:
            return Entry(**{name: Box(text) for name, text in texts.items()})
        return Entry(**{name: self._read(name, text) for name, text in texts.items()})

    def _planned(self, line: OrderLine) -> Entry:
        is_fresh = line.result is None
        planned = left(line)
        return Entry(
            result=Box(WorkResult.DONE.value, WorkResult.DONE) if is_fresh else Box(),
            area=Box(self.fields.area.show(planned), planned) if is_fresh else Box(),
            worked_on=Box(),
            reason=Box(),
            quality=Box(),
            version=Box(str(line.version), line.version),
        )

    @property
    def result(self) -> Column:
        """The column of the results."""
        return self._column("result")

    @property
    def results(self) -> list[tuple[str, str]]:
        """The results to choose from, in the reader's language."""
        return [(str(choice.value), str(choice.label)) for choice in self.fields.result.iter_choices()]

    def columns(self, *, with_quality: bool) -> list[Column]:
        """Return the columns of text."""
        names = ("area", "worked_on", "reason", "quality")
        return [self._column(name) for name in names if with_quality or name != "quality"]

    def _column(self, name: str) -> Column:
        """Return a column; its labels are worded once, as only the row's number differs."""
        box: Any = self.fields[name]
        pattern = _("第 %(n)s 行 %(column)s", n="%s", column=box.label.text)
        return Column(name, pattern, box.render_kw or {})

    def _read(self, name: str, text: str) -> Box:
        """Return what a field makes of a text, or the sentence with which it refuses it."""
        reader: Any = self.fields[name]
        reader.data = None
        try:
            reader.process_formdata([text])
            for proof in reader.validators:
                proof(self.fields, reader)
        except ValueError as refusal:
            return Box(text, None, [str(refusal)])
        return Box(text, reader.data)


class Row:
    """A line of the page: the order's line, its boxes while it is open, and how much of it is left."""

    def __init__(self, line: OrderLine, reader: RowReader, today: date) -> None:
        self.line = line
        self.bar = bar_of(line_facts(line), today)
        self.entry = None if self.bar else reader.entry(line)
        self.left = left(line)

    @property
    def is_open(self) -> bool:
        """Whether anything may still be reported on the line."""
        return self.bar is None

    @property
    def is_said(self) -> bool:
        """Whether the boxes say anything of the line."""
        return self.entry is not None and self.entry.result.data is not None

    @property
    def is_reported(self) -> bool:
        """Whether the line needs no more entry, so that the page may put it aside."""
        is_through = not self.is_open or self.line.result is WorkResult.DONE
        return is_through and not self.is_said


def left(line: OrderLine) -> Mu:
    """Return what of a line's plan is still to be done."""
    return Mu(max(0, line.planned_area - line.done_area))
