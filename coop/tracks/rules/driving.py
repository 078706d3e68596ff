"""From a file to the ground it proves: read, given a width, swept; nothing here asks the database."""

from dataclasses import dataclass
from datetime import date, timedelta, timezone
from hashlib import sha256

from coop.tracks.rules.fixes import Reading
from coop.tracks.rules.reading import read_track
from coop.tracks.rules.sweeping import Sweep, sweep, with_width
from foundation.errors import InvalidValue

LONGEST_SPAN = timedelta(hours=36)
"""A file of more than a day's work, nights included, cannot say on which day a parcel was done."""

_CHINA = timezone(timedelta(hours=8))


class SeveralDays(InvalidValue):
    """轨迹从 %(first)s 到 %(last)s，超过一个作业日；请按天分段导出后逐个上传。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Driven:
    """A file, what was read of it, the width that was used, and the ground swept."""

    name: str
    content: bytes
    digest: str
    reading: Reading
    width_cm: int
    sweep: Sweep

    @property
    def worked_on(self) -> date:
        """The day of the work by the clock in China: the day on which it began."""
        return self.reading.started_at.astimezone(_CHINA).date()


def drive(name: str, content: bytes, *, stated_cm: int | None, usual_cm: int | None) -> Driven:
    """Return what a file proves; ``stated_cm`` overrules its widths, ``usual_cm`` fills missing ones."""
    reading = read_track(name, content)
    if reading.ended_at - reading.started_at > LONGEST_SPAN:
        first, last = (day.astimezone(_CHINA).date() for day in (reading.started_at, reading.ended_at))
        raise SeveralDays(first=first, last=last)
    runs = with_width(reading.runs, stated_cm=stated_cm, usual_cm=usual_cm)
    widest = max(fix.width_cm or 0 for run in runs for fix in run)
    return Driven(
        name=name,
        content=content,
        digest=digest_of(content),
        reading=reading,
        width_cm=widest,
        sweep=sweep(runs),
    )


def digest_of(content: bytes) -> str:
    """Return what tells one file from another."""
    return sha256(content).hexdigest()
