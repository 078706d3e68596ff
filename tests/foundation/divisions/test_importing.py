from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.divisions import queries
from foundation.divisions.importing import BadDivisionFile, Loaded, load, load_aliases
from foundation.divisions.models import Division, DivisionSuffix

SAMPLE = Path(__file__).parents[3] / "app" / "sample"


def write(folder: Path, *lines: str) -> Path:
    file = folder / "divisions.csv"
    file.write_text("\n".join(("code,name,level,parent", *lines)) + "\n", "utf-8")
    return file


def test_the_sample_county_loads_once_and_then_stays_the_same(session: Session) -> None:
    assert load(SAMPLE / "divisions_zouping.csv") == Loaded(added=878, renamed=0, same=0)
    keys = session.scalar(select(func.count()).select_from(DivisionSuffix))
    assert load(SAMPLE / "divisions_zouping.csv") == Loaded(added=0, renamed=0, same=878)
    assert session.scalar(select(func.count()).select_from(DivisionSuffix)) == keys


def test_a_renamed_division_is_found_under_its_new_name_only(session: Session, tmp_path: Path) -> None:
    load(write(tmp_path, "370000000000,山东省,1,", "371600000000,滨州地区,2,370000000000"))
    assert load(write(tmp_path, "371600000000,滨州市,2,370000000000")) == Loaded(added=0, renamed=1, same=0)
    session.expire_all()
    assert [one.name for one in queries.search("bzs")] == ["滨州市"]
    assert queries.search("地区") == []


def test_changes_of_codes_load_once_and_close_the_former_divisions(session: Session) -> None:
    load(SAMPLE / "divisions_zouping.csv")
    assert load_aliases(SAMPLE / "division_aliases_zouping.csv") == 3
    assert load_aliases(SAMPLE / "division_aliases_zouping.csv") == 0
    session.expire_all()
    former = session.get_one(Division, "371626000000")
    assert (str(former.valid_from), str(former.valid_until)) == ("2000-06-12", "2018-07-02")
    assert queries.path("371626000000").full == "山东省 滨州市 邹平县"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("37168,邹平,3,371600000000", "12 位"),
        ("371681000000,邹平市,4,371600000000", "级别 4"),
        ("371681000000,,3,371600000000", "缺少列"),
        ("370000000000,山东省,1,", "重复"),
    ],
)
def test_a_bad_line_is_named(session: Session, tmp_path: Path, line: str, fault: str) -> None:
    with pytest.raises(BadDivisionFile, match=rf"第 3 行.*{fault}"):
        load(write(tmp_path, "370000000000,山东省,1,", line))
