"""The one WHERE clause behind every list, page, export, picker, file and paper."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.orm import InstrumentedAttribute

from foundation.access.grants import CodeRange, Viewer
from foundation.database.planning import unindexed
from foundation.wording import Term

COUNTY_SPAN = 10**6
"""How many codes a county spans; from there on a range is no way to find rows, only a condition."""


def within(
    viewer: Viewer,
    permission: Term,
    code: InstrumentedAttribute[str] | ColumnElement[str],
    dated_on: InstrumentedAttribute[date] | ColumnElement[date] | None = None,
) -> ColumnElement[bool]:
    """Return the condition "this row lies where ``viewer`` holds ``permission``".

    A range comparison on the 12-digit code, never LIKE; without a grant the condition is false.
    """
    return or_(false(), *(_in_range(r, code, dated_on) for r in _distinct(viewer.ranges(permission))))


def _distinct(ranges: tuple[CodeRange, ...]) -> list[CodeRange]:
    return list(dict.fromkeys(ranges))


def _in_range(r: CodeRange, code: Any, dated_on: Any) -> ColumnElement[bool]:
    place = unindexed(code) if int(r.upper) - int(r.lower) >= COUNTY_SPAN else code
    conditions = [place >= r.lower, place < r.upper]
    if dated_on is not None and r.since is not None:
        conditions.append(dated_on >= r.since)
    if dated_on is not None and r.until is not None:
        conditions.append(dated_on < r.until)
    return and_(*conditions)
