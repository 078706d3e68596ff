r"""The one-time code of a household: how it looks, how it is made again, how it is read from a hand.

Twenty characters in five groups of four: nineteen drawn from a keyed digest and one that checks them. The
alphabet has 23 characters and none that looks like another (no 0 O Q, 1 I L, 2 Z, 5 S, 8 B, U): 23 is prime,
so the check finds every single wrong character and every two neighbours that were exchanged.

The arithmetic of guessing: 23\ :sup:`19` ≈ 7.5 × 10\ :sup:`25` codes, 85.9 bits. With a million codes open at
once and a thousand guesses let through in every minute of a year (5.3 × 10\ :sup:`8`), the chance of one hit
is 10\ :sup:`6` × 5.3 × 10\ :sup:`8` ÷ 7.5 × 10\ :sup:`25` ≈ 7 × 10\ :sup:`-12`; ``chance_of_a_hit`` says so.
"""

import unicodedata
from collections.abc import Callable

from foundation.errors import InvalidValue

ALPHABET = "34679ACDEFGHJKMNPRTVWXY"
BASE = len(ALPHABET)
DRAWN = 19
LENGTH = DRAWN + 1
GROUP = 4
_DIGIT = {character: value for value, character in enumerate(ALPHABET)}

Sign = Callable[[str], bytes]
"""The keyed digest of the house (``Keyring.signature``): 32 bytes that only its key can make."""


class NoCode(InvalidValue):
    """验收码应为 20 位（5 组，每组 4 位），这里有 %(length)s 位；请对照作业单逐组核对后重新填写。"""


class CodeMistyped(InvalidValue):
    """验收码有一位填错了，或者相邻两位写反了；请对照作业单逐组核对后重新填写。"""


class NotInCodes(InvalidValue):
    """验收码中没有“%(character)s”这个字符；作业单上只有 34679 和不易混淆的大写字母，请核对后重新填写。"""


def derived_code(slip_id: int, serial: int, sign: Sign) -> str:
    """Return the code of a slip's serial number: the same for ever under one key, unguessable without it."""
    number = int.from_bytes(sign(f"acceptance-code:{slip_id}|{serial}"), "big")
    drawn = []
    for _ in range(DRAWN):
        number, digit = divmod(number, BASE)
        drawn.append(ALPHABET[digit])
    text = "".join(drawn)
    return text + check_character(text)


def check_character(drawn: str) -> str:
    """Return the last character of a code: the weighted sum of the others, modulo the prime 23."""
    return ALPHABET[sum(place * _DIGIT[one] for place, one in enumerate(drawn, 1)) % BASE]


def written(code: str) -> str:
    """Return a code as it is printed.

    >>> written("ACDE3467FGHJ9KMNPRTV")
    'ACDE-3467-FGHJ-9KMN-PRTV'
    """
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """Return the code that somebody typed: any case, any spaces and dashes, full-width letters too."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    code = "".join(one for one in plain if not (one.isspace() or unicodedata.category(one) == "Pd"))
    for character in code:
        if character not in _DIGIT:
            raise NotInCodes(character=character)
    if len(code) != LENGTH:
        raise NoCode(length=len(code))
    if check_character(code[:DRAWN]) != code[DRAWN]:
        raise CodeMistyped
    return code


def chance_of_a_hit(*, per_minute: int, minutes: int, open_codes: int) -> float:
    """Return the chance that guessing finds any open code at all, for the arithmetic above."""
    return min(1.0, per_minute * minutes * open_codes / float(BASE**DRAWN))
