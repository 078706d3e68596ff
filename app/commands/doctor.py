"""``shecun doctor``: look over the installation."""

import json
import sys

import click

from app.commands.frame import installation
from app.doctor.checks import examine
from app.doctor.findings import Finding, Verdict

COLOURS = {Verdict.SOUND: "green", Verdict.NOTICE: "yellow", Verdict.FAULT: "red"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供监控程序读取。")
def doctor(*, as_json: bool) -> None:
    """检查数据库、迁移、密钥、操作日志链、字体、自带文件和磁盘；有故障时退出状态为 1。"""
    with installation(ready=False) as app:
        findings = examine(app)
    if as_json:
        click.echo(json.dumps([finding.as_json() for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            _show(finding)
    sys.exit(any(finding.verdict is Verdict.FAULT for finding in findings))


def _show(finding: Finding) -> None:
    click.secho(f"[{finding.verdict.label}] ", fg=COLOURS[finding.verdict], nl=False)
    click.echo(f"{finding.title}：{finding.sentence}")
    if finding.cure:
        click.echo(f"       办法：{finding.cure}")
