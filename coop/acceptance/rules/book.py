"""The book that accepted work is entered in; acceptance declares it, the acreage ledger keeps it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from coop.contracts.rules.findings import Finding
from foundation.values.area import Mu
from foundation.values.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedWork:
    """One line as it was accepted: what, where, for whom, by whom, under which programme and contract.

    ``area`` is the accepted mu, ``basis_area`` the parcel's settlement basis, ``price`` the menu's price per
    mu (nothing where the contract is packaged), ``is_entrusted`` whether the contract hands the land on.
    """

    line_id: int
    programme_id: int
    parcel_id: int
    season_id: int
    link_id: int
    pass_number: int
    area: Mu
    basis_area: Mu
    price: Fen | None
    household_id: int
    contract_id: int
    provider_id: int
    is_entrusted: bool
    is_deemed: bool
    division_code: str
    worked_on: date
    accepted_on: date


class Book(Protocol):
    """Where accepted work is counted, in the transaction that accepts it."""

    def findings(self, works: Sequence[AcceptedWork]) -> list[Finding]:
        """Return what forbids counting these works: double work, more mu than the land has, …"""

    def enter(self, works: Sequence[AcceptedWork], *, now: datetime) -> None:
        """Count these works; each line once."""

    def strike(self, line_ids: Collection[int], *, reason: str, now: datetime) -> None:
        """Take these lines out of the count again, with the reason; what was never entered is no error."""
