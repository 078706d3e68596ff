"""The doctor says what is sound and what is not, in words and in JSON, and ends accordingly."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.app.commands.runner import INIT, shecun


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation just set up; the tests work on copies."""
    home = tmp_path_factory.mktemp("fresh")
    shecun(home, *INIT)
    return home


@pytest.fixture
def home(fresh: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(fresh, tmp_path / "home"))


def faults(home: Path) -> dict[str, str]:
    result = shecun(home, "doctor", "--json")
    found = {one["name"]: one["sentence"] for one in json.loads(result.output) if one["verdict"] == "fault"}
    assert result.exit_code == bool(found)
    return found


def change(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / "shecun.db")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_fresh_installation_is_sound(home: Path) -> None:
    result = shecun(home, "doctor")

    assert result.exit_code == 0
    assert "故障" not in result.output


def test_the_first_entry_that_was_changed_behind_our_back_is_named(home: Path) -> None:
    change(
        home,
        "drop trigger journal_entry_refuses_update",
        "update journal_entry set actor_name = '无名氏' where id = 3",
    )

    assert faults(home) == {"journal_chain": "操作日志第 3 条起不可信：内容与其签章不符。"}


def test_a_lost_keyring_is_a_fault_and_not_replaced_by_a_new_one(home: Path) -> None:
    (home / "keyring.json").unlink()

    result = shecun(home, "doctor")

    assert result.exit_code == 1
    assert "加密密钥文件缺失" in result.output
    assert not (home / "keyring.json").exists()


def test_a_keyring_that_others_can_read_is_noticed(home: Path) -> None:
    (home / "keyring.json").chmod(0o644)

    result = shecun(home, "doctor")

    assert result.exit_code == 0
    assert "chmod 600" in result.output


def test_a_database_of_another_version_is_a_fault(home: Path) -> None:
    change(home, "update alembic_version set version_num = '2031_01_01_flying_tractors'")

    assert list(faults(home)) == ["migrations"]


def test_a_character_that_no_face_can_print_is_noticed(home: Path) -> None:
    change(home, "update account set name = '王\U0001f33e' where login_name = 'sunmei'")

    assert "U+1F33E" in shecun(home, "doctor").output


def test_an_empty_data_folder_is_told_how_to_begin(tmp_path: Path) -> None:
    assert "shecun init" in faults(tmp_path)["migrations"]
