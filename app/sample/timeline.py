"""What happens in the sample county, told in the order of the days on which it happened."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from foundation.clock import CHINA
from foundation.database.engine import db

OFFICE_OPENS = time(8, 30)
BETWEEN_ACTS = timedelta(minutes=7)

Act = Callable[[datetime], None]


@dataclass
class Timeline:
    """Acts noted for days, in any order, and played day by day; each is in the database whole."""

    acts: list[tuple[date, int, Act]] = field(default_factory=list)

    def note(self, day: date, act: Act) -> None:
        """Let an act happen on a day; those of one day happen in the order in which they were noted."""
        self.acts.append((day, len(self.acts), act))

    def play(self) -> None:
        """Let everything happen."""
        yesterday, minutes = date.min, timedelta()
        for day, _, act in sorted(self.acts, key=lambda noted: noted[:2]):
            minutes = minutes + BETWEEN_ACTS if day == yesterday else timedelta()
            act(datetime.combine(day, OFFICE_OPENS, CHINA) + minutes)
            db.session.commit()
            yesterday = day
