"""The one clock of the house; rules never ask it, they are handed dates."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this instant in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return today's date on the office wall in China."""
    return now().astimezone(CHINA).date()
