"""Running a command in the process of the test, on a data folder of its own."""

from pathlib import Path

from click.testing import CliRunner, Result

from app.commands import main

INIT = (
    "init",
    "--unit=邹平市供销合作社联合社",
    "--kind=county_union",
    "--division=371681000000",
    "--system=wangjianguo:王建国",
    "--security=liuyang:刘洋",
    "--audit=sunmei:孙梅",
)


def shecun(home: Path, *arguments: str, **environment: str) -> Result:
    """Run ``shecun`` with ``arguments`` and return what it said and how it ended."""
    told: dict[str, str | None] = {"SHECUN_HOME": str(home), "SHECUN_DATABASE": "", **environment}
    result = CliRunner().invoke(main, arguments, env=told, prog_name="shecun")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result
