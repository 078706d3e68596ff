"""``shecun rotate-keys``: a new key for sensitive columns, and what the old one sealed, sealed anew."""

import click

from app import occupancy, resealing
from app.commands.frame import installation, settings_of
from foundation.database.engine import db
from foundation.secrets import keyring


@click.command(name="rotate-keys")
def rotate_keys() -> None:
    """更换加密密钥，并用新密钥重新加密证件号、银行账号等；须先停止服务，完成后请重新备份密钥文件。"""
    with installation() as app:
        chosen = settings_of(app)
        with occupancy.alone(chosen.home):
            ring = keyring.load(chosen.keyring_file).rotated()
            keyring.save(ring, chosen.keyring_file)
            keyring.use(ring)
            count = resealing.seal_anew(db.engine)
    click.echo(f"已启用第 {ring.version} 版密钥，重新加密 {count} 项。")
    click.echo(f"请把 {chosen.keyring_file} 重新备份到安全的地方；旧备份仍要用旧的密钥文件打开。")
