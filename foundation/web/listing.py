"""A list page: filters, order, size and chosen columns live in the address, so that a link can be sent.

A view builds one ``ListPage``, hands its ``cut`` and ``order`` to the feature's query, gives the page it
gets back to ``show`` and renders it with ``macros/table.html``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request

from foundation.database.paging import PAGE_SIZE, PAGE_SIZES, Cut, Page, decode_key
from foundation.web.forms import QueryForm
from foundation.wording import N_, Term

_STATE = frozenset({"sort", "size", "after", "before", "columns"})
_PAGING = frozenset({"after", "before"})


class CellKind(Term):
    """How a cell is written and which way it leans."""

    TEXT = "text", N_("文字")
    NUMBER = "number", N_("数字")
    YUAN = "yuan", N_("金额")
    MU = "mu", N_("面积")
    DATE = "date", N_("日期")
    INSTANT = "instant", N_("时间")
    TERM = "term", N_("名称")
    OWN = "own", N_("自定")
    """Written by the caller block of the template."""


NUMERIC = frozenset({CellKind.NUMBER, CellKind.YUAN, CellKind.MU})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: the row's attribute, its heading (source text), how it is written.

    A ``link`` column leads to ``prefix + row.id``; a ``sortable`` one offers its key to the query; one that
    is not ``shown`` waits in the column choice.
    """

    key: str
    label: str
    kind: CellKind = CellKind.TEXT
    sortable: bool = False
    link: bool = False
    shown: bool = True

    @property
    def is_numeric(self) -> bool:
        """Whether the cells lean to the right."""
        return self.kind in NUMERIC

    @property
    def is_short(self) -> bool:
        """Whether the cells must stay on one line: numbers of rows, days, moments."""
        return self.link or self.kind in (CellKind.DATE, CellKind.INSTANT, CellKind.TERM)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAction:
    """A button over the list that posts the selected, the filtered or all rows to an address."""

    label: str
    url: str
    extents: tuple[str, ...] = ("selected", "filtered", "all")


class ListPage:
    """What one list shows: its columns, its query, and after ``show`` its rows."""

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        query: QueryForm | None = None,
        sort: str,
        prefix: str = "",
        actions: Sequence[BulkAction] = (),
    ) -> None:
        self.all_columns = tuple(columns)
        self.query = query
        self.prefix = prefix or request.path
        self.actions = tuple(actions)
        self.default_sort = sort
        self.page: Page | None = None

    @property
    def is_selecting(self) -> bool:
        """Whether rows can be ticked: some button speaks of the selected ones."""
        return any("selected" in action.extents for action in self.actions)

    @property
    def order(self) -> tuple[str, bool]:
        """The key of the chosen column and whether it runs downwards; ``-signed_on`` is the newest first."""
        asked = request.args.get("sort", "")
        sortable = {column.key for column in self.all_columns if column.sortable}
        chosen = asked if asked.lstrip("-") in sortable else self.default_sort
        return chosen.lstrip("-"), chosen.startswith("-")

    @property
    def size(self) -> int:
        """How many rows a page has."""
        asked = request.args.get("size", PAGE_SIZE, type=int)
        return asked if asked in PAGE_SIZES else PAGE_SIZE

    @property
    def cut(self) -> Cut:
        """Which page was asked for."""
        after, before = decode_key(request.args.get("after")), decode_key(request.args.get("before"))
        return Cut(size=self.size, after=None if before else after, before=before)

    @property
    def columns(self) -> list[Column]:
        """The chosen columns in their order; the usual ones unless others were chosen."""
        asked = set(request.args.getlist("columns"))
        chosen = [column for column in self.all_columns if column.key in asked]
        return chosen or [column for column in self.all_columns if column.shown]

    @property
    def sizes(self) -> tuple[int, ...]:
        """The page sizes on offer."""
        return PAGE_SIZES

    def show(self, page: Page) -> "ListPage":
        """Take the rows of the page and return itself, ready for the template."""
        self.page = page
        return self

    @property
    def filters(self) -> list[tuple[str, str]]:
        """The filters of the address, without order and paging."""
        return [(key, value) for key, value in request.args.items(multi=True) if key not in _STATE and value]

    @property
    def is_filtered(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.filters)

    @property
    def query_string(self) -> str:
        """The filters and the order as an address carries them, for exports of what is shown."""
        return urlencode(
            [pair for pair in request.args.items(multi=True) if pair[0] not in _PAGING and pair[1]]
        )

    def address(self, **changes: str | None) -> str:
        """Return this list's address with ``changes``, at the first page unless they name another."""
        dropped = _PAGING | changes.keys()
        kept = [pair for pair in request.args.items(multi=True) if pair[0] not in dropped and pair[1]]
        new = [(key, value) for key, value in changes.items() if value is not None]
        return f"{request.path}?{urlencode([*kept, *new])}".rstrip("?")

    def sort_address(self, column: Column) -> str:
        """Return the address that sorts by ``column``; a second time, the other way round."""
        key, downwards = self.order
        return self.address(sort=column.key if key != column.key or downwards else f"-{column.key}")

    def carried(self, *names: str) -> list[tuple[str, str]]:
        """Return what a form must carry along of the address's state as hidden fields, without ``names``."""
        return [
            (key, value)
            for key, value in request.args.items(multi=True)
            if key in _STATE - _PAGING and key not in names and value
        ]


def total_of(page: Page | None, column: Column) -> Any:
    """Return the sum under ``column``, or None where none was asked for."""
    return page.totals.get(column.key) if page else None
