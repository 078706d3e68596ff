"""Averages that say what they were divided by: no quotient leaves the house without its denominator."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from foundation.values.area import Mu, mu
from foundation.values.money import Fen, yuan
from foundation.values.rounding import half_up

_HUNDRED = 100
_PERCENT = 100_00


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """A quotient with the two figures that it was made of, all as they are printed."""

    label: str
    value: str
    numerator: str
    denominator: str

    @property
    def sentence(self) -> str:
        """The whole sum: 户均托管面积 12.34 亩 = 1234.00 亩 ÷ 100 户."""
        return f"{self.label} {self.value} = {self.numerator} ÷ {self.denominator}"


class Figures(Protocol):
    """What averages are made of; a row of the summary has it all."""

    @property
    def small_households(self) -> int:
        """Small farmers, each once."""

    @property
    def large_households(self) -> int:
        """Large operators, each once."""

    @property
    def mu_times(self) -> Mu:
        """Every link and pass."""

    @property
    def physical(self) -> Mu:
        """Each mu once."""

    @property
    def physical_small(self) -> Mu:
        """The small farmers' part of it."""

    @property
    def whole(self) -> Mu:
        """The part on which every required link was done."""

    @property
    def income(self) -> Fen:
        """What the services earned."""


def averages(row: Figures) -> Iterator[Average]:
    """Yield the averages that a row allows; where there is nothing to divide by, there is no average."""
    households = row.small_households + row.large_households
    if households:
        yield Average(
            label="户均托管土地面积",
            value=f"{mu(Mu(half_up(row.physical, households)))} 亩",
            numerator=f"{mu(row.physical)} 亩",
            denominator=f"{households} 户",
        )
    if row.physical:
        yield _times(row)
        yield _part("小农户占托管土地面积", row.physical_small, row.physical)
        yield _part("全程托管占托管土地面积", row.whole, row.physical)
    if row.mu_times:
        yield Average(
            label="每亩次服务收入",
            value=f"{yuan(Fen(half_up(row.income * _HUNDRED, row.mu_times)))} 元",
            numerator=f"{yuan(row.income)} 元",
            denominator=f"{mu(row.mu_times)} 亩次",
        )


def _times(row: Figures) -> Average:
    return Average(
        label="每亩土地服务次数",
        value=f"{mu(Mu(half_up(row.mu_times * _HUNDRED, row.physical)))} 次",
        numerator=f"{mu(row.mu_times)} 亩次",
        denominator=f"{mu(row.physical)} 亩",
    )


def _part(label: str, part: Mu, whole: Mu) -> Average:
    rate = half_up(part * _PERCENT, whole)
    return Average(
        label=label,
        value=f"{rate // _HUNDRED}.{rate % _HUNDRED:02d}%",
        numerator=f"{mu(part)} 亩",
        denominator=f"{mu(whole)} 亩",
    )
