"""Where a slip, its code and its days to answer stand; derived from facts, stored nowhere."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coop.acceptance.rules.terms import SlipState
from foundation.wording import N_, Term

CODE_DAYS = 60
"""A code opens until so many days after the order's window, and never for fewer days than this."""

MOST_SATISFIED = 5


class CodeState(Term):
    """What a code is worth at a moment."""

    NONE = "none", N_("未生成")
    OPEN = "open", N_("有效")
    SPENT = "spent", N_("已使用")
    REVOKED = "revoked", N_("已注销")
    EXPIRED = "expired", N_("已过期")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipFacts:
    """The facts of a slip's state: when it was due, and how many of its living lines stand where.

    ``waiting`` counts reported lines without a word, ``unreported`` those on which nothing was reported.
    """

    noticed_on: date | None = None
    due_on: date | None = None
    unreported: int = 0
    waiting: int = 0
    disputed: int = 0
    deemed: int = 0
    accepted: int = 0


def slip_state(facts: SlipFacts, on: date) -> SlipState:
    """Return where a household's word on an order stands on a day; a dispute speaks first."""
    if facts.disputed:
        return SlipState.DISPUTED
    if facts.waiting:
        if facts.noticed_on is None or facts.due_on is None:
            return SlipState.UNTOLD
        return SlipState.OVERDUE if facts.due_on < on else SlipState.WAITING
    if facts.unreported:
        return SlipState.NOT_READY
    if facts.deemed:
        return SlipState.DEEMED
    return SlipState.ANSWERED if facts.accepted else SlipState.NOTHING


def code_state(
    *,
    coded_at: datetime | None,
    answered_at: datetime | None,
    revoked_at: datetime | None,
    expires_at: datetime | None,
    now: datetime,
) -> CodeState:
    """Return what a code is worth; what was used once stays used even after its time."""
    if coded_at is None:
        return CodeState.NONE
    if revoked_at is not None:
        return CodeState.REVOKED
    if answered_at is not None:
        return CodeState.SPENT
    return CodeState.EXPIRED if expires_at is None or expires_at <= now else CodeState.OPEN


def due_day(noticed_on: date, reply_days: int) -> date:
    """Return the last day on which silence is still open; the day of the notice is not counted.

    >>> due_day(date(2026, 6, 20), 7)
    datetime.date(2026, 6, 27)
    """
    return noticed_on + timedelta(days=reply_days)


def may_deem(noticed_on: date | None, due_on: date | None, last_reported_on: date | None, on: date) -> bool:
    """Tell whether silence counts: told, time is over, and nothing was reported after the notice."""
    if noticed_on is None or due_on is None or last_reported_on is None:
        return False
    return due_on < on and last_reported_on <= noticed_on


def code_ends(ends_on: date, today: date) -> date:
    """Return the last day of a code for an order whose window ends on ``ends_on``."""
    return max(ends_on, today) + timedelta(days=CODE_DAYS)
