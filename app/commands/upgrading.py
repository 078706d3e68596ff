"""``shecun upgrade``: bring the database to the program, or put the copy from before back."""

from collections.abc import Callable

import click
from flask import Flask

from app import occupancy
from app import upgrade as upgrades
from app.commands.frame import installation, settings_of
from app.doctor.checks import AFTER_UPGRADE, examine
from app.doctor.findings import Verdict
from foundation.clock import now
from foundation.database.engine import db


@click.command()
@click.option("--restore", is_flag=True, help="放弃未完成的升级，恢复升级前的备份。")
def upgrade(*, restore: bool) -> None:
    """升级数据库：先备份，再迁移，检查通过后才算完成；中途断电可重新运行接着完成。"""
    with installation(ready=False) as app, occupancy.alone(settings_of(app).home):
        if restore:
            undone = upgrades.restore(db.engine, settings_of(app))
            click.echo(f"已恢复 {undone.started} 升级前的数据库。")
            return
        upgrades.upgrade(db.engine, settings_of(app), now=now(), check=_what_is_wrong(app), say=click.echo)


def _what_is_wrong(app: Flask) -> Callable[[], list[str]]:
    def faults() -> list[str]:
        found = examine(app, AFTER_UPGRADE)
        return [f"{one.title}：{one.sentence}" for one in found if one.verdict is Verdict.FAULT]

    return faults
