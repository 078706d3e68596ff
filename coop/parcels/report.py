"""The village register as it leaves the house: the sheets that the import reads back unchanged."""

from collections.abc import Iterator, Mapping
from typing import Any

from coop.households import queries as households
from coop.households.importing import ISSUERS, MEMBERS, PARTIES, held
from coop.households.rules import HouseholdPermission
from coop.parcels import queries
from coop.parcels.importing import CONTRACTS, PARCELS, held_of
from coop.parcels.rules import ParcelPermission
from coop.parcels.service import ledger
from foundation.access.grants import Viewer
from foundation.imports.importing import Plan, Value
from foundation.workbooks.writing import Sheet

EXPORT = ParcelPermission.EXPORT


def sheets(viewer: Viewer, code: str) -> list[Sheet]:
    """Return the register of a division and all below it, as far as ``viewer`` may export.

    Sealed columns are masked where the viewer may not reveal them; an import passes masked cells over.
    """
    return [
        _sheet(viewer, ISSUERS, _issuers(viewer, code)),
        _sheet(viewer, PARTIES, _parties(viewer, code)),
        _sheet(viewer, MEMBERS, _members(viewer, code)),
        _sheet(viewer, CONTRACTS, _contracts(viewer, code)),
        _sheet(viewer, PARCELS, _parcels(viewer, code)),
    ]


def _sheet(viewer: Viewer, plan: Plan, rows: Iterator[Mapping[str, Any]]) -> Sheet:
    return Sheet(plan.layout, _cells(viewer, plan, rows))


def _cells(viewer: Viewer, plan: Plan, rows: Iterator[Mapping[str, Any]]) -> Iterator[list[Value]]:
    for values in rows:
        place = str(values["code"] or values.get("division_code"))[:12]
        is_open = viewer.sees(HouseholdPermission.REVEAL, place)
        yield plan.cells(values if is_open else plan.masked(values))


def _issuers(viewer: Viewer, code: str) -> Iterator[Mapping[str, Any]]:
    for issuer in households.issuers_in(viewer, EXPORT, code):
        yield held(issuer, ISSUERS)


def _parties(viewer: Viewer, code: str) -> Iterator[Mapping[str, Any]]:
    for household in households.households_in(viewer, EXPORT, code):
        yield held(household, PARTIES)


def _members(viewer: Viewer, code: str) -> Iterator[Mapping[str, Any]]:
    for household_code, member in households.members_in(viewer, EXPORT, code):
        yield held(member, MEMBERS) | {"code": household_code}


def _contracts(viewer: Viewer, code: str) -> Iterator[Mapping[str, Any]]:
    for contract in queries.land_contracts_in(viewer, code):
        yield held(contract, CONTRACTS) | {"household_code": contract.code[:18]}


def _parcels(viewer: Viewer, code: str) -> Iterator[Mapping[str, Any]]:
    for parcel in queries.parcels_in(viewer, code):
        yield held_of(parcel, ledger(parcel))
