"""Parcels out of a register workbook: matched by code, their acreages added to the ledger."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from coop.households import importing as people
from coop.households import queries as households
from coop.households.importing import UnknownHousehold, UnknownIssuer, held
from coop.organisations.importing import check_place, repeated
from coop.parcels import queries, service
from coop.parcels.importing.acreages import ACREAGE_COLUMNS, check_areas, new_facts
from coop.parcels.importing.contracts import contracts_at_hand, read_contract
from coop.parcels.models import Parcel
from coop.parcels.rules import (
    AreaFact,
    AreaKind,
    LandClass,
    ObtainedBy,
    ParcelPermission,
    current_areas,
)
from coop.parcels.service import (
    ContractOfAnotherHousehold,
    DuplicateParcel,
    ParcelDetails,
    ParcelOfAnotherIssuer,
)
from foundation.database.engine import db
from foundation.errors import DomainError, NotFound, StaleVersion
from foundation.identity.registry_codes import (
    parse_parcel_code,
)
from foundation.imports.importing import Plan, Reading, choice, number, text, yes_no
from foundation.imports.rules import AppliedRow, CheckedRow, ImportContext
from foundation.values.area import Mu
from foundation.wording import N_
from foundation.workbooks.layouts import Content
from foundation.workbooks.reading import Row


class UnknownLandContract(DomainError):
    """承包合同 %(code)s 既不在本文件的“承包合同”表中（或该行有错误），也未登记；请先补充或改正合同。"""


class NoHolder(DomainError):
    """承包地块必须写明承包方编码；机动地、自留地等没有承包方的，请改填相应的地块类别。"""


PARCELS = Plan(
    N_("承包地块"),
    (
        number("code", N_("地块编码"), Content.PARCEL_CODE, parse_parcel_code, required=True),
        text("name", N_("地块名称"), required=True),
        number("household_code", N_("承包方编码"), Content.CONTRACTOR_CODE, people.read_contractor),
        number("contract_code", N_("承包合同编码"), Content.LAND_CONTRACT_CODE, read_contract),
        choice("land_class", N_("地块类别"), LandClass),
        text("grade", N_("地力等级"), limit=20),
        text("east", N_("东至")),
        text("south", N_("南至")),
        text("west", N_("西至")),
        text("north", N_("北至")),
        choice("obtained_by", N_("取得方式"), ObtainedBy),
        yes_no("is_confirmed", N_("是否确权")),
        *ACREAGE_COLUMNS,
        choice("basis", N_("结算面积依据"), AreaKind),
    ),
)


def check_parcels(context: ImportContext, rows: Sequence[Row]) -> Iterator[CheckedRow]:
    """Judge the parcels of a file against issuers, holders, contracts and their own acreages."""
    readings = [PARCELS.read(row) for row in rows]
    codes = {code for one in readings if (code := one.get("code"))}
    known = queries.by_codes(codes)
    parties = people.parties_at_hand(
        context, {code for one in readings if (code := one.get("household_code"))}
    )
    issuers = people.issuers_at_hand(context, {code[:14] for code in codes})
    contracts = contracts_at_hand(context, {code for one in readings if (code := one.get("contract_code"))})
    for reading in readings:
        code = reading.get("code") or ""
        check_place(context, reading, "code", code[:12] or None, ParcelPermission.IMPORT)
        label = f"{reading.get('name') or ''} {code}".strip()
        doubled = code and repeated(context, "parcels", reading, code, label)
        if doubled:
            yield doubled
            continue
        if code and code[:14] not in issuers:
            reading.refuse("code", UnknownIssuer(code=code[:14]))
        parcel = known.get(code)
        _check_holder(reading, code, parties, contracts, parcel)
        facts = check_areas(context, reading, parcel)
        yield PARCELS.verdict(
            reading, label, held_of(parcel, facts) if parcel else None, parcel.id if parcel else None
        )


def _check_holder(
    reading: Reading, code: str, parties: set[str], contracts: set[str], parcel: Parcel | None
) -> None:
    """Refuse a parcel whose code, holder and land contract do not belong together."""
    holder, contract = reading.get("household_code"), reading.get("contract_code")
    land_class = reading.get("land_class") or LandClass.CONTRACTED
    if holder is None and parcel is None and land_class is LandClass.CONTRACTED:
        reading.refuse("household_code", NoHolder())
    if holder and code and holder[:14] != code[:14]:
        reading.refuse("code", ParcelOfAnotherIssuer(code=code, household=holder))
    elif holder and holder not in parties:
        reading.refuse("household_code", UnknownHousehold(code=holder))
    if holder and parcel is not None and parcel.household is not None and parcel.household.code != holder:
        reading.refuse("household_code", DuplicateParcel(code=code, owner=parcel.household.head_name))
    if contract and contract[:18] != (holder or contract[:18]):
        reading.refuse("contract_code", ContractOfAnotherHousehold(code=contract))
    elif contract and contract not in contracts:
        reading.refuse("contract_code", UnknownLandContract(code=contract))


def held_of(parcel: Parcel, facts: Sequence[AreaFact]) -> dict[str, Any]:
    """Return what the register holds of a parcel, by column key: its current acreages among them."""
    from_ledger = current_areas(facts)
    return held(parcel, PARCELS) | {
        "household_code": parcel.household.code if parcel.household is not None else None,
        "contract_code": parcel.land_contract.code if parcel.land_contract is not None else None,
        **{
            f"{kind}_{name}": getattr(from_ledger[kind], name) if kind in from_ledger else None
            for kind in AreaKind
            for name in ("area", "square_metres", "dated_on")
        },
    }


def apply_parcels(context: ImportContext, rows: Sequence[AppliedRow]) -> None:
    """Enter or change confirmed parcels; acreages that differ join the ledger."""
    payloads = [PARCELS.unpack(row.payload) for row in rows]
    keys = households.ids_by_codes({code for given in payloads if (code := given.get("household_code"))})
    contracts = queries.land_contracts_by_codes(
        {code for given in payloads if (code := given.get("contract_code"))}
    )
    issuers = households.issuers_by_codes({given["code"][:14] for given in payloads})
    known = queries.by_codes({given["code"] for given in payloads})
    settled = {parcel.id: (parcel.basis, parcel.area) for parcel in known.values()}
    for row, given in zip(rows, payloads, strict=True):
        parcel = known.get(given["code"])
        if (parcel and parcel.id) != row.subject_id:
            raise DuplicateParcel(code=given["code"], owner=_owner(parcel)) if parcel else NotFound
        if parcel is not None and parcel.version != row.payload["version"]:
            raise StaleVersion
        if parcel is None:
            parcel = Parcel(areas=[])
            parcel.issuer_id = issuers[given["code"][:14]].id if given["code"][:14] in issuers else None
            db.session.add(parcel)
        contract = contracts.get(given.get("contract_code") or "")
        holder = keys.get(given.get("household_code") or "")
        _write(parcel, given, holder, contract.id if contract is not None else None)
        service.note_areas(parcel, new_facts(context, given, service.ledger(parcel)))
        if (basis := given.get("basis")) is not None:
            service.point_at(parcel, basis)
    db.session.flush()
    service.tell_resized(_resized(context, known, settled), now=context.now)


def _resized(
    context: ImportContext,
    known: Mapping[str, Parcel],
    settled: Mapping[int, tuple[AreaKind, Mu]],
) -> dict[int, date]:
    """Return the parcels whose settlement area the file changed: from the measure's day, or today."""
    found = {}
    for parcel in known.values():
        basis, area = settled[parcel.id]
        if parcel.area != area:
            measured_on = current_areas(service.ledger(parcel))[parcel.basis].dated_on
            found[parcel.id] = measured_on if parcel.basis is basis else context.on
    return found


def _owner(parcel: Parcel) -> str:
    return parcel.household.head_name if parcel.household is not None else "村集体"


def _write(
    parcel: Parcel, given: Mapping[str, Any], household_id: int | None, contract_id: int | None
) -> None:
    links = {"household_id": household_id, "land_contract_id": contract_id}
    own = {key: given[key] for key in ParcelDetails.__slots__ if key in given}
    own |= {key: value for key, value in links.items() if value is not None}
    if parcel.id is not None:
        own = {key: getattr(parcel, key) for key in ParcelDetails.__slots__} | own
    service.fill(parcel, ParcelDetails(**own))
