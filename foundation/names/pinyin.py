"""Initials by which a clerk finds a name: 王建国 is ``wjg``, and 单雄信 is ``sxx`` before it is ``dxx``."""

import unicodedata
from functools import cache
from itertools import islice, product

from pypinyin import Style, lazy_pinyin

from foundation.names.readings import COMPOUND_SURNAMES, POLYPHONES, SURNAMES

_MOST_SPELLINGS = 8


def initials(name: str) -> tuple[str, ...]:
    """Every likely string of initials, lower case, the likeliest first, at most eight.

    Works for persons and places: a first character that may be a surname keeps its ordinary reading too.
    Letters and figures stand for themselves; dots, blanks and characters without a reading are passed over.
    """
    if not name:
        return ()
    choices = [_inside(character) for character in name]
    choices[0] = _leading(name[0])
    spellings = ["".join(spelling) for spelling in islice(product(*choices), _MOST_SPELLINGS)]
    if name[:2] in COMPOUND_SURNAMES:
        surname = "".join(reading[0] for reading in COMPOUND_SURNAMES[name[:2]])
        spellings.insert(0, surname + "".join(choice[0] for choice in choices[2:]))
    return tuple(dict.fromkeys(filter(None, spellings)))[:_MOST_SPELLINGS]


@cache
def _leading(character: str) -> tuple[str, ...]:
    """Initials of the first character: as a surname, then as any other."""
    surname = tuple(reading[0] for reading in SURNAMES.get(character, ()))
    return tuple(dict.fromkeys(surname + _inside(character)))


@cache
def _inside(character: str) -> tuple[str, ...]:
    """Initials of a character that is not the first."""
    readings = POLYPHONES.get(character)
    if readings:
        return tuple(dict.fromkeys(reading[0] for reading in readings))
    plain = unicodedata.normalize("NFKC", character).lower()
    if plain.isascii():
        return (plain if plain.isalnum() else "",)
    reading = unicodedata.normalize("NFD", lazy_pinyin(plain, style=Style.NORMAL)[0])
    return (reading[0] if reading[:1].isascii() else "",)
