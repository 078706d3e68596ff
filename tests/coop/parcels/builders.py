"""Issuers, households, parcels and register workbooks with defaults, for the tests of the register."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from coop.households import service as households
from coop.households.importing import ISSUERS, MEMBERS, PARTIES
from coop.households.models import Household, Issuer
from coop.households.rules import HouseholdPermission
from coop.households.service import HouseholdDetails, IssuerDetails
from coop.organisations.rules import OrganisationPermission
from coop.parcels import service as parcels
from coop.parcels.importing import CONTRACTS, KIND, PARCELS
from coop.parcels.models import Parcel
from coop.parcels.rules import AreaFact, AreaKind, ParcelPermission
from coop.parcels.service import ParcelDetails
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.identity.id_number import check_digit
from foundation.imports import jobs, service
from foundation.imports.importing import Plan
from foundation.imports.models import ImportBatch, ImportRow
from foundation.imports.rules import ImportPermission
from foundation.imports.snapshot import unpacked
from foundation.values.area import Mu
from foundation.workbooks.layouts import Column, Layout
from foundation.workbooks.writing import Sheet, write_sheets
from tests.conftest import NOW
from tests.foundation.accounts.builders import make_division, make_viewer

VILLAGE = "371681101205"
TOWNSHIP = "371681101000"
OTHER_TOWNSHIP = "371681108000"
OTHER_VILLAGE = "371681108226"
ISSUER_CODE = VILLAGE + "00"
HOUSEHOLD_CODE = ISSUER_CODE + "0001"
PARCEL_CODE = ISSUER_CODE + "00001"
ON = date(2026, 3, 2)
REGISTER = (
    *HouseholdPermission,
    *ParcelPermission,
    *OrganisationPermission,
    ImportPermission.RUN,
)


def id_number(serial: int = 1, birth: str = "19700101") -> str:
    """A sound ID number with the serial of its holder's birthday."""
    first = f"372330{birth}{serial:03d}"
    return first + check_digit(first)


def clerk(*permissions: str, division_code: str = TOWNSHIP) -> Viewer:
    """A viewer who may do everything with the register of a township, or only ``permissions``."""
    make_division(VILLAGE, "东范村委会")
    make_division(OTHER_VILLAGE, "爱贤村委会")
    return make_viewer(*(permissions or [p.value for p in REGISTER]), division_code=division_code)


def make_issuer(code: str = ISSUER_CODE, name: str = "东范村村民委员会") -> Issuer:
    """An issuer of the register."""
    issuer = households.fill_issuer(Issuer(), IssuerDetails(code=code, name=name))
    db.session.add(issuer)
    db.session.flush()
    return issuer


def make_household(
    head_name: str = "张建国", *, number: str | None = None, division_code: str = VILLAGE, **values: Any
) -> Household:
    """A household of the register, with an ID number."""
    make_division(division_code)
    details = HouseholdDetails(
        head_name=head_name,
        id_number=number or id_number(),
        division_code=division_code,
        **{"group_number": 3, "phone": "13805430001", **values},
    )
    household = households.fill(Household(), details)
    db.session.add(household)
    db.session.flush()
    return household


def make_parcel(
    code: str = PARCEL_CODE, household: Household | None = None, area: int = 3_20, **values: Any
) -> Parcel:
    """A parcel of the register with a contract acreage."""
    parcel = parcels.fill(
        Parcel(areas=[]),
        ParcelDetails(code=code, name="东大洼", household_id=household.id if household else None, **values),
    )
    parcels.note_areas(parcel, (fact(area),))
    db.session.add(parcel)
    db.session.flush()
    return parcel


def fact(area: int, kind: AreaKind = AreaKind.CONTRACT, on: date = date(2020, 1, 1)) -> AreaFact:
    """A line of the ledger."""
    return AreaFact(kind=kind, area=Mu(area), square_metres=None, dated_on=on, source="村台账")


ISSUER_ROW = {"code": ISSUER_CODE, "name": "东范村村民委员会"}
PARTY_ROW = {
    "code": HOUSEHOLD_CODE,
    "party_kind": "农户",
    "head_name": "张建国",
    "id_kind": "居民身份证",
    "id_number": id_number(),
    "phone": "13805430001",
}
MEMBER_ROW = {"code": HOUSEHOLD_CODE, "name": "李秀英", "id_number": id_number(22), "relation": "妻"}
CONTRACT_ROW = {"code": HOUSEHOLD_CODE + "J", "starts_on": "1999-10-01", "ends_on": "2059-09-30"}
PARCEL_ROW = {
    "code": PARCEL_CODE,
    "name": "东大洼",
    "household_code": HOUSEHOLD_CODE,
    "contract_code": HOUSEHOLD_CODE + "J",
    "land_class": "承包地块",
    "contract_area": "3.20",
}


def workbook(
    issuers: Sequence[Mapping[str, str]] = (ISSUER_ROW,),
    parties: Sequence[Mapping[str, str]] = (PARTY_ROW,),
    members: Sequence[Mapping[str, str]] = (MEMBER_ROW,),
    contracts: Sequence[Mapping[str, str]] = (CONTRACT_ROW,),
    parcels: Sequence[Mapping[str, str]] = (PARCEL_ROW,),
) -> bytes:
    """A register workbook; every cell is text, as a clerk's template has it."""
    sheets = zip(
        (ISSUERS, PARTIES, MEMBERS, CONTRACTS, PARCELS),
        (issuers, parties, members, contracts, parcels),
        strict=True,
    )
    return bound(*sheets)


def bound(*sheets: tuple[Plan, Sequence[Mapping[str, str]]]) -> bytes:
    """A workbook of these sheets; an empty one is left out."""
    target = BytesIO()
    written = []
    for plan, rows in sheets:
        columns = tuple(Column(key=each.key, title=each.title) for each in plan.fields)
        cells = [[row.get(each.key) for each in plan.fields] for row in rows]
        if cells:
            written.append(Sheet(Layout(plan.title, columns), cells))
    write_sheets(target, written)
    return target.getvalue()


def preview(content: bytes, viewer: Viewer, kind: str = KIND.name) -> ImportBatch:
    """The batch of a workbook, read and judged."""
    batch = service.start(kind, "register.xlsx", content, viewer=viewer, now=NOW, in_background=False)
    return jobs.read_now(batch, viewer, NOW, lambda _done, _total: db.session.commit())


def bring_in(content: bytes, viewer: Viewer, kind: str = KIND.name) -> ImportBatch:
    """The batch of a workbook, let into the register."""
    batch = preview(content, viewer, kind)
    service.confirm(batch, viewer=viewer, now=NOW, in_background=False)
    return jobs.apply_now(batch, viewer, NOW, lambda _done, _total: db.session.commit())


def rows_of(batch: ImportBatch) -> list[ImportRow]:
    """The rows of a batch in the order of the file."""
    found = db.session.query(ImportRow).filter_by(batch_id=batch.id)
    return list(found.order_by(ImportRow.sheet, ImportRow.number))


def faults_of(batch: ImportBatch) -> list[str]:
    """Every fault of a batch as the clerk reads it."""
    return [fault.sentence for row in rows_of(batch) for fault in unpacked(row.body).faults]


def warnings_of(batch: ImportBatch) -> list[str]:
    """Every warning of a batch as the clerk reads it."""
    return [fault.sentence for row in rows_of(batch) for fault in unpacked(row.body).warnings]
