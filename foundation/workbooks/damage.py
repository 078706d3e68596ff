"""Tells cells that a spreadsheet program has damaged, and whether the true value can still be known.

Excel keeps fifteen significant digits: an ID number typed into a number cell loses its last three for good.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from foundation.identity.bank_card import luhn_remainder
from foundation.identity.credit_code import check_character
from foundation.identity.id_number import check_digit
from foundation.wording import N_, Term
from foundation.workbooks.layouts import QUANTITIES, Content

_KEPT_DIGITS = 15
_OVERFLOW = re.compile(r"#{3,}")
_FORMULA_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!)", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"(\d)(?:\.(\d+))?E\+?(\d{1,2})", re.IGNORECASE | re.ASCII)
_DECIMAL_POINT = re.compile(r"(\d+)\.0*", re.ASCII)
_LANDLINE_WITHOUT_ZERO = re.compile(r"(?:[3-9]\d{2}|2\d|10)[- ]?[2-8]\d{6,7}", re.ASCII)
_SERIAL = re.compile(r"([2-9]\d{4}|10\d{4})(?:\.0+)?", re.ASCII)
_NOISE = re.compile(r"\d+\.\d{9,}", re.ASCII)
_NOISE_PLACES = Decimal("0.000001")
_HUNDREDTH = Decimal("0.01")
_DAY_ZERO = date(1899, 12, 30)
_ID_LENGTH = 18
_CARD_LENGTHS = range(17, 20)


class DamageKind(Term):
    """How a cell was damaged; the label tells the user what happened and what to do."""

    DIGITS_LOST = (
        "digits_lost",
        N_("号码被表格软件存成了科学计数法，末几位已丢失，无法恢复；请把该列设为文本后重新填写。"),
    )
    ZEROED_TAIL = (
        "zeroed_tail",
        N_("号码的末几位被表格软件变成了 0，无法恢复；请把该列设为文本后重新填写。"),
    )
    SCIENTIFIC = "scientific", N_("号码被写成了科学计数法，各位数字齐全，已还原；请核对。")
    DECIMAL_POINT = "decimal_point", N_("号码后面多出了小数点，已去掉；请核对。")
    LEADING_ZERO = "leading_zero", N_("区号开头的 0 被表格软件去掉，已补回；请核对。")
    DATE_SERIAL = "date_serial", N_("日期被存成了数字序号，已换算成日期；请核对。")
    FLOAT_NOISE = "float_noise", N_("小数后面带有计算误差，已还原为两位小数；请核对。")
    CELL_OVERFLOW = (
        "cell_overflow",
        N_("单元格因列宽不够只显示 #### 就被复制，原值已丢失；请加宽该列后重新复制。"),
    )
    FORMULA_ERROR = "formula_error", N_("单元格里的公式出错，没有得到结果；请直接填写数值。")


@dataclass(frozen=True, slots=True)
class Damage:
    """What happened to a cell, and the true value where it is still known."""

    kind: DamageKind
    recovered: str | None = None

    @property
    def message(self) -> str:
        """The sentence for the user, ending in the cure."""
        return self.kind.label


def find_damage(text: str, content: Content) -> Damage | None:
    """The damage that a cell of this content shows, or None; free text is only searched for dead formulas."""
    if not text:
        return None
    if text[0] == "#":
        return _dead_cell(text)
    if content is Content.TEXT:
        return None
    if content is Content.DATE:
        return _damaged_date(text)
    if content in QUANTITIES:
        return _damaged_quantity(text)
    return _damaged_digits(text, content)


def _dead_cell(text: str) -> Damage | None:
    if _OVERFLOW.fullmatch(text):
        return Damage(DamageKind.CELL_OVERFLOW)
    return Damage(DamageKind.FORMULA_ERROR) if _FORMULA_ERROR.fullmatch(text) else None


def _damaged_date(text: str) -> Damage | None:
    """A day counted from the end of 1899, as spreadsheets keep dates."""
    serial = _SERIAL.fullmatch(text)
    if serial is None:
        return None
    day = _DAY_ZERO + timedelta(days=int(serial[1]))
    return Damage(DamageKind.DATE_SERIAL, day.isoformat())


def _damaged_quantity(text: str) -> Damage | None:
    """12.340000000000001 was 12.34; a quantity in scientific notation has been rounded."""
    if _SCIENTIFIC.fullmatch(text):
        return _scientific(text)
    if not _NOISE.fullmatch(text):
        return None
    value = Decimal(text).quantize(_NOISE_PLACES)
    if value != (rounded := value.quantize(_HUNDREDTH)):
        return None
    return Damage(DamageKind.FLOAT_NOISE, str(rounded))


def _damaged_digits(text: str, content: Content) -> Damage | None:
    if text.isdigit():
        return _damaged_tail(text, content)
    if decimal := _DECIMAL_POINT.fullmatch(text):
        if len(decimal[1]) > _KEPT_DIGITS:
            return Damage(DamageKind.ZEROED_TAIL)
        return Damage(DamageKind.DECIMAL_POINT, decimal[1])
    if _SCIENTIFIC.fullmatch(text):
        return _scientific(text)
    return _damaged_phone(text) if content is Content.PHONE else None


def _scientific(text: str) -> Damage:
    """3.71626E+17 states six of eighteen digits; 1.3800138001E+10 states them all."""
    first, rest, exponent = _parts(text)
    if len(rest) == exponent and exponent < _KEPT_DIGITS:
        return Damage(DamageKind.SCIENTIFIC, first + rest)
    return Damage(DamageKind.DIGITS_LOST)


def _parts(text: str) -> tuple[str, str, int]:
    mantissa, _, exponent = text.upper().partition("E")
    first, _, rest = mantissa.partition(".")
    return first, rest, int(exponent)


def _damaged_tail(digits: str, content: Content) -> Damage | None:
    """Zeros from the sixteenth digit on, in a number that is unsound because of them."""
    if content is Content.PHONE:
        return _damaged_phone(digits)
    if not digits.endswith("0"):
        return None
    zeros = "0" * (len(digits) - _KEPT_DIGITS)
    if zeros and digits.endswith(zeros) and _is_unsound(digits, content):
        return Damage(DamageKind.ZEROED_TAIL)
    return None


def _is_unsound(digits: str, content: Content) -> bool:
    match content:
        case Content.ID_NUMBER:
            return len(digits) == _ID_LENGTH and check_digit(digits[:17]) != digits[17]
        case Content.CREDIT_CODE:
            return len(digits) == _ID_LENGTH and check_character(digits[:17]) != digits[17]
        case Content.BANK_CARD:
            return len(digits) in _CARD_LENGTHS and luhn_remainder(digits) != 0
        case Content.CONTRACTOR_CODE:
            return len(digits) == _ID_LENGTH and digits.endswith("0000")
        case Content.PARCEL_CODE:
            return len(digits) > _ID_LENGTH and digits.endswith("00000")
        case _:
            return False


def _damaged_phone(text: str) -> Damage | None:
    """A landline that lost the zero of its area code; a mobile (1 and eleven digits) never matches."""
    if len(text) >= len("5434321234") and _LANDLINE_WITHOUT_ZERO.fullmatch(text):
        return Damage(DamageKind.LEADING_ZERO, "0" + text)
    return None
