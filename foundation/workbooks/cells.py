"""A cell as text, the way the person who filled the sheet sees it."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

Cell = str | int | float | bool | date | datetime | time | timedelta

_EXACT_BELOW = 10**15


def cell_text(value: Cell) -> str:
    """The text of a cell; a number of more than fifteen digits shows by its exponent that it lost some."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float | int):
        return _number_text(value)
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number_text(value: float) -> str:
    if abs(value) >= _EXACT_BELOW:
        return f"{Decimal(f'{value:.15g}'):.14E}"
    if value == int(value):
        return str(int(value))
    return f"{Decimal(f'{value:.15g}'):f}"
