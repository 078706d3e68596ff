"""Bank cards of persons (Luhn) and the freer account numbers of organisations."""

import re

from foundation.errors import InvalidValue
from foundation.identity.written import compact, masked

_CARD = re.compile(r"[1-9]\d{15,18}", re.ASCII)
_ACCOUNT = re.compile(r"\d{8,32}", re.ASCII)
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


class NotABankCard(InvalidValue):
    """银行卡号应为 16 至 19 位数字，现为 %(length)s 位；请对照银行卡核对。"""


class WrongBankCard(InvalidValue):
    """银行卡号未通过校验，至少有一位数字写错；请对照银行卡逐位核对。"""


class NotABankAccount(InvalidValue):
    """银行账号应为 8 至 32 位数字；请对照开户许可证或存折核对。"""


def parse_bank_card(text: str) -> str:
    """The card number of a person as bare digits."""
    value = compact(text)
    if not _CARD.fullmatch(value):
        raise NotABankCard(length=len(value))
    if luhn_remainder(value):
        raise WrongBankCard
    return value


def parse_bank_account(text: str) -> str:
    """The account number of an organisation, or of a passbook, as bare digits; they share no check."""
    value = compact(text)
    if not _ACCOUNT.fullmatch(value):
        raise NotABankAccount
    return value


def luhn_remainder(digits: str) -> int:
    """The Luhn sum modulo ten; zero for a sound card number (ISO/IEC 7812)."""
    figures = [int(digit) for digit in reversed(digits)]
    return (sum(figures[::2]) + sum(_DOUBLED[figure] for figure in figures[1::2])) % 10


def mask_bank_card(value: str) -> str:
    """``***************1234``: only the last four, as banks print it."""
    return masked(value, 0, 4)
