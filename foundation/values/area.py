"""Acreage: mu and square metres, both kept as whole hundredths; 15 mu are exactly 10,000 square metres."""

from typing import NewType

from foundation.values import decimals
from foundation.values.rounding import half_up

Mu = NewType("Mu", int)
SquareMetres = NewType("SquareMetres", int)


def parse_mu(text: str) -> Mu:
    """An area in mu as a person writes it: ``12.34``, ``１２.３４``, ``1,200亩``."""
    return Mu(decimals.parse_hundredths(text, ("亩",)))


def parse_square_metres(text: str) -> SquareMetres:
    """An area in square metres as a person writes it: ``8226.67``, ``8,226.67㎡``, ``8226.67平方米``."""
    return SquareMetres(decimals.parse_hundredths(text, ("m2", "平方米")))


def mu(area: Mu) -> str:
    """An area in mu to two places, without commas, as every list and paper prints it: ``12.34``."""
    return decimals.plain(area)


def square_metres(area: SquareMetres) -> str:
    """An area in square metres to two places, without commas: ``8226.67``."""
    return decimals.plain(area)


def mu_from_square_metres(area: SquareMetres) -> Mu:
    """Square metres × 3/2000, half up to 0.01 mu (1 hectare = 15 mu = 10,000 ㎡; never 666.67 nor 667)."""
    return Mu(half_up(area * 3, 2000))


def square_metres_from_mu(area: Mu) -> SquareMetres:
    """Mu × 2000/3, half up to 0.01 ㎡."""
    return SquareMetres(half_up(area * 2000, 3))
