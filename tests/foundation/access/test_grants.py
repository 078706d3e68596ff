"""Dated scope: the same ranges decide one row in Python and many rows in SQL."""

from datetime import date
from itertools import product

import pytest
from sqlalchemy import Column, Date, Integer, MetaData, String, Table, insert, select
from sqlalchemy.orm import Session

from foundation.access.grants import NOBODY, CodeRange, Grant, Viewer, code_bounds, code_prefix
from foundation.access.scope import within
from foundation.wording import Term

ROWS = Table(
    "scope_rows",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("code", String(12), nullable=False),
    Column("dated_on", Date, nullable=False),
)
CODES = (
    "371681000000",
    "371681101000",
    "371681101205",
    "371681108205",
    "371682101205",
    "371626101205",
    "370000000000",
)
DAYS = (date(2015, 1, 1), date(2018, 7, 1), date(2018, 7, 2), date(2026, 1, 1))


class Permission(Term):
    """Two permissions of no feature."""

    VIEW = "tests.view", "查看"
    APPROVE = "tests.approve", "审核"


def grant(*ranges: CodeRange, permission: Permission = Permission.VIEW, unit: str = "单位") -> Grant:
    return Grant(
        role="角色",
        unit=unit,
        unit_id=1,
        division="371681000000",
        permissions=frozenset({permission.value}),
        ranges=ranges,
        since=date(2020, 1, 1),
    )


def reach(code: str, since: date | None = None, until: date | None = None) -> CodeRange:
    lower, upper = code_bounds(code)
    return CodeRange(lower=lower, upper=upper, since=since, until=until)


COUNTY = grant(reach("371681000000"), reach("371626000000", until=date(2018, 7, 2)))
TOWNSHIP = grant(reach("371681101000"), permission=Permission.APPROVE, unit="长山")
VIEWERS = {
    "nobody": NOBODY,
    "county": Viewer(account_id=1, name="甲", grants=(COUNTY,)),
    "township": Viewer(account_id=2, name="乙", grants=(TOWNSHIP,)),
    "both": Viewer(account_id=3, name="丙", grants=(COUNTY, TOWNSHIP)),
}


@pytest.mark.parametrize(("who", "permission"), list(product(VIEWERS, Permission)))
def test_lists_and_single_rows_open_alike(session: Session, who: str, permission: Permission) -> None:
    viewer = VIEWERS[who]
    ROWS.create(session.connection())
    rows = [{"id": n, "code": c, "dated_on": d} for n, (c, d) in enumerate(product(CODES, DAYS))]
    session.execute(insert(ROWS), rows)
    dated = select(ROWS.c.id).where(within(viewer, permission, ROWS.c.code, ROWS.c.dated_on))
    undated = select(ROWS.c.id).where(within(viewer, permission, ROWS.c.code))
    assert set(session.scalars(dated)) == {
        row["id"]
        for row in rows
        if viewer.sees(permission, str(row["code"]), row["dated_on"])  # type: ignore[arg-type]
    }
    assert set(session.scalars(undated)) == {
        row["id"] for row in rows if viewer.sees(permission, str(row["code"]))
    }


def test_a_former_code_opens_for_its_time_only() -> None:
    county = VIEWERS["county"]
    assert county.sees(Permission.VIEW, "371626101205", date(2018, 7, 1))
    assert not county.sees(Permission.VIEW, "371626101205", date(2018, 7, 2))


def test_a_right_in_one_place_does_not_widen_another_right() -> None:
    both = VIEWERS["both"]
    assert both.sees(Permission.VIEW, "371681108205")
    assert not both.sees(Permission.APPROVE, "371681108205")
    assert both.sees(Permission.APPROVE, "371681101205")


def test_why_names_exactly_the_grants_that_open_a_row() -> None:
    both = VIEWERS["both"]
    assert both.why(Permission.VIEW, "371681101205") == [COUNTY]
    assert both.why(Permission.APPROVE, "371681101205") == [TOWNSHIP]
    assert both.why(Permission.VIEW, "371682101205") == []
    assert both.units(Permission.APPROVE) == [1]


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("370000000000", "37"),
        ("371600000000", "3716"),
        ("371681000000", "371681"),
        ("371681101000", "371681101"),
        ("371681101205", "371681101205"),
        ("371681100000", "371681100"),
        ("371681101200", "371681101200"),
    ],
)
def test_a_code_is_cut_at_its_level(code: str, prefix: str) -> None:
    assert code_prefix(code) == prefix
    lower, upper = code_bounds(code)
    assert lower == code
    assert lower < upper
