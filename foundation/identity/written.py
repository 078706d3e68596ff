"""The spellings a number comes in: full-width figures, blanks, dashes, the apostrophe of a spreadsheet."""

import re
import unicodedata

_ORNAMENT = re.compile(r"[\s\-'`\u2018\u2019\u2010-\u2015\u200b-\u200f\u2060\ufeff]")


def compact(text: str) -> str:
    """The bare figures and capital letters of a number as it was typed, pasted or scanned."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return _ORNAMENT.sub("", unicodedata.normalize("NFKC", text)).upper()


def masked(value: str, first: int, last: int) -> str:
    """``value`` with all but its first and last few characters starred; nothing shows if it is too short."""
    hidden = len(value) - first - last
    if hidden <= 0:
        return "*" * len(value)
    return value[:first] + "*" * hidden + value[len(value) - last :]
