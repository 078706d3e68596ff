"""Amounts in capitals (大写), which cannot be altered by a stroke of the pen.

Follows 《正确填写票据和结算凭证的基本规定》: 整 after 元, none after 角 or 分; zeros inside the figure are
read as one 零; where the rule leaves the 零 before 角 to the writer it is left out.
"""

from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints, plain_percent

_FIGURES = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))


def money_in_capitals(amount: Fen) -> str:
    """An amount as a contract prints it: 人民币壹仟肆佰零玖元伍角."""
    yuan, change = divmod(abs(amount), 100)
    jiao, fen = divmod(change, 10)
    sign = "负" if amount < 0 else ""
    whole = f"{whole_in_capitals(yuan)}元" if yuan or not change else ""
    tenths = f"{_FIGURES[jiao]}角" if jiao else "零" if yuan and fen else ""
    hundredths = f"{_FIGURES[fen]}分" if fen else ""
    return f"人民币{sign}{whole}{tenths}{hundredths}" + ("" if change else "整")


def mu_in_capitals(area: Mu) -> str:
    """An area as a contract prints it, both places written out: 壹拾贰点叁零亩, and whole ones 壹拾贰亩整."""
    whole, places = divmod(abs(area), 100)
    sign = "负" if area < 0 else ""
    if not places:
        return f"{sign}{whole_in_capitals(whole)}亩整"
    return f"{sign}{whole_in_capitals(whole)}点{_digits(f'{places:02d}')}亩"


def percent_in_capitals(rate: BasisPoints) -> str:
    """A percentage as a contract prints it: 百分之壹拾贰点伍."""
    whole, _, places = plain_percent(rate).partition(".")
    return f"百分之{whole_in_capitals(int(whole))}" + (f"点{_digits(places)}" if places else "")


def whole_in_capitals(number: int) -> str:
    """A whole number, zero or more, in capitals: 壹万零陆."""
    for size, name in _UNITS:
        if number >= size:
            count, rest = divmod(number, size)
            return whole_in_capitals(count) + name + _rest_in_capitals(rest, size // 10)
    return _FIGURES[number]


def _rest_in_capitals(rest: int, next_place: int) -> str:
    """What follows a unit: nothing, or the rest, led by one 零 when the place next to the unit is empty."""
    if not rest:
        return ""
    return (_FIGURES[0] if rest < next_place else "") + whole_in_capitals(rest)


def _digits(digits: str) -> str:
    return "".join(_FIGURES[int(digit)] for digit in digits)
