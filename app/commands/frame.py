"""What all commands share: the application they work on, and how a refusal reads on a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click
from flask import Flask
from sqlalchemy.exc import ArgumentError, DBAPIError

from app import sample_marker, schema, upgrade
from app.commands.usage import explained
from app.config import Settings, from_environment
from app.factory import create_app
from foundation.access.grants import Viewer
from foundation.accounts import queries as accounts
from foundation.clock import today
from foundation.database.engine import db
from foundation.errors import DomainError
from foundation.postings import queries as postings

REFUSED = 1

COMMANDS = {
    "init": "init:init",
    "serve": "serving:serve",
    "worker": "serving:worker",
    "demo": "demo:demo",
    "import": "importing:import_",
    "print": "printing:print_",
    "doctor": "doctor:doctor",
    "backup": "backing_up:backup",
    "upgrade": "upgrading:upgrade",
    "rotate-keys": "rotating:rotate_keys",
}
"""Where each command is written; a command is loaded when it is asked for."""


class UnknownAccount(DomainError):
    """没有登录名为“%(login_name)s”的在用账号；请核对 --as 后的登录名。"""


class Refusal(click.ClickException):
    """A sentence on the error channel and the exit status of a refusal."""

    exit_code = REFUSED

    def show(self, file: Any = None) -> None:
        """Write the sentence."""
        click.secho(f"错误：{self.message}", err=True, fg="red", file=file)


class WrongUsage(Refusal):
    """A command line that cannot be understood."""

    exit_code = 2


class Commands(click.Group):
    """The group of all commands; they answer a user's mistake with a sentence instead of a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order they are needed."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command of this name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        found: click.Command = getattr(import_module(f"app.commands.{module}"), name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and turn what it refuses into a sentence."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise WrongUsage(explained(error)) from error
        except DomainError as refusal:
            raise Refusal(str(refusal)) from refusal
        except DBAPIError as error:
            raise Refusal(f"数据库无法完成操作：{error.orig}") from error
        except OSError as error:
            raise Refusal(f"无法读写 {error.filename or '文件'}：{error.strerror or error}") from error


def settings() -> Settings:
    """Return the settings of the environment; a port that is no number is refused."""
    try:
        return from_environment()
    except ValueError as error:
        raise Refusal("环境变量 PORT（端口）和 SHECUN_PROXIES（代理层数）应为数字。") from error


@contextmanager
def installation(*, ready: bool = True) -> Iterator[Flask]:
    """Work on the installation of the environment; ``ready`` refuses an empty or a half-made one."""
    chosen = settings()
    if ready:
        upgrade.require_finished(chosen.home)
        sample_marker.require_finished(chosen)
    try:
        app = create_app(chosen)
    except ArgumentError as error:
        raise Refusal(
            "环境变量 SHECUN_DATABASE 不是可用的数据库地址；例如 postgresql+psycopg://用户@主机/库名。"
        ) from error
    with app.app_context():
        try:
            if ready:
                schema.require_current(db.engine)
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def acting(login_name: str | None) -> Viewer:
    """Return the person in whose name a command works, with the rights and the scope of today."""
    if login_name is None:
        if not is_interactive():
            raise Refusal("缺少办理人；请用 --as 登录名 指明由谁办理。")
        login_name = str(click.prompt("由谁办理（登录名）"))
    account = accounts.find_by_login_name(login_name.strip().lower())
    if account is None or not account.is_active:
        raise UnknownAccount(login_name=login_name)
    return postings.viewer_of(account, today())


def settings_of(app: Flask) -> Settings:
    """Return the settings that ``app`` was created with."""
    chosen: Settings = app.extensions["settings"]
    return chosen


def is_interactive() -> bool:
    """Return whether a person sits at the terminal and can be asked."""
    return sys.stdin.isatty()
