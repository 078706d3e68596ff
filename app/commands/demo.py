"""``shecun demo``: the sample county to look around in."""

import click
from sqlalchemy import select

from app import occupancy, sample, sample_marker, schema
from app.commands.frame import installation, settings_of
from app.config import Settings
from foundation.accounts.models import Account
from foundation.database.engine import db
from foundation.errors import DomainError


class NotEmpty(DomainError):
    """数据库里已有数据，不能再载入示例县；请把 SHECUN_HOME 指向一个新的文件夹后再试。"""


@click.command()
@click.option("--if-empty", is_flag=True, help="已有数据时不载入，也不报错。")
def demo(*, if_empty: bool) -> None:
    """载入示例县（邹平市）：虚构的人物和合同，用于试用和培训，请勿用于正式数据库。"""
    with installation(ready=False) as app:
        settings = settings_of(app)
        if sample_marker.is_unfinished(settings) or _is_unused():
            _load(settings)
        elif not if_empty:
            raise NotEmpty
        _show_accounts()


def _load(settings: Settings) -> None:
    """Load the county; what an interrupted load left behind is cleared away first."""
    db.session.remove()
    with occupancy.alone(settings.home):
        if sample_marker.is_unfinished(settings):
            click.echo("上次载入被中断，清空后重新载入。")
            schema.move_to(db.engine, "base")
        schema.move_to(db.engine)
        click.echo("正在载入示例县……")
        with sample_marker.loading(settings):
            sample.load()


def _is_unused() -> bool:
    return schema.is_empty(db.engine) or db.session.scalar(select(Account.id).limit(1)) is None


def _show_accounts() -> None:
    names = set(db.session.scalars(select(Account.login_name)))
    shown = [person for person in sample.ACCOUNTS if person.login_name in names]
    if shown:
        click.echo(f"示例账号（密码均为 {sample.PASSWORD}）：")
        for person in shown:
            click.echo(f"  {person.login_name:<16}{person.name}　{person.title}")
