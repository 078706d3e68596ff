"""A clerk's paste is read as a clerk means it, and every line is judged by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.entry import rules
from coop.entry.rules import (
    AnnexLine,
    KnownHousehold,
    KnownParcel,
    match_lines,
    new_register,
    read_lines,
    write_lines,
)
from coop.parcels.rules import AreaKind
from foundation.errors import DomainError
from foundation.values.area import Mu

P1, P2, P3 = "3716811012050300001", "3716811012050300002", "3716811012050300003"
ZHANG = "371681101205030001"


def parcel(number: int, area: int) -> KnownParcel:
    code = f"37168110120503{number:05d}"
    return KnownParcel(id=number, code=code, name="村东", area=Mu(area), basis=AreaKind.CONTRACT)


def household(number: int, name: str, tail: str, *parcels: KnownParcel) -> KnownHousehold:
    code = f"37168110120503{number:04d}"
    label = f"{name} · 东村 · 1组 · 尾号{tail}"
    return KnownHousehold(id=number, code=code, name=name, tail=tail, label=label, parcels=parcels)


REGISTER = new_register(
    [
        household(1, "张建国", "1234", parcel(1, 520), parcel(2, 300)),
        household(2, "张建国", "567X", parcel(3, 410)),
        household(3, "李红", "8888"),
    ]
)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("张建国\t1234\t\t8.2", ("张建国", "1234", "", "8.2")),
        ("张建国\t1234\t" + P1 + "\t5.2", ("张建国", "1234", P1, "5.2")),
        ("张建国\t5.2", ("张建国", "", "", "5.2")),
        ("1\t张建国\t5.2", ("张建国", "", "", "5.2")),
        ("12\t张建国\t1234\t" + P1 + "\t5.2", ("张建国", "1234", P1, "5.2")),
        ("张建国\t370101197001011234\t5.2", ("张建国", "1234", "", "5.2")),
        ("张建国\t尾号567x\t5.2亩", ("张建国", "567X", "", "5.2亩")),
        (ZHANG + "\t5.2", ("", "", ZHANG, "5.2")),
        (P1, ("", "", P1, "")),
        ("张建国，1234，5.20", ("张建国", "1234", "", "5.20")),
        ("张建国 5.20", ("张建国", "", "", "5.20")),
        ("张建国\t\t" + P1 + "\t五亩", ("张建国", "", P1, "五亩")),
    ],
)
def test_a_line_without_titles_is_read_by_the_shape_of_its_cells(text: str, cells: tuple[str, ...]) -> None:
    assert read_lines(text)[0].cells == cells


def test_titles_decide_whatever_the_order() -> None:
    text = (
        f"序号\t面积（亩）\t * 地块编码\t备注\t姓名\t身份证号\n1\t5.2\t{P1}\t好地\t张建国\t370101197001011234"
    )
    assert read_lines(text) == [AnnexLine(who="张建国", tail="1234", code=P1, area="5.2")]


def test_empty_lines_are_no_lines() -> None:
    assert read_lines("\n\n张建国\t5.2\n \t \n") == [AnnexLine(who="张建国", area="5.2")]


def test_too_long_a_paste_is_refused_before_anything_is_read() -> None:
    with pytest.raises(rules.TooManyLines):
        read_lines("张建国\t5.2\n" * 5001)


@given(
    st.lists(
        st.builds(
            AnnexLine,
            who=st.sampled_from(["张建国", "欧阳·海提"]),
            tail=st.sampled_from(["", "1234", "567X"]),
            code=st.sampled_from(["", P1, ZHANG]),
            area=st.sampled_from(["", "5.2", "五亩", "1.234", "0"]),
        )
    )
)
def test_lines_are_read_back_as_they_were_written(lines: list[AnnexLine]) -> None:
    assert read_lines(write_lines(lines)) == lines


def only(text: str) -> rules.MatchedLine:
    return match_lines(read_lines(text), REGISTER)[0]


def test_a_parcel_code_alone_finds_its_household_and_its_settlement_area() -> None:
    found = only(P1)
    assert found.household is not None
    assert (found.household.id, found.area) == (1, 520)


def test_a_household_alone_means_all_its_parcels() -> None:
    found = only("张建国\t1234\t\t")
    assert [p.code for p, _ in found.parcels] == [P1, P2]
    assert found.area == 820


def test_a_household_line_leaves_out_the_parcels_that_other_lines_name() -> None:
    first, second = match_lines(read_lines(f"张建国\t1234\t{P1}\t4.00\n张建国\t1234\t\t"), REGISTER)
    assert (first.area, second.area) == (400, 300)


def test_a_household_code_tells_namesakes_apart() -> None:
    text = f"姓名\t承包方编码\t亩数\n张建国\t{ZHANG}\t8.20"
    assert only(text).area == 820


def test_one_parcel_takes_the_mu_as_written() -> None:
    assert only("张建国\t567X\t\t4.00").area == 400


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("\t\t\t5.2", rules.NothingWritten),
        ("王五\t5.2", rules.NoSuchHousehold),
        ("张建国\t9999\t\t5.2", rules.NoSuchHousehold),
        ("张建国\t5.2", rules.SeveralHouseholds),
        ("张建国\t\t3716811012050399999\t5.2", rules.NoSuchParcel),
        (f"李红\t\t{P1}\t5.2", rules.CodeOfAnother),
        (f"张建国\t567X\t{P1}\t5.2", rules.CodeOfAnother),
        (f"李红\t\t{ZHANG}\t", rules.CodeOfAnother),
        ("\t\t371681101205039999\t", rules.NoSuchHousehold),
        ("李红\t8888\t\t", rules.NoParcelsLeft),
        ("张建国\t1234\t\t5.00", rules.AreaNotOfAll),
        (f"张建国\t1234\t{P1}\t0", rules.AreaIsNothing),
        (f"张建国\t1234\t{P1}\t五亩", DomainError),
        (f"张建国\t1234\t{P1}\t1.234", DomainError),
    ],
)
def test_each_trouble_has_its_sentence(text: str, error: type[DomainError]) -> None:
    found = only(text)
    assert isinstance(found.error, error)
    assert found.parcels == ()
    assert str(found.error).endswith("。")


def test_namesakes_are_told_apart_in_the_refusal() -> None:
    assert "尾号1234" in str(only("张建国\t5.2").error)
    assert "尾号567X" in str(only("张建国\t5.2").error)


def test_a_parcel_written_twice_names_the_first_row() -> None:
    found = match_lines(read_lines(f"{P1}\n李红\t8888\t\t\n{P1}"), REGISTER)
    assert isinstance(found[2].error, rules.ParcelRepeated)
    assert found[2].error.values == {"code": P1, "row": 1}
