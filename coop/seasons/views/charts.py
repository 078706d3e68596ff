"""What of the season is drawn on the worktable: how far each link has come."""

from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _

from coop.seasons import queries
from coop.seasons.rules.terms import SeasonPermission
from foundation.access.grants import Viewer
from foundation.web.charts import Chart, Series
from foundation.web.listing import CellKind


def drawn(viewer: Viewer, on: date) -> Iterator[Chart]:
    """Yield the progress of the season that is on, link by link, for whoever may open the board."""
    if not viewer.can(SeasonPermission.VIEW):
        return
    season = queries.current_season(queries.seasons_with_orders(viewer), on)
    if season is None:
        return
    board = queries.board(viewer, season.id, "", on)
    cells = [board.sums[key] for key, _name in board.links]
    figures = (
        (_("计划"), tuple(cell.planned for cell in cells), True),
        (_("完成"), tuple(cell.done for cell in cells), True),
        (_("验收"), tuple(cell.accepted for cell in cells), True),
        (_("争议"), tuple(cell.disputed for cell in cells), False),
        (_("逾期未做"), tuple(cell.late for cell in cells), False),
    )
    yield Chart(
        key="season-progress",
        title=_("%(season)s作业进度（亩次）", season=season.label),
        unit=_("亩"),
        head=_("环节"),
        rows=tuple(name for _key, name in board.links),
        series=tuple(
            Series(label=label, values=values, kind=CellKind.MU, is_drawn=is_drawn)
            for label, values, is_drawn in figures
        ),
        url=f"/coop/seasons/?season={season.id}",
        has_totals=True,
    )
