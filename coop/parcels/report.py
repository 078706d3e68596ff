"""Parcels as they leave the house: the list as a table, the register as the sheets that the import reads."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from coop.households import queries as households
from coop.households.importing import ISSUERS, MEMBERS, PARTIES, held
from coop.households.rules import HouseholdPermission
from coop.parcels import queries
from coop.parcels.importing import CONTRACTS, PARCELS, held_of
from coop.parcels.models import Parcel
from coop.parcels.rules import ParcelPermission
from coop.parcels.service import ledger
from foundation.access.grants import NOBODY, Viewer
from foundation.divisions import queries as divisions
from foundation.imports.importing import Plan, Value
from foundation.tables.rules import Column, Row, Table
from foundation.values.area import mu
from foundation.wording import N_
from foundation.workbooks.layouts import Content
from foundation.workbooks.writing import Sheet

EXPORT = ParcelPermission.EXPORT
TITLE = N_("地块清单")
COLUMNS = (
    Column(label=N_("地块编码"), width=2.0),
    Column(label=N_("地块名称"), width=1.2),
    Column(label=N_("承包方"), width=1.2),
    Column(label=N_("证件尾号"), width=0.8),
    Column(label=N_("镇村"), width=1.8),
    Column(label=N_("地块类别")),
    Column(label=N_("确权面积(亩)"), content=Content.MU, total=True),
    Column(label=N_("合同面积(亩)"), content=Content.MU, total=True),
    Column(label=N_("实测面积(亩)"), content=Content.MU, total=True),
    Column(label=N_("结算面积(亩)"), content=Content.MU, total=True),
)


def table(parcels: Sequence[Parcel], conditions: str) -> Table:
    """Return the table of these parcels, whose holders are loaded."""
    return Table(title=TITLE, columns=COLUMNS, rows=_lines(parcels), conditions=conditions)


def _lines(parcels: Sequence[Parcel]) -> Iterator[Row]:
    paths = divisions.paths(one.division_code for one in parcels)
    for one in parcels:
        yield (
            one.code,
            one.name,
            one.household.head_name if one.household is not None else "村集体",
            one.household.id_tail if one.household is not None else "",
            paths[one.division_code].short,
            one.land_class.label,
            one.title_area,
            one.contract_area,
            one.measured_area,
            one.area,
        )


def sheets(viewer: Viewer, code: str, *, whole: bool = False) -> list[Sheet]:
    """Return the register of a division and all below it, as far as ``viewer`` may export.

    Sealed columns are masked unless they were asked for ``whole`` and the viewer may reveal them there;
    an import passes masked cells over.
    """
    may_reveal = viewer if whole else NOBODY
    return [
        _sheet(may_reveal, ISSUERS, _issuers(viewer, code)),
        _sheet(may_reveal, PARTIES, _parties(viewer, code)),
        _sheet(may_reveal, MEMBERS, _members(viewer, code)),
        _sheet(may_reveal, CONTRACTS, _contracts(viewer, code)),
        _sheet(may_reveal, PARCELS, _parcels(viewer, code)),
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


def outlines(viewer: Viewer, code: str) -> str:
    """Return the outlines of a division as the GeoJSON that the import reads back."""
    features = [
        {
            "type": "Feature",
            "properties": {"DKBM": parcel.code, "DKMC": parcel.name, "亩": mu(parcel.area)},
            "geometry": json.loads(outline.geometry),
        }
        for parcel, outline in queries.outlined_in(viewer, code)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
