"""What of the ledger is drawn on the worktable: this year's land and its weight, by township or village."""

from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _

from coop.trusteeship.queries import rollup, scope
from coop.trusteeship.queries.rollup import AcreageRow
from coop.trusteeship.rules.terms import WHOLE_YEAR, AcreagePermission
from foundation.access.grants import Viewer
from foundation.divisions import queries as divisions
from foundation.web.charts import Chart, Series
from foundation.web.listing import CellKind

HOME = "/coop/trusteeship/"
MOST_ROWS = 20


def drawn(viewer: Viewer, on: date) -> Iterator[Chart]:
    """Yield the chart of whoever may look at the ledger."""
    if not viewer.can(AcreagePermission.VIEW):
        return
    programme = scope.programme_for(viewer, None, on.year)
    if programme is None:
        return
    roots = scope.roots(viewer, programme.division_code)
    if len(roots) == 1:
        found = rollup.level(viewer, programme.id, WHOLE_YEAR, roots[0])
        rows = [row for row in found if row.code != roots[0]] or found
    else:
        rows = rollup.rows_at(viewer, programme.id, (WHOLE_YEAR,), roots)
    rows.sort(key=lambda row: (-row.physical, row.code))
    yield _chart(rows[:MOST_ROWS], programme.year, programme.id)


def _chart(rows: list[AcreageRow], year: int, programme_id: int) -> Chart:
    names = divisions.paths(row.code for row in rows)
    return Chart(
        key="trusteeship-acreage",
        title=_("%(year)s 年托管土地面积（亩）", year=year),
        unit=_("亩"),
        head=_("区划"),
        rows=tuple(names[row.code].name for row in rows),
        series=(
            _column(_("托管土地面积"), [row.physical for row in rows]),
            _column(_("折算面积"), [row.weighted for row in rows]),
            _column(_("全程"), [row.whole for row in rows]),
            _column(_("亩次"), [row.mu_times for row in rows], is_drawn=False),
        ),
        url=f"{HOME}?programme={programme_id}",
        has_totals=len(rows) < MOST_ROWS,
    )


def _column(label: str, values: list[int], *, is_drawn: bool = True) -> Series:
    return Series(label=label, values=tuple(values), kind=CellKind.MU, is_drawn=is_drawn)
