"""``shecun demo``: the sample county to look around in."""

import click
from sqlalchemy import select

from app import occupancy, sample, schema
from app.commands.frame import installation, settings_of
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
        if schema.is_empty(db.engine):
            with occupancy.alone(settings_of(app).home):
                schema.move_to(db.engine)
        if db.session.scalar(select(Account.id).limit(1)) is not None:
            if not if_empty:
                raise NotEmpty
        else:
            with occupancy.alone(settings_of(app).home):
                click.echo("正在载入示例县……")
                sample.load()
        _show_accounts()


def _show_accounts() -> None:
    names = set(db.session.scalars(select(Account.login_name)))
    shown = [person for person in sample.ACCOUNTS if person.login_name in names]
    if shown:
        click.echo(f"示例账号（密码均为 {sample.PASSWORD}）：")
        for person in shown:
            click.echo(f"  {person.login_name:<16}{person.name}　{person.title}")
