"""The commands that need a county with people and land: demo, import, print."""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from app.sample_marker import MARKER
from foundation.database.engine import db
from foundation.workbooks.writing import Sheet, write_sheets
from tests.app.commands.runner import shecun
from tests.foundation.accounts.builders import make_account
from tools.sample_registers import VILLAGES, register_of

pytestmark = pytest.mark.processes

CLERK, ANOTHER_CLERK, VILLAGE = "zhangwei.cs", "liuyan.jq", "371681101205"
REGISTER = "village-register"


@pytest.fixture(scope="module")
def county(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample county for the tests of this module."""
    home = tmp_path_factory.mktemp("county") / "home"
    shutil.copytree(sample_home, home)
    return home


def ask(home: Path, question: str, *values: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(home / "shecun.db")) as connection:
        return connection.execute(question, values).fetchall()


def register(folder: Path, *, spoil: Sequence[tuple[str, str, Any]] = ()) -> Path:
    """Write the register of a new village; ``spoil`` overwrites cells of the first row of a sheet."""
    sheets = []
    for sheet in list(register_of(replace(VILLAGES[0], code=VILLAGE, seed=11)))[1:]:
        rows = [list(row) for row in sheet.rows]
        for title, key, value in spoil:
            if sheet.layout.title == title:
                rows[0][[column.key for column in sheet.layout.columns].index(key)] = value
        sheets.append(Sheet(sheet.layout, rows))
    file = folder / "register.xlsx"
    write_sheets(file, sheets)
    return file


def test_the_sample_county_is_not_loaded_over_anything(county: Path) -> None:
    assert "已有数据" in shecun(county, "demo").output

    again = shecun(county, "demo", "--if-empty")

    assert again.exit_code == 0
    assert CLERK in again.output


def test_a_dry_run_checks_everything_and_writes_nothing(county: Path, tmp_path: Path) -> None:
    before = ask(county, "select count(*) from household")

    result = shecun(county, "import", REGISTER, str(register(tmp_path)), "--as", CLERK, "--dry-run")

    assert result.exit_code == 0, result.output
    assert "仅检查，没有写入" in result.output
    assert ask(county, "select count(*) from household") == before


def test_a_faulty_row_is_named_with_sheet_row_column_and_cure(county: Path, tmp_path: Path) -> None:
    file = register(tmp_path, spoil=[("承包方", "id_number", "371626197203151111")])

    result = shecun(county, "import", REGISTER, str(file), "--as", CLERK, "--dry-run")

    assert result.exit_code == 1
    assert "承包方 第 2 行“证件号码”：" in result.output


def test_a_file_that_is_no_workbook_is_told_by_its_own_fault(county: Path, tmp_path: Path) -> None:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(b"PK\x03\x04nonsense")
    result = shecun(county, "import", REGISTER, str(file), "--as", CLERK, "--dry-run")

    assert result.exit_code == 1
    assert "表格文件已损坏" in result.output


def test_an_import_writes_once_and_the_same_file_again_changes_nothing(county: Path, tmp_path: Path) -> None:
    file = register(tmp_path)

    first = shecun(county, "import", REGISTER, str(file), "--as", CLERK)
    households = ask(county, "select count(*) from household where division_code = ?", VILLAGE)
    second = shecun(county, "import", REGISTER, str(file), "--as", CLERK)

    assert first.exit_code == 0, first.output
    assert households == [(200,)]
    assert "没有需要新增或更新的行" in second.output


def test_nobody_imports_into_another_township(county: Path, tmp_path: Path) -> None:
    result = shecun(county, "import", REGISTER, str(register(tmp_path)), "--as", ANOTHER_CLERK, "--dry-run")

    assert result.exit_code == 1
    assert "新增" not in result.output


@pytest.fixture(scope="module")
def number(county: Path) -> str:
    """The number of a signed contract in 长山."""
    signed = "select number from contract where division_code like '371681101%' and signed_on is not null"
    return str(ask(county, f"{signed} and voided_at is null limit 1")[0][0])


def test_a_contract_is_printed_by_its_number(county: Path, number: str, tmp_path: Path) -> None:
    result = shecun(county, "print", "contract", number, "-o", str(tmp_path / "c.pdf"), "--as", CLERK)

    assert result.exit_code == 0, result.output
    assert number in PdfReader(tmp_path / "c.pdf").pages[0].extract_text()
    assert "第 1 版" in result.output


@pytest.mark.parametrize(
    ("kind", "login_name", "sentence"),
    [
        ("poem", CLERK, "没有名为“poem”的文书类型；可用的类型有：contract（托管合同）"),
        ("contract", ANOTHER_CLERK, "没有编号为"),
        ("contract", "nobody.here", "没有登录名为“nobody.here”的在用账号"),
    ],
)
def test_what_cannot_be_printed_is_told(
    county: Path, number: str, tmp_path: Path, kind: str, login_name: str, sentence: str
) -> None:
    result = shecun(county, "print", kind, number, "-o", str(tmp_path / "c.pdf"), "--as", login_name)

    assert result.exit_code == 1
    assert sentence in result.output
    assert not (tmp_path / "c.pdf").exists()


def test_an_interrupted_load_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def settle_and_die(*_: Any) -> None:
        make_account()
        db.session.commit()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("app.sample.cast.settle", settle_and_die)
        assert shecun(tmp_path, "demo").exit_code == 1
    refused = shecun(tmp_path, "worker")
    with monkeypatch.context() as patch:
        patch.setattr("app.sample.load", make_account)
        again = shecun(tmp_path, "demo", "--if-empty")

    assert "示例县只载入了一部分" in refused.output
    assert "清空后重新载入" in again.output
    assert not (tmp_path / MARKER).exists()


def test_rotated_keys_seal_everything_anew_and_open_it(county: Path) -> None:
    sealed = (
        "select hex(substr(id_number, 1, 1)), count(*) from household where id_number is not null group by 1"
    )
    (before,) = ask(county, sealed)

    result = shecun(county, "rotate-keys")

    assert result.exit_code == 0, result.output
    assert "已启用第 2 版密钥" in result.output
    assert (before[0], ask(county, sealed)) == ("01", [("02", before[1])])
    checked = shecun(county, "doctor")
    assert "密钥" not in "".join(line for line in checked.output.splitlines() if "错误" in line), (
        checked.output
    )
