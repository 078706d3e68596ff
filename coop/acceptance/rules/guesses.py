"""How many wrong codes are answered: few from one address, and in a storm none but from those never wrong.

Only codes that are well formed and unknown count: a slip of the finger fails the check character and is not
even looked up, and a right code is never counted, for a village may share one address. The counts live in the
process; with *n* server processes at most *n* times as many guesses are answered. Even a thousand answered
guesses per minute find one of a million open codes in a year with a chance of 7 × 10⁻¹² (see ``codes``), so
nothing has to be written on GET to keep them together.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(slots=True, kw_only=True)
class GuessGuard:
    """So many wrong codes from one address, and so many from all together, within so long."""

    most: int = 10
    most_of_all: int = 300
    within: timedelta = timedelta(minutes=10)
    addresses: int = 20_000
    _wrong: dict[str, deque[datetime]] = field(default_factory=dict)
    _all: deque[datetime] = field(init=False)

    def __post_init__(self) -> None:
        """Keep no more of all the times than are needed to tell a storm."""
        self._all = deque(maxlen=self.most_of_all)

    def admits(self, address: str, now: datetime) -> bool:
        """Tell whether a code from this address is looked up at all."""
        own = self._recent(self._wrong.get(address), now)
        storm = self._recent(self._all, now) >= self.most_of_all
        return own < (1 if storm else self.most)

    def note_wrong(self, address: str, now: datetime) -> None:
        """Count a well-formed code that nobody has."""
        if len(self._wrong) >= self.addresses:
            self._forget(now)
        self._wrong.setdefault(address, deque(maxlen=self.most)).append(now)
        self._all.append(now)

    def _recent(self, times: deque[datetime] | None, now: datetime) -> int:
        while times and now - times[0] > self.within:
            times.popleft()
        return len(times or ())

    def _forget(self, now: datetime) -> None:
        """Drop the addresses whose time is over; in a flood of addresses, all of them."""
        for address in [one for one, times in self._wrong.items() if not self._recent(times, now)]:
            del self._wrong[address]
        if len(self._wrong) >= self.addresses:
            self._wrong.clear()
