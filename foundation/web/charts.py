"""Figures that a feature shows on the worktable: each is a table, and a script draws the chart beside it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, current_app

from foundation.access.grants import Viewer
from foundation.web.listing import CellKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One column of figures: whole numbers, or whole hundredths where ``kind`` says so.

    Only what counts in the chart's unit is drawn; every other column stands in the table alone.
    """

    label: str
    values: tuple[int, ...]
    kind: CellKind = CellKind.NUMBER
    is_drawn: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A table that can be drawn: its words are in the reader's language already.

    ``head`` stands over the labels of the rows; ``is_over_time`` draws upright columns from left to right,
    else lying bars in the order of the rows; ``has_totals`` lets a last line add up each column by itself.
    """

    key: str
    title: str
    unit: str
    head: str
    rows: tuple[str, ...]
    series: tuple[Series, ...]
    url: str
    is_over_time: bool = False
    has_totals: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show yet."""
        return not any(any(series.values) for series in self.series)


ChartSource = Callable[[Viewer, date], Iterable[Chart]]
"""Answers what a viewer may see drawn on a day; charts that show nothing are left out by the home page."""


def offer_charts(blueprint: Blueprint, source: ChartSource) -> None:
    """Let the home page of every application that carries ``blueprint`` ask ``source``."""
    blueprint.record(lambda state: state.app.extensions.setdefault("charts", []).append(source))


def charts_of(viewer: Viewer, on: date) -> list[Chart]:
    """Return what is drawn for ``viewer``, in the order in which the features offer it."""
    found = [chart for source in current_app.extensions.get("charts", ()) for chart in source(viewer, on)]
    return [chart for chart in found if not chart.is_empty]
