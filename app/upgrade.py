"""Upgrade a database to the program: back up, migrate, check, mark; and never start half-way.

A marker in the data folder says from the first step to the last that an upgrade is under way. The
migration itself is one transaction, so after a power cut the next ``shecun upgrade`` simply goes on.
"""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from app import backup, schema
from app.config import Settings
from foundation.clock import CHINA
from foundation.errors import DomainError

MARKER = "upgrade.json"
HISTORY = "upgrades.jsonl"


class UpgradeUnfinished(DomainError):
    """%(started)s 开始的升级未走完；请运行 shecun upgrade 完成它，或用 shecun upgrade --restore 恢复备份。"""


class UpgradeFailedCheck(DomainError):
    """升级后检查未通过：%(findings)s；请运行 shecun upgrade --restore 恢复备份，并联系维护人员。"""


class NothingToRestore(DomainError):
    """没有未完成的升级，不需要恢复。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """One upgrade: from which revision to which, where the copy from before lies, and when it began."""

    before: str | None
    after: str | None
    copy: str
    started: str


def unfinished(home: Path) -> Upgrade | None:
    """Return the upgrade that was begun in ``home`` and not finished."""
    marker = home / MARKER
    return Upgrade(**json.loads(marker.read_text("utf-8"))) if marker.exists() else None


def require_finished(home: Path) -> None:
    """Refuse to start on a database that is half-way through an upgrade."""
    begun = unfinished(home)
    if begun is not None:
        raise UpgradeUnfinished(started=begun.started)


def upgrade(
    engine: Engine,
    settings: Settings,
    *,
    now: datetime,
    check: Callable[[], list[str]],
    say: Callable[[str], None],
    migrate: Callable[[Engine], None] = schema.move_to,
) -> None:
    """Take the database to the program's revision; ``check`` returns what is wrong afterwards."""
    begun = unfinished(settings.home)
    if begun is None:
        if schema.is_empty(engine):
            raise schema.DatabaseEmpty
        if schema.current(engine) == schema.head():
            say("数据库已是最新版本，不需要升级。")
            return
        begun = _begin(engine, settings, now)
        say(f"已备份升级前的数据库：{begun.copy}")
    else:
        say(f"接着完成 {begun.started} 开始的升级；备份在 {begun.copy}")
    migrate(engine)
    say(f"数据库已从 {begun.before or '无版本'} 迁移到 {begun.after}")
    findings = check()
    if findings:
        raise UpgradeFailedCheck(findings="；".join(finding.rstrip("。") for finding in findings))
    _finish(settings.home, begun)
    say("检查通过，升级完成。")


def restore(engine: Engine, settings: Settings) -> Upgrade:
    """Put the copy from before an unfinished upgrade back and forget the upgrade."""
    begun = unfinished(settings.home)
    if begun is None:
        raise NothingToRestore
    backup.restore_database(engine, Path(begun.copy))
    (settings.home / MARKER).unlink()
    return begun


def _begin(engine: Engine, settings: Settings, now: datetime) -> Upgrade:
    moment = now.astimezone(CHINA)
    copy = backup.save_database(engine, settings.home / "backups", f"before-upgrade-{moment:%Y%m%d-%H%M%S}")
    begun = Upgrade(
        before=schema.current(engine),
        after=schema.head(),
        copy=str(copy),
        started=f"{moment:%Y-%m-%d %H:%M:%S}",
    )
    draft = settings.home / f"{MARKER}.new"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(begun), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(settings.home / MARKER)
    return begun


def _finish(home: Path, done: Upgrade) -> None:
    with (home / HISTORY).open("a", encoding="utf-8") as history:
        history.write(json.dumps(asdict(done), ensure_ascii=False) + "\n")
    (home / MARKER).unlink()
