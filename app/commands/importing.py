"""``shecun import``: a spreadsheet through the very path that the import pages take."""

from pathlib import Path

import click

from app.commands.frame import Refusal, acting, installation
from foundation.access.grants import Viewer
from foundation.clock import now
from foundation.database.engine import db
from foundation.divisions import importing as divisions
from foundation.divisions.rules import DivisionPermission
from foundation.errors import Forbidden
from foundation.imports import jobs, queries, service
from foundation.imports.models import ImportBatch, ImportRow
from foundation.imports.rules import Outcome
from foundation.imports.snapshot import unpacked
from foundation.workbooks.layouts import Layout

SHOWN = 50
DIVISIONS = "divisions"
"""The kind that is a file of codes, not a workbook of rows to look through."""


@click.command(name="import")
@click.argument("kind", metavar="类型")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--as", "login_name", metavar="登录名", help="由谁导入；只能导入他有权且管辖范围内的数据。")
@click.option("--dry-run", is_flag=True, help="只读取和检查，不写入。")
def import_(kind: str, file: Path, login_name: str | None, *, dry_run: bool) -> None:
    """从电子表格导入数据，类型例如 village-register（村集体土地承包台账）；divisions 为区划文件（CSV）。

    先逐行检查并报告；有错误的行不导入，其余的行写入。有错误的行存在时退出状态为 1。
    """
    with installation():
        viewer = acting(login_name)
        if kind == DIVISIONS:
            _load_divisions(file, viewer, dry_run=dry_run)
            return
        batch = service.start(
            kind, file.name, file.read_bytes(), viewer=viewer, now=now(), in_background=False
        )
        db.session.commit()
        batch = jobs.read_now(batch, viewer, now(), _progress)
        _report(batch)
        if dry_run:
            service.discard(batch, viewer=viewer, now=now())
            click.echo("仅检查，没有写入。")
        elif batch.applicable:
            _apply(batch, viewer)
        else:
            click.echo("没有需要新增或更新的行。")
        db.session.commit()
        if batch.stopped:
            raise Refusal(f"有 {batch.stopped} 行没有导入；请按上面的说明改正后重新导入，已导入的不会重复。")


def _load_divisions(file: Path, viewer: Viewer, *, dry_run: bool) -> None:
    """Load the open statistical file of divisions: whole or, at the first wrong line, not at all."""
    if not viewer.can(DivisionPermission.EDIT):
        raise Forbidden
    loaded = divisions.load_for(viewer, file, now=now())
    click.echo(f"{file.name}：新增 {loaded.added}，更名 {loaded.renamed}，无变化 {loaded.same}")
    if dry_run:
        click.echo("仅检查，没有写入。")
    else:
        db.session.commit()


def _apply(batch: ImportBatch, viewer: Viewer) -> None:
    service.confirm(batch, viewer=viewer, now=now(), in_background=False)
    jobs.apply_now(batch, viewer, now(), _progress)
    click.echo(f"已导入 {batch.applicable} 行，批次号 {batch.id}，可在“导入”页面撤销。")


def _progress(_done: int, _total: int) -> None:
    db.session.commit()


def _report(batch: ImportBatch) -> None:
    counts = [f"{outcome.label} {batch.count(outcome)}" for outcome in Outcome if batch.count(outcome)]
    click.echo(f"{batch.file_name}：共 {batch.total} 行，{'，'.join(counts)}")
    shown = 0
    for number, sheet in enumerate(service.get_kind(batch.kind).sheets):
        for row in queries.stopped_rows(batch, number)[: SHOWN - shown]:
            shown += 1
            _show(row, sheet)
    if batch.stopped > shown:
        click.echo(f"……另有 {batch.stopped - shown} 行，请在“导入”页面下载错误清单。")


def _show(row: ImportRow, sheet: Layout) -> None:
    for fault in unpacked(row.body).faults:
        column = next((one.title for one in sheet.columns if one.key == fault.column), "")
        click.echo(f"  {sheet.title} 第 {row.number} 行{f'“{column}”' if column else ''}：{fault.sentence}")
