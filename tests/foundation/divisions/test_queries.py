"""Finding divisions the way people know them."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from foundation.access.grants import CodeRange
from foundation.divisions import queries
from foundation.divisions.importing import load
from foundation.divisions.rules import DivisionLevel
from tests.foundation.accounts.builders import COUNTY

SAMPLE = Path(__file__).parents[3] / "app" / "sample" / "divisions_zouping.csv"
TODAY = date(2026, 3, 2)


@pytest.fixture
def county(session: Session) -> Session:
    load(SAMPLE)
    session.expire_all()
    return session


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("西范村", "371681001213"),
        ("西范村委会", "371681001213"),
        ("xfc", "371681001213"),
        ("XFC", "371681001213"),
        ("邹平", COUNTY),
        ("zps", COUNTY),
        ("平市", COUNTY),
        ("371681101", "371681101000"),
        ("371681001213", "371681001213"),
        ("３７１６８１", COUNTY),
    ],
)
def test_a_division_is_found_by_name_part_initials_or_code(county: Session, text: str, first: str) -> None:
    assert first in [one.code for one in queries.search(text)]


def test_nothing_and_nonsense_find_nothing(county: Session) -> None:
    for text in ("", "  ", "没有这个村", "zzzzzz", "999", "%", "_"):
        assert queries.search(text) == []


def test_higher_levels_come_first(county: Session) -> None:
    levels = [one.level for one in queries.search("长山", limit=50)]
    assert levels[0] is DivisionLevel.TOWNSHIP
    assert levels[1:] == [DivisionLevel.VILLAGE] * len(levels[1:])


def test_a_search_stays_within_reach_and_level(county: Session) -> None:
    changshan = [CodeRange(lower="371681101000", upper="371681102000")]
    found = queries.search("村", ranges=changshan, limit=500)
    assert found
    assert all(one.code.startswith("371681101") for one in found)
    assert [one.code for one in queries.search("长山", level=DivisionLevel.TOWNSHIP)] == ["371681101000"]
    assert queries.search("村", ranges=[]) == []


def test_a_path_names_every_step_and_the_short_one_starts_below_the_county(county: Session) -> None:
    path = queries.path("371681001213")
    assert path.full == "山东省 滨州市 邹平市 黛溪街道 西范村"
    assert path.short == "黛溪街道 西范村"
    assert queries.path(COUNTY).short == "邹平市"
    assert queries.path("999999999999").short == "999999999999"


def test_many_paths_cost_one_read(county: Session) -> None:
    codes = [one.code for one in queries.villages_below(COUNTY, TODAY)]
    assert len(codes) == 859
    county.expunge_all()
    reads: list[str] = []
    connection = county.connection()
    event.listen(connection, "before_cursor_execute", lambda *args: reads.append(args[2]))
    assert len(queries.paths(codes[:200])) == 200
    assert len(reads) == 1


def test_the_county_has_sixteen_townships(county: Session) -> None:
    assert len(queries.children(COUNTY, TODAY)) == 16
    assert [one.code for one in queries.children(None)] == ["370000000000"]
