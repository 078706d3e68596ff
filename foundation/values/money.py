"""Money: whole fen, split and multiplied without losing one."""

from collections.abc import Sequence
from typing import NewType

from foundation.errors import InvalidValue
from foundation.values import decimals
from foundation.values.area import Mu
from foundation.values.rounding import half_up

Fen = NewType("Fen", int)


class NothingToShareBy(InvalidValue):
    """没有可供分摊的依据（份额合计为零）；请先填写各方的份额或面积。"""


def parse_yuan(text: str) -> Fen:
    """An amount in yuan as a person writes it: ``1,234.50``, ``¥1234.5``, ``１２３４元``."""
    bare = text.strip().lstrip("¥￥")
    return Fen(decimals.parse_hundredths(bare, ("元",)))


def yuan(amount: Fen) -> str:
    """An amount for reading, with thousands commas: ``1,234.50``."""
    return decimals.grouped(amount)


def plain_yuan(amount: Fen) -> str:
    """An amount for form fields and files, without commas: ``1234.50``."""
    return decimals.plain(amount)


def share_of(amount: Fen, numerator: int, denominator: int) -> Fen:
    """``amount × numerator / denominator``, half up to the fen."""
    return Fen(half_up(amount * numerator, denominator))


def per_mu(price: Fen, area: Mu) -> Fen:
    """What ``area`` costs at a price per mu, half up to the fen."""
    return share_of(price, area, 100)


def allocate(total: int, weights: Sequence[int]) -> list[int]:
    """Split ``total`` by ``weights`` so that the parts add up to it exactly (largest remainder).

    Works on fen as on hundredths of a mu. Of equal remainders the earlier place is served first, so
    equal input always gives an equal split; a negative total is split as its positive one, negated.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise NothingToShareBy
    if total < 0:
        return [-part for part in allocate(-total, weights)]
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: -remainders[place])
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts
