"""The first run makes a unit and three administrators who are persons, three different ones."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.app.commands.runner import INIT, shecun


def accounts(home: Path) -> list[tuple[str, int]]:
    """Return who may log in and whether a new password is due."""
    if not (home / "shecun.db").exists():
        return []
    with closing(sqlite3.connect(home / "shecun.db")) as connection:
        return connection.execute(
            "select login_name, must_change_password from account order by id"
        ).fetchall()


def test_the_first_run_names_the_unit_and_hands_out_three_passwords(tmp_path: Path) -> None:
    result = shecun(tmp_path, *INIT)

    assert result.exit_code == 0
    assert "已建立 邹平市供销合作社联合社" in result.output
    passwords = re.findall(r"登录名 (\w+)　初始密码 (\w{12})", result.output)
    assert [login_name for login_name, _ in passwords] == ["wangjianguo", "liuyang", "sunmei"]


def test_the_accounts_must_change_their_passwords_and_none_is_called_admin(tmp_path: Path) -> None:
    shecun(tmp_path, *INIT)

    assert accounts(tmp_path) == [("wangjianguo", 1), ("liuyang", 1), ("sunmei", 1)]


def test_a_second_first_run_is_refused(tmp_path: Path) -> None:
    shecun(tmp_path, *INIT)

    result = shecun(tmp_path, *INIT)

    assert result.exit_code == 1
    assert "已经建立了账号" in result.output


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("--audit=admin:孙梅", "账号须对应到人"),
        ("--audit=root:孙梅", "账号须对应到人"),
        ("--audit=sunmei:王建国", "王建国 被填了两次"),
        ("--audit=孙梅", "应写成“登录名:姓名”"),
        ("--division=371699999999", "找不到区划“371699999999”"),
        ("--kind=palace", "--kind 的值不正确"),
    ],
)
def test_a_wrong_answer_is_told_and_leaves_no_account_behind(
    tmp_path: Path, wrong: str, sentence: str
) -> None:
    result = shecun(tmp_path, *INIT, wrong)

    assert result.exit_code in {1, 2}
    assert sentence in result.output
    assert accounts(tmp_path) == []


def test_what_is_missing_is_asked_for_on_a_terminal_only(tmp_path: Path) -> None:
    result = shecun(tmp_path, *INIT[:-1])

    assert result.exit_code == 1
    assert "缺少审计管理员的登录名（姓名拼音）；请用 --audit 给出" in result.output


def test_the_system_administrator_loads_a_file_of_divisions(tmp_path: Path) -> None:
    shecun(tmp_path, *INIT)
    file = tmp_path / "divisions.csv"
    file.write_text("code,name,level,parent\n371681999000,新设镇,4,371681000000\n", "utf-8")

    dry = shecun(tmp_path, "import", "divisions", str(file), "--as", "wangjianguo", "--dry-run")
    first = shecun(tmp_path, "import", "divisions", str(file), "--as", "wangjianguo")
    again = shecun(tmp_path, "import", "divisions", str(file), "--as", "wangjianguo")
    other = shecun(tmp_path, "import", "divisions", str(file), "--as", "sunmei")

    assert "仅检查，没有写入" in dry.output
    assert "新增 1" in first.output, first.output
    assert "新增 0，更名 0，无变化 1" in again.output
    assert (other.exit_code, "没有办理这项业务的权限" in other.output) == (1, True)
