"""A copy of everything that cannot be made again: database, stored files and, only when asked, the keys."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from app.config import Settings
from foundation.clock import CHINA
from foundation.errors import DomainError

MANIFEST = "manifest.json"


class ToolMissing(DomainError):
    """找不到程序 %(tool)s，无法备份或恢复 PostgreSQL 数据库；请安装 postgresql-client 后再试。"""


class ToolFailed(DomainError):
    """程序 %(tool)s 未能完成：%(reason)s"""


class DamagedCopy(DomainError):
    """备份 %(file)s 未通过校验（%(reason)s），不能使用；请检查磁盘后重新备份。"""


def save_database(engine: Engine, folder: Path, name: str) -> Path:
    """Write a checked copy of the database into ``folder`` while others go on working; return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    if engine.dialect.name == "sqlite":
        return _save_sqlite(Path(str(engine.url.database)), folder / f"{name}.db")
    target = folder / f"{name}.dump"
    _run_tool("pg_dump", engine, "--format=custom", f"--file={target}")
    return target


def restore_database(engine: Engine, source: Path) -> None:
    """Put a copy made by ``save_database`` in the place of the database."""
    engine.dispose()
    if engine.dialect.name != "sqlite":
        _run_tool("pg_restore", engine, "--clean", "--if-exists", "--single-transaction", str(source))
        return
    _check_sqlite(source)
    place = Path(str(engine.url.database))
    draft = place.with_suffix(".restoring")
    shutil.copyfile(source, draft)
    for leftover in (f"{place}-wal", f"{place}-shm"):
        Path(leftover).unlink(missing_ok=True)
    draft.replace(place)


def _save_sqlite(source: Path, target: Path) -> Path:
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    _check_sqlite(target)
    return target


def _check_sqlite(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
        raise DamagedCopy(file=file, reason=error) from error
    if verdict != "ok":
        raise DamagedCopy(file=file, reason=verdict)


def _run_tool(tool: str, engine: Engine, *arguments: str) -> None:
    program = shutil.which(tool)
    if program is None:
        raise ToolMissing(tool=tool)
    address = engine.url.set(drivername="postgresql", password=None).render_as_string()
    environment = {**os.environ, "PGPASSWORD": str(engine.url.password or "")}
    command = [program, f"--dbname={address}", "--no-password", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise ToolFailed(tool=tool, reason=done.stderr.strip())


def back_up(
    engine: Engine, settings: Settings, folder: Path, *, now: datetime, with_keys: bool = False
) -> Path:
    """Write one ZIP with database, stored files and their digests, read it back, and return it.

    The keys of the sealed columns stay out unless asked for: whoever finds a lost copy must not read it.
    """
    name = f"shecun-{now.astimezone(CHINA):%Y%m%d-%H%M%S}"
    copy = save_database(engine, folder, name)
    target = folder / f"{name}.zip"
    parts = {f"database{copy.suffix}": copy, **_stored_files(settings)}
    if with_keys:
        parts["keyring.json"] = settings.keyring_file
    _write(target, parts)
    copy.unlink()
    check(target)
    return target


def _stored_files(settings: Settings) -> dict[str, Path]:
    found = sorted(path for path in settings.files.rglob("*") if path.is_file())
    return {f"files/{path.relative_to(settings.files).as_posix()}": path for path in found}


def _write(target: Path, parts: dict[str, Path]) -> None:
    digests: dict[str, str] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, path in parts.items():
            archive.write(path, name)
            with path.open("rb") as file:
                digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
        archive.writestr(MANIFEST, json.dumps(digests, indent=1))
    target.chmod(0o600)


def check(file: Path) -> int:
    """Read a copy back against its own list of digests; return how many files it holds."""
    with zipfile.ZipFile(file) as archive:
        digests: dict[str, str] = json.loads(archive.read(MANIFEST))
        for name, digest in digests.items():
            with archive.open(name) as part:
                if hashlib.file_digest(part, "sha256").hexdigest() != digest:  # type: ignore[arg-type]
                    raise DamagedCopy(file=file, reason=name)
    return len(digests)
