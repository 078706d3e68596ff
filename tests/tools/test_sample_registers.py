"""The sample workbooks are what their generator writes, and nobody in them is real."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from coop.parcels.importing import KIND
from foundation.identity.bank_card import parse_bank_card
from foundation.identity.id_number import parse_id_number
from foundation.identity.phone import parse_mobile
from foundation.typesetting.faces import unprintable
from foundation.values.area import parse_mu
from foundation.workbooks.reading import Workbook, read_sheet
from foundation.workbooks.writing import write_sheets
from tools import sample_organisations
from tools.sample_registers import FOLDER, VILLAGES, Village, register_of

VILLAGE_FILES = pytest.mark.parametrize("village", VILLAGES, ids=lambda village: village.name)


def rows(village: Village) -> dict[str, list[dict[str, str]]]:
    book = Workbook((FOLDER / village.file).read_bytes())
    return {layout.title: [row.values for row in read_sheet(book, layout)] for layout in KIND.sheets}


def parts(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@VILLAGE_FILES
def test_the_shipped_register_is_what_the_generator_writes(village: Village, tmp_path: Path) -> None:
    write_sheets(tmp_path / village.file, register_of(village))
    assert parts(tmp_path / village.file) == parts(FOLDER / village.file)


def test_the_shipped_organisations_are_what_the_generator_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = sample_organisations.FILE
    monkeypatch.setattr(sample_organisations, "FILE", tmp_path / shipped.name)
    sample_organisations.main()
    assert parts(tmp_path / shipped.name) == parts(shipped)


@VILLAGE_FILES
def test_every_number_is_sound_and_nobody_can_be_rung(village: Village) -> None:
    sheets = rows(village)
    numbers = [row["id_number"] for row in sheets["家庭成员"]]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        parse_id_number(number, date(2024, 1, 1))
    for row in sheets["承包方"]:
        assert parse_mobile(row["phone"]).startswith("154")
        assert parse_bank_card(row["bank_account"]).startswith("629999")


@VILLAGE_FILES
def test_the_land_of_each_contract_adds_up(village: Village) -> None:
    sheets = rows(village)
    land: dict[str, int] = {}
    for parcel in sheets["承包地块"]:
        code = parcel["contract_code"]
        land[code] = land.get(code, 0) + parse_mu(parcel["contract_area"])
    for contract in sheets["承包合同"]:
        assert parse_mu(contract["total_area"]) == land[contract["code"]]


@VILLAGE_FILES
def test_every_name_can_be_printed(village: Village) -> None:
    names = "".join(row["name"] for row in rows(village)["家庭成员"])
    assert not unprintable(names)


def test_the_first_sheet_says_that_it_is_a_sample() -> None:
    for village in VILLAGES:
        assert "填写说明" in Workbook((FOLDER / village.file).read_bytes()).titles
        assert any("样例" in part.decode("utf-8") for part in parts(FOLDER / village.file).values())
