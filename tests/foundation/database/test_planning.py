"""A whole county is a condition, not a way to find rows; a village is."""

from datetime import date

from sqlalchemy import Column, MetaData, String, Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

from foundation.access.grants import CodeRange, Grant, Viewer, code_bounds
from foundation.access.scope import within
from foundation.wording import N_, Term

ROWS = Table("row", MetaData(), Column("division_code", String(12)))


class RowPermission(Term):
    """Who may look at the rows of this test."""

    VIEW = "rows.view", N_("查看")


def sql(division: str, dialect: Dialect) -> str:
    lower, upper = code_bounds(division)
    viewer = Viewer(
        account_id=1,
        name="王秀英",
        grants=(
            Grant(
                role="查阅",
                unit="供销社",
                unit_id=1,
                division=division,
                permissions=frozenset({RowPermission.VIEW.value}),
                ranges=(CodeRange(lower=lower, upper=upper),),
                since=date(2026, 1, 1),
            ),
        ),
    )
    statement = select(ROWS).where(within(viewer, RowPermission.VIEW, ROWS.c.division_code))
    return str(statement.compile(dialect=dialect))


def test_sqlite_reads_a_county_in_the_order_of_the_list() -> None:
    assert '+"row".division_code >= ?' in sql("371681000000", sqlite.dialect())


def test_sqlite_finds_a_township_and_a_village_by_index() -> None:
    assert "+" not in sql("371681101000", sqlite.dialect())
    assert "+" not in sql("371681101205", sqlite.dialect())


def test_postgresql_plans_for_itself() -> None:
    assert "+" not in sql("371681000000", postgresql.dialect())  # type: ignore[no-untyped-call]
