"""Resident identity numbers (公民身份号码, GB 11643-1999).

Judged by structure, birth date and check digit only: a number is for life, so the area code of a county
that was renamed or merged long ago is no fault. A foreign area is worth a warning, never a refusal.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import mul

from foundation.errors import InvalidValue
from foundation.identity.written import compact, masked
from foundation.wording import N_, Term

_SHAPE = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_LENGTH = 18
_OLD_LENGTH = 15
_EARLIEST_BIRTH_YEAR = 1900


class WrongIdLength(InvalidValue):
    """身份证号应为 18 位，现为 %(length)s 位；请对照身份证原件补全或删去多余的字符。"""


class OldIdNumber(InvalidValue):
    """15 位的旧身份证号已于 2013 年停用；请填写第二代身份证上的 18 位号码。"""


class WrongIdCharacter(InvalidValue):
    """身份证号前 17 位应全是数字、末位为数字或 X，且不以 0 开头；请对照身份证原件核对。"""


class NoSuchBirthday(InvalidValue):
    """身份证号第 7 至 14 位“%(digits)s”不是有效的出生日期；请对照身份证原件核对。"""


class BirthInFuture(InvalidValue):
    """身份证号中的出生日期 %(birth)s 晚于今天；请对照身份证原件核对。"""


class WrongCheckDigit(InvalidValue):
    """身份证号有误：按前 17 位推算，校验位应为 %(expected)s，现为 %(found)s；请对照身份证原件逐位核对。"""


class Sex(Term):
    """The sex that the number states (odd or even 17th digit)."""

    MALE = "male", N_("男")
    FEMALE = "female", N_("女")


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A resident identity number that passed every check, and what it says of its holder."""

    value: str
    birth: date
    sex: Sex

    @property
    def area(self) -> str:
        """The six-digit code of the county that first issued the number."""
        return self.value[:6]

    @property
    def masked(self) -> str:
        """The number as lists and notices show it."""
        return mask_id_number(self.value)

    def __str__(self) -> str:
        return self.value


def parse_id_number(text: str, today: date) -> IdNumber:
    """Read and check a number; ``today`` is the day on which a birth may at the latest have happened."""
    value = compact(text)
    if not _SHAPE.fullmatch(value):
        _refuse_shape(value)
    birth = _birth(value[6:14])
    if birth > today:
        raise BirthInFuture(birth=birth)
    expected = check_digit(value[:17])
    if value[17] != expected:
        raise WrongCheckDigit(expected=expected, found=value[17])
    return IdNumber(value, birth, Sex.MALE if value[16] in "13579" else Sex.FEMALE)


def check_digit(first_17: str) -> str:
    """The 18th character that belongs to the first 17 digits (ISO 7064 MOD 11-2)."""
    return _CHECK_DIGITS[sum(map(mul, map(int, first_17), _WEIGHTS)) % 11]


def mask_id_number(value: str) -> str:
    """``371***********1234``: enough to tell namesakes apart, not enough to use."""
    return masked(value, 3, 4)


def area_warning(number: IdNumber, known_areas: Iterable[str]) -> str | None:
    """A note when the number was first issued outside the given areas (2, 4 or 6 digits each)."""
    if number.value.startswith(tuple(known_areas)):
        return None
    return N_("身份证号的地区码不属于本地及其曾用代码，请确认不是录入错误；外来户可忽略。")


def _refuse_shape(value: str) -> None:
    if len(value) == _OLD_LENGTH and value.isdigit():
        raise OldIdNumber
    if len(value) != _LENGTH:
        raise WrongIdLength(length=len(value))
    raise WrongIdCharacter


def _birth(digits: str) -> date:
    year = int(digits[:4])
    try:
        birth = date(year, int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise NoSuchBirthday(digits=digits) from None
    if year < _EARLIEST_BIRTH_YEAR:
        raise NoSuchBirthday(digits=digits)
    return birth
