"""The command line ``shecun``: set up, serve, import, print, look after."""

import click

from app.commands.frame import Commands
from app.version import VERSION

__all__ = ["main"]


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, message="社村通 %(version)s")
def main() -> None:
    """社村通命令行。

    数据目录由环境变量 SHECUN_HOME 指定（默认为当前目录下的 home），端口由 PORT 指定（默认 8000），
    SHECUN_DATABASE 可改用 PostgreSQL，例如 postgresql+psycopg://用户@主机/库名。
    """
