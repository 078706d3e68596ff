"""How a person writes a number with at most two places, and how we print one."""

import re
import unicodedata

from foundation.errors import InvalidValue

_FIGURE = re.compile(r"(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?", re.ASCII)
_PLACES = 2
_MOST_DIGITS = 13


class NotANumber(InvalidValue):
    """“%(text)s”不是数字；请填写如 1234.50 这样的数字。"""


class NegativeNumber(InvalidValue):
    """“%(text)s”是负数；此处只能填写零或正数。"""


class TooManyPlaces(InvalidValue):
    """“%(text)s”的小数超过两位；请四舍五入到 0.01 后再填写。"""


class NumberTooLarge(InvalidValue):
    """“%(text)s”数值过大；请核对位数和单位。"""


def parse_hundredths(text: str, units: tuple[str, ...] = ()) -> int:
    """A written number as whole hundredths; one of ``units`` may follow it, thousands commas may stand in it.

    Full-width figures are read as well. More than two places are refused unless the surplus ones are zeros.
    """
    written = _without_unit(unicodedata.normalize("NFKC", text).strip(), units)
    figure = _FIGURE.fullmatch(written)
    if figure is None:
        raise NotANumber(text=text)
    sign, whole, places = figure[1], figure[2].replace(",", "").lstrip("0"), (figure[3] or "").rstrip("0")
    if len(places) > _PLACES:
        raise TooManyPlaces(text=text)
    if len(whole) > _MOST_DIGITS:
        raise NumberTooLarge(text=text)
    hundredths = int((whole or "0") + places.ljust(_PLACES, "0"))
    if sign and hundredths:
        raise NegativeNumber(text=text)
    return hundredths


def _without_unit(written: str, units: tuple[str, ...]) -> str:
    for unit in units:
        if written.endswith(unit):
            return written.removesuffix(unit).rstrip()
    return written


def plain(hundredths: int) -> str:
    """Hundredths with exactly two places and no commas: ``1234.50``."""
    whole, places = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole}.{places:02d}"


def grouped(hundredths: int) -> str:
    """Hundredths with exactly two places and thousands commas: ``1,234.50``."""
    whole, places = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole:,}.{places:02d}"
