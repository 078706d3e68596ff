"""Percentages to two places, kept as whole basis points: 12.5 % is 1250."""

from typing import NewType

from foundation.values import decimals
from foundation.values.money import Fen, share_of

BasisPoints = NewType("BasisPoints", int)

WHOLE = BasisPoints(10_000)


def parse_percent(text: str) -> BasisPoints:
    """A percentage as a person writes it: ``12.5``, ``12.5%``, ``１２．５％``."""
    return BasisPoints(decimals.parse_hundredths(text, ("%",)))


def percent(rate: BasisPoints) -> str:
    """A percentage for reading, without idle zeros: ``12.5%``."""
    return plain_percent(rate) + "%"


def plain_percent(rate: BasisPoints) -> str:
    """A percentage for form fields and files: ``12.5``."""
    return decimals.plain(rate).rstrip("0").rstrip(".")


def portion(amount: Fen, rate: BasisPoints) -> Fen:
    """So many per cent of an amount, half up to the fen."""
    return share_of(amount, rate, WHOLE)
