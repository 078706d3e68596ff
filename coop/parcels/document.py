"""Parcels as the papers of the cooperative wing list them."""

from collections.abc import Iterable
from typing import Protocol

from coop.parcels.rules import AreaKind
from foundation.typesetting import Column, Table
from foundation.values.area import Mu, mu


class ListedParcel(Protocol):
    """What a paper tells of a parcel, whichever frozen copy it stands in."""

    @property
    def name(self) -> str:
        """What the village calls it."""

    @property
    def code(self) -> str:
        """Its code in the land register."""

    @property
    def east(self) -> str:
        """What it borders on in the east."""

    @property
    def south(self) -> str:
        """What it borders on in the south."""

    @property
    def west(self) -> str:
        """What it borders on in the west."""

    @property
    def north(self) -> str:
        """What it borders on in the north."""

    @property
    def basis(self) -> AreaKind:
        """Which of its acreages counts."""

    @property
    def area(self) -> Mu:
        """The acreage that counts."""


def bounds(parcel: ListedParcel) -> str:
    """Return the four boundaries (四至) in their usual order."""
    return f"{parcel.east}；{parcel.south}；{parcel.west}；{parcel.north}"


def parcel_table(parcels: Iterable[ListedParcel]) -> Table:
    """Return the parcels with boundaries and the acreage that counts, added up."""
    columns = [
        Column("地块名称", 2),
        Column("地块编码", 3.6),
        Column("四至（东、南、西、北）", 4.6, "left"),
        Column("面积依据", 1.8),
        Column("面积（亩）", 1.9, "right", show=mu, adds=True),
    ]
    rows = [(parcel.name, parcel.code, bounds(parcel), parcel.basis.label, parcel.area) for parcel in parcels]
    return Table(columns, rows)
