"""The mark of a load of the sample county: an interrupted one is begun anew, never taken for whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from app.config import Settings
from foundation.errors import DomainError

MARKER = "sample.loading"


class SampleUnfinished(DomainError):
    """示例县只载入了一部分（上次载入被中断）；请重新运行 shecun demo，它会清空并重新载入。"""


def is_unfinished(settings: Settings) -> bool:
    """Return whether a load into this very database was begun and not finished."""
    marker = settings.home / MARKER
    return marker.exists() and marker.read_text("ascii") == _told(settings)


def require_finished(settings: Settings) -> None:
    """Refuse to work on half a county."""
    if is_unfinished(settings):
        raise SampleUnfinished


@contextmanager
def loading(settings: Settings) -> Iterator[None]:
    """Leave the mark behind unless the block comes to its end."""
    marker = settings.home / MARKER
    with marker.open("w", encoding="ascii") as file:
        file.write(_told(settings))
        file.flush()
        os.fsync(file.fileno())
    yield
    marker.unlink()


def _told(settings: Settings) -> str:
    return sha256(settings.database.encode()).hexdigest()
