"""``shecun print``: one paper of a numbered row, entered into the print register like every print."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from sqlalchemy import ColumnElement, select

from app.commands.frame import acting, installation
from coop.amendments import queries as amendments
from coop.amendments.models import Amendment
from coop.contracts import queries as contracts
from coop.contracts.models import Contract
from coop.mandates import queries as mandates
from coop.mandates.models import Mandate
from foundation.access.grants import Viewer
from foundation.clock import now
from foundation.database.engine import db
from foundation.errors import DomainError, InvalidValue
from foundation.papers import service
from foundation.papers.rules import PaperKind, all_kinds

NUMBERED: dict[str, tuple[Any, Callable[[Viewer], ColumnElement[bool]]]] = {
    "contract": (Contract, contracts.visible_to),
    "amendment": (Amendment, amendments.visible_to),
    "mandate": (Mandate, mandates.visible_to),
}
"""The rows that papers are numbered by: the first word of a kind's name, the table, who sees its rows."""


class NoSuchPaper(InvalidValue):
    """没有名为“%(name)s”的文书类型；可用的类型有：%(names)s。"""


class NothingOfThisNumber(DomainError):
    """没有编号为“%(number)s”的记录，或它不在 %(name)s 的管辖范围内；请核对编号和 --as 后的登录名。"""


@click.command(name="print")
@click.argument("kind", metavar="类型")
@click.argument("number", metavar="编号")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="写到哪个 PDF 文件。",
)
@click.option("--as", "login_name", metavar="登录名", help="由谁打印；只能打印他有权且管辖范围内的文书。")
@click.option("--reason", default="命令行打印", show_default=True, help="打印事由，记入操作日志。")
def print_(kind: str, number: str, output: Path, login_name: str | None, reason: str) -> None:
    """按编号打印一份文书，类型例如 contract（托管合同）。

    内容未变时是原来那一版的又一次打印；内容变了则签发新的一版，旧版即告失效。
    """
    with installation():
        paper_kind = _kind(kind)
        viewer = acting(login_name)
        frozen = paper_kind.freeze(viewer, _row(paper_kind, number, viewer))
        printed = service.issue(paper_kind, frozen, viewer=viewer, now=now(), reason=reason)
        output.write_bytes(printed.content())
        db.session.commit()
        version, copy = printed.paper.version, printed.copy.number
    click.echo(f"{paper_kind.label} {number} 第 {version} 版，第 {copy} 次打印：{output}")


def _kind(name: str) -> PaperKind:
    kinds = {kind.name: kind for kind in all_kinds() if kind.name.partition("-")[0] in NUMBERED}
    if name not in kinds:
        raise NoSuchPaper(name=name, names="、".join(f"{one}（{kinds[one].label}）" for one in kinds))
    return kinds[name]


def _row(kind: PaperKind, number: str, viewer: Viewer) -> int:
    model, visible_to = NUMBERED[kind.name.partition("-")[0]]
    found = db.session.scalar(select(model.id).where(model.number == number, visible_to(viewer)))
    if found is None:
        raise NothingOfThisNumber(number=number, name=viewer.name)
    return int(found)
