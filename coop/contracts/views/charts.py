"""What of the contracts is drawn on the worktable: the signings of this year, and where contracts stand."""

from collections.abc import Iterable, Iterator
from datetime import date

from flask_babel import gettext as _

from coop.contracts import queries
from coop.contracts.queries import AreaSum
from coop.contracts.rules.life import ContractState
from coop.contracts.rules.terms import ContractPermission
from foundation.access.grants import Viewer
from foundation.web.charts import Chart, Series
from foundation.web.listing import CellKind
from foundation.web.wording import term

HOME = "/coop/contracts/"


def drawn(viewer: Viewer, on: date) -> Iterator[Chart]:
    """Yield the charts of whoever may look at contracts."""
    if viewer.can(ContractPermission.VIEW):
        yield _signed(viewer, on)
        yield _standing(viewer, on)


def _signed(viewer: Viewer, on: date) -> Chart:
    found = queries.signed_by_month(viewer, on.year)
    months = range(1, on.month + 1)
    return Chart(
        key="contracts-signed",
        title=_("%(year)s 年各月签订面积（亩）", year=on.year),
        unit=_("亩"),
        head=_("月份"),
        rows=tuple(f"{on.year}-{month:02d}" for month in months),
        series=_columns([found.get(month, AreaSum()) for month in months]),
        url=HOME,
        is_over_time=True,
        has_totals=True,
    )


def _standing(viewer: Viewer, on: date) -> Chart:
    found = queries.by_state(viewer, on)
    states = [state for state in ContractState if state in found]
    return Chart(
        key="contracts-states",
        title=_("各状态合同面积（亩）"),
        unit=_("亩"),
        head=_("状态"),
        rows=tuple(term(state) for state in states),
        series=_columns(found[state] for state in states),
        url=HOME,
    )


def _columns(sums: Iterable[AreaSum]) -> tuple[Series, ...]:
    rows = list(sums)
    return (
        Series(label=_("件数"), values=tuple(row.count for row in rows), is_drawn=False),
        Series(label=_("服务亩数"), values=tuple(row.service for row in rows), kind=CellKind.MU),
        Series(label=_("流转亩数"), values=tuple(row.entrustment for row in rows), kind=CellKind.MU),
    )
