"""What an import is made of: the columns of its sheets, the verdict on each row, the states of a batch."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from foundation.access.grants import Viewer
from foundation.errors import DomainError
from foundation.wording import N_, Term
from foundation.workbooks.layouts import Layout
from foundation.workbooks.reading import Row


class Outcome(Term):
    """What importing a row would do."""

    NEW = "new", N_("新增")
    SAME = "same", N_("无变化")
    CHANGED = "changed", N_("更新")
    SEVERAL = "several", N_("匹配到多条")
    REFUSED = "refused", N_("有错误")
    DUPLICATE = "duplicate", N_("重复行")


APPLICABLE = (Outcome.NEW, Outcome.CHANGED)
"""Only these rows change anything when the batch is confirmed; the others always stay behind."""

STOPPED = (Outcome.SEVERAL, Outcome.REFUSED, Outcome.DUPLICATE)
"""These rows go into the error workbook."""


class BatchState(Term):
    """How far a batch has come."""

    UPLOADED = "uploaded", N_("已上传")
    READING = "reading", N_("正在读取")
    PREVIEWED = "previewed", N_("待确认")
    APPLYING = "applying", N_("正在导入")
    APPLIED = "applied", N_("已导入")
    UNDOING = "undoing", N_("正在撤销")
    UNDONE = "undone", N_("已撤销")
    FAILED = "failed", N_("未能读取")
    DISCARDED = "discarded", N_("已放弃")


NEXT: Mapping[BatchState, frozenset[BatchState]] = {
    BatchState.UPLOADED: frozenset({BatchState.READING, BatchState.FAILED, BatchState.DISCARDED}),
    BatchState.READING: frozenset({BatchState.READING, BatchState.PREVIEWED, BatchState.FAILED}),
    BatchState.PREVIEWED: frozenset({BatchState.APPLYING, BatchState.DISCARDED}),
    BatchState.APPLYING: frozenset({BatchState.APPLYING, BatchState.APPLIED}),
    BatchState.APPLIED: frozenset({BatchState.UNDOING}),
    BatchState.UNDOING: frozenset({BatchState.UNDOING, BatchState.UNDONE, BatchState.APPLIED}),
    BatchState.UNDONE: frozenset(),
    BatchState.FAILED: frozenset({BatchState.READING}),
    BatchState.DISCARDED: frozenset(),
}


class ImportPermission(Term):
    """Who finds the import pages; what a person may import is the permission of each kind besides."""

    RUN = "foundation.imports.run", N_("导入数据")


class ImportAct(Term):
    """What the journal says about imports."""

    UPLOADED = "imports.uploaded", N_("上传导入文件")
    APPLIED = "imports.applied", N_("确认导入")
    FAULTS_TAKEN = "imports.faults_taken", N_("下载导入错误清单")
    UNDONE = "imports.undone", N_("撤销导入")
    DISCARDED = "imports.discarded", N_("放弃导入")


class ChangeAct(Term):
    """What a batch did to one row of a register."""

    CREATED = "created", N_("新增")
    CHANGED = "changed", N_("更新")


class RowFault(NamedTuple):
    """What is wrong in one cell: the column's key (empty for the whole row), a sentence and its places."""

    column: str
    message: str
    values: dict[str, str]

    @property
    def sentence(self) -> str:
        """The sentence in Chinese."""
        return self.message % self.values


def fault(column: str, error: DomainError) -> RowFault:
    """Return the refusal ``error`` as the fault of cell ``column``."""
    return RowFault(column, error.message, {key: _spoken(value) for key, value in error.values.items()})


def _spoken(value: object) -> str:
    return value.label if isinstance(value, Term) else str(value)


@dataclass(frozen=True, slots=True)
class FaultyRow(Row):
    """A row with cells that the kit has refused already: nothing else in the file may lean on it."""

    faults: Sequence[RowFault] = ()


class CheckedRow(NamedTuple):
    """The verdict on one row.

    ``number`` is the row's number in its sheet; ``label`` names the thing for people and is stored in clear,
    so it holds no ID and no account number. ``payload`` (JSON-able) is handed to ``apply`` again, sealed
    meanwhile; ``subject_id`` is the row of the register it matched. ``before`` and ``after`` map a column's
    key to the text that was and will be, for the changed cells only. ``faults`` stop a row, ``warnings`` not.
    """

    number: int
    outcome: Outcome
    label: str = ""
    faults: Sequence[RowFault] = ()
    warnings: Sequence[RowFault] = ()
    payload: Mapping[str, Any] | None = None
    subject_id: int | None = None
    before: Mapping[str, str] = {}
    after: Mapping[str, str] = {}


class AppliedRow(NamedTuple):
    """A confirmed row on its way into the register: its sheet, number, outcome, payload and match."""

    sheet: str
    number: int
    outcome: Outcome
    payload: Mapping[str, Any]
    subject_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportContext:
    """What a kind may lean on: the person importing, the day and moment, a memory across chunks and sheets.

    ``memory`` lives for one reading (or one applying) of one file; after a restart reading begins anew, and
    applying goes on at the first chunk not yet applied with an empty memory. ``reason`` is for the journal.
    """

    viewer: Viewer
    on: date
    now: datetime
    reason: str = ""
    memory: dict[str, Any] = field(default_factory=dict)


Check = Callable[[ImportContext, str, Sequence[Row]], Iterable[CheckedRow]]
Apply = Callable[[ImportContext, Sequence[AppliedRow]], None]
Dependents = Callable[[ImportContext, Mapping[str, Sequence[int]]], Sequence[str]]


Undone = Callable[[ImportContext, Mapping[str, Sequence[int]]], None]


def _nothing_to_tell(_context: ImportContext, _changed: Mapping[str, Sequence[int]]) -> None:
    """Nobody counts on the rows of most kinds."""


def _nothing_more(_context: ImportContext, _created: Mapping[str, Sequence[int]]) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportKind:
    """One kind of spreadsheet, registered by the feature that understands it.

    ``check(context, sheet title, rows)`` gets the rows of a sheet in chunks of thousands, in the order of
    ``sheets`` (any may be missing in the file), and yields one verdict for each row; it only reads.
    The kit has already looked for damaged cells, empty required ones and unknown choices: recovered values
    are in place, cells past saving are empty, and a fault of a cell the kit has refused is not told twice;
    so a kind need not check these three. ``apply(context, rows)`` gets the new and
    changed rows of one sheet in chunks of hundreds and calls the feature's service verbs, which flush; what
    they change through the session is recorded for undoing by itself. A ``DomainError`` out of ``apply``
    makes the kit try the chunk row by row and set aside those that refuse, so it must cope with one row too.
    ``nouns`` says what the rows of a table are called when undoing is refused because of them;
    ``dependents`` (created ids by table) may add reasons against undoing that no foreign key tells;
    ``undone`` (restored ids by table) tells whoever counts on the rows that they are what they were.
    """

    name: str
    label: str
    permission: Term
    sheets: tuple[Layout, ...]
    check: Check
    apply: Apply
    nouns: Mapping[str, str] = field(default_factory=dict)
    dependents: Dependents = _nothing_more
    undone: Undone = _nothing_to_tell
    hint: str = ""

    def sheet_number(self, title: str) -> int:
        """Return the place of the sheet called ``title``."""
        return next(place for place, sheet in enumerate(self.sheets) if sheet.title == title)


def may_become(state: BatchState, following: BatchState) -> bool:
    """Tell whether a batch in ``state`` may go on to ``following``."""
    return following in NEXT[state]
