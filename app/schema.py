"""The history of the tables: where a database stands, and how it is brought to where the program stands."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from foundation.database.base import Base
from foundation.errors import DomainError

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


class DatabaseNewerThanProgram(DomainError):
    """数据库版本（%(current)s）比程序新，程序不认识它；请安装更新的程序，或恢复升级前的备份。"""


class DatabaseBehindProgram(DomainError):
    """数据库版本（%(current)s）落后于程序（%(head)s）；请先停止服务，运行 shecun upgrade 后再启动。"""


class DatabaseEmpty(DomainError):
    """数据库里还没有数据表；请先运行 shecun init 建立本单位，或运行 shecun demo 载入示例县。"""


class BrokenReference(DomainError):
    """迁移后表 %(table)s 有 %(count)s 行引用了不存在的记录，迁移已撤回；请把这句话和备份一并交给维护人员。"""


def head() -> str | None:
    """Return the newest revision of the program; nothing while no revision was written."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def current(engine: Engine) -> str | None:
    """Return the revision a database stands at; nothing for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_empty(engine: Engine) -> bool:
    """Return whether a database has no tables at all."""
    return not inspect(engine).get_table_names()


def require_current(engine: Engine) -> None:
    """Refuse a database that is empty, behind the program, or ahead of it."""
    if is_empty(engine):
        raise DatabaseEmpty
    stands, wanted = current(engine), head()
    if stands != wanted:
        raise _distance(stands, wanted)


def _distance(stands: str | None, wanted: str | None) -> DomainError:
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if stands is not None and stands not in known:
        return DatabaseNewerThanProgram(current=stands)
    return DatabaseBehindProgram(current=stands or "无", head=wanted or "无")


def move_to(engine: Engine, target: str = "head") -> None:
    """Bring a database to ``target``, up or down, in one transaction: all of the way or not at all."""
    with engine.connect() as connection:
        _suspend_references(connection)
        with connection.begin():
            _run(connection, target)
            _check_references(connection)
    engine.dispose()


def _run(connection: Connection, target: str) -> None:
    steps = command.downgrade if target == "base" else command.upgrade
    steps(configuration(connection), target)


def configuration(connection: Connection) -> Config:
    """Return Alembic's configuration for ``connection``; there is no ini file to keep in step."""
    config = Config(attributes={"connection": connection, "metadata": Base.metadata})
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _suspend_references(connection: Connection) -> None:
    """SQLite rebuilds a table to alter it; with references enforced that would delete the rows below it."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        if driver is not None:
            driver.execute("PRAGMA foreign_keys = OFF")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        table = broken[0][0]
        raise BrokenReference(table=table, count=sum(row[0] == table for row in broken))
