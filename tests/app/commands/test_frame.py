"""Every command explains itself and answers a mistake with a sentence."""

from pathlib import Path

import pytest

from app.commands.frame import COMMANDS
from app.upgrade import MARKER
from tests.app.commands.runner import INIT, shecun


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(tmp_path: Path, command: str) -> None:
    result = shecun(tmp_path, command, "--help")

    assert result.exit_code == 0
    assert "。" in result.output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("dance",), "没有这个命令"),
        (("doctor", "--loud"), "没有选项 --loud。用法请看：shecun doctor --help"),
        (("import",), "缺少"),
        (("import", "village-register", "nowhere.xlsx"), "文件 不存在，请核对路径：nowhere.xlsx"),
        (("serve", "--processes", "0"), "--processes 的值不正确"),
    ],
)
def test_a_wrong_usage_is_told_with_the_way_to_the_help(
    tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    result = shecun(tmp_path, *arguments)

    assert result.exit_code == 2
    assert sentence in result.output


@pytest.mark.parametrize("command", [("serve",), ("worker",), ("backup",)])
def test_nothing_works_on_an_empty_database(tmp_path: Path, command: tuple[str, ...]) -> None:
    result = shecun(tmp_path, *command)

    assert result.exit_code == 1
    assert "请先运行 shecun init" in result.output


def test_no_service_starts_on_a_half_upgraded_database(tmp_path: Path) -> None:
    shecun(tmp_path, *INIT)
    (tmp_path / MARKER).write_text(
        '{"before": null, "after": "x", "copy": "y", "started": "2026-11-23 09:00:00"}', "utf-8"
    )

    result = shecun(tmp_path, "serve")

    assert result.exit_code == 1
    assert "2026-11-23 09:00:00 开始的升级未走完" in result.output


def test_a_port_that_is_no_number_is_refused(tmp_path: Path) -> None:
    assert "PORT（端口）" in shecun(tmp_path, "backup", PORT="eight").output


def test_a_database_that_does_not_answer_is_told_without_a_traceback(tmp_path: Path) -> None:
    address = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"

    result = shecun(tmp_path, "backup", SHECUN_DATABASE=address)

    assert result.exit_code == 1
    assert "数据库无法完成操作" in result.output


def test_a_backup_is_made_while_the_office_works(tmp_path: Path) -> None:
    shecun(tmp_path, *INIT)

    result = shecun(tmp_path, "backup", "-o", str(tmp_path / "elsewhere"))

    assert result.exit_code == 0
    assert len(list((tmp_path / "elsewhere").glob("shecun-*.zip"))) == 1
    assert "没有密钥" in result.output


@pytest.mark.parametrize("address", ["foo://x", "postgresql"])
def test_an_unusable_database_address_is_told_in_a_sentence(tmp_path: Path, address: str) -> None:
    result = shecun(tmp_path, "doctor", SHECUN_DATABASE=address)

    assert result.exit_code == 1
    assert "SHECUN_DATABASE 不是可用的数据库地址" in result.output
