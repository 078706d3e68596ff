"""Who is at work in a data folder: services share it, an upgrade or a restore wants it alone.

The lock belongs to the process, so a killed one leaves nothing to clean up.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from foundation.errors import DomainError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = "occupied.lock"


class HomeInUse(DomainError):
    """数据目录 %(home)s 正被运行中的社村通服务使用；请先停止服务（Ctrl+C 或 systemctl stop shecun）再试。"""


class HomeBeingChanged(DomainError):
    """数据目录 %(home)s 正在升级或恢复；请等它完成后再启动。"""


@contextmanager
def sharing(home: Path) -> Iterator[None]:
    """Work in ``home`` beside other services; refuse while somebody has it alone."""
    with (home / LOCK).open("a+b") as file:
        if not _lock(file, alone=False):
            raise HomeBeingChanged(home=home)
        yield


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Have ``home`` to oneself; refuse while a service runs in it."""
    with (home / LOCK).open("a+b") as file:
        if not _lock(file, alone=True):
            raise HomeInUse(home=home)
        yield


def _lock(file: IO[bytes], *, alone: bool) -> bool:
    """Windows knows no shared lock of this kind; there one parent process runs all services."""
    try:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
