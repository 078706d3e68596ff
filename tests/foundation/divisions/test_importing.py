from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.divisions import queries
from foundation.divisions.importing import (
    BadDivisionFile,
    DivisionOutsideReach,
    Loaded,
    NoDivisionFile,
    UnknownParent,
    load,
    load_aliases,
    load_for,
)
from foundation.divisions.models import Division, DivisionSuffix
from foundation.divisions.rules import DivisionPermission
from tests.conftest import NOW
from tests.foundation.accounts.builders import make_viewer

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
        (",无名,1,", "缺少列"),
    ],
)
def test_a_bad_line_is_named(session: Session, tmp_path: Path, line: str, fault: str) -> None:
    with pytest.raises(BadDivisionFile, match=rf"第 3 行.*{fault}"):
        load(write(tmp_path, "370000000000,山东省,1,", line))


def test_a_parent_that_nobody_knows_is_named(session: Session, tmp_path: Path) -> None:
    with pytest.raises(UnknownParent, match="371681000000 邹平市 的上级 371600000000"):
        load(write(tmp_path, "371681000000,邹平市,3,371600000000"))


@pytest.mark.parametrize("content", ["区划,名称\n".encode("gb18030"), b"PK\x03\x04\xff\xfe\x00"])
def test_a_file_of_another_kind_is_refused(session: Session, tmp_path: Path, content: bytes) -> None:
    (file := tmp_path / "other.csv").write_bytes(content)
    with pytest.raises(NoDivisionFile, match=r"other.csv.*CSV UTF-8"):
        load(file)


def test_nobody_changes_divisions_beyond_the_own_reach(session: Session, tmp_path: Path) -> None:
    viewer = make_viewer(DivisionPermission.EDIT)
    above = (
        "370000000000,山东省,1,",
        "371600000000,滨州市,2,370000000000",
        "371681000000,邹平市,3,371600000000",
    )
    inside = write(tmp_path, *above, "371681999000,新镇,4,371681000000")
    assert load_for(viewer, inside, now=NOW) == Loaded(added=1, renamed=0, same=3)
    with pytest.raises(DivisionOutsideReach, match="371625000000 博兴县"):
        load_for(viewer, write(tmp_path, *above, "371625000000,博兴县,3,371600000000"), now=NOW)
    with pytest.raises(DivisionOutsideReach, match="370000000000 齐鲁省"):
        load_for(viewer, write(tmp_path, "370000000000,齐鲁省,1,"), now=NOW)
