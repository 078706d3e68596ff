"""``shecun backup``: one checked file to carry away."""

from pathlib import Path

import click

from app import backup as copies
from app.commands.frame import installation, settings_of
from foundation.clock import now
from foundation.database.engine import db


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="存放备份的文件夹。")
@click.option("--with-keys", is_flag=True, help="把加密密钥也放进备份；这样的备份须像密钥一样保管。")
def backup(output: Path | None, *, with_keys: bool) -> None:
    """备份数据库和文件，写成一个 ZIP 并当场校验；服务不必停止。"""
    with installation() as app:
        chosen = settings_of(app)
        folder = output or chosen.home / "backups"
        file = copies.back_up(db.engine, chosen, folder, now=now(), with_keys=with_keys)
    click.echo(f"备份完成并已校验：{file}（{file.stat().st_size / 1e6:.1f} MB）")
    if not with_keys:
        click.echo(f"备份中没有密钥。请把 {chosen.keyring_file} 另行妥善保管，没有它敏感信息无法恢复。")
