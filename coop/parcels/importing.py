"""The village register as one workbook: issuers, households, families, land contracts and parcels."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from coop.households import importing as people
from coop.households import queries as households
from coop.households.importing import UnknownHousehold, UnknownIssuer, held
from coop.organisations.importing import check_place, repeated
from coop.organisations.service import demand_scope
from coop.parcels import queries, service
from coop.parcels.models import LandContract, Parcel
from coop.parcels.rules import (
    LARGEST_USUAL_AREA,
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
    NoArea,
    NoSuchBasis,
    ParcelDetails,
    ParcelOfAnotherIssuer,
)
from foundation.database.engine import db
from foundation.errors import DomainError, NotFound, StaleVersion
from foundation.identity.registry_codes import (
    ContractOfAnotherContractor,
    parse_land_contract_code,
    parse_parcel_code,
)
from foundation.imports.importing import Plan, Reading, area, choice, count, day, number, text, yes_no
from foundation.imports.rules import AppliedRow, CheckedRow, ImportContext, ImportKind
from foundation.values.area import Mu, mu, mu_from_square_metres
from foundation.values.dates import PeriodReversed
from foundation.wording import N_
from foundation.workbooks.layouts import Content
from foundation.workbooks.reading import Row

SOURCE = "村土地台账导入"
ACREAGES = tuple((kind, f"{kind}_area", f"{kind}_square_metres", f"{kind}_dated_on") for kind in AreaKind)
"""The columns of each of the three acreages."""

_read_contract = lru_cache(maxsize=4096)(parse_land_contract_code)


class UnknownLandContract(DomainError):
    """承包合同 %(code)s 既不在本文件的“承包合同”表中（或该行有错误），也未登记；请先补充或改正合同。"""


class NoHolder(DomainError):
    """承包地块必须写明承包方编码；机动地、自留地等没有承包方的，请改填相应的地块类别。"""


class UnusuallyLarge(DomainError):
    """这块地有 %(area)s 亩，大大超过一般地块；请核对小数点和单位，确属大块地可以继续导入。"""


CONTRACTS = Plan(
    N_("承包合同"),
    (
        number("code", N_("承包合同编码"), Content.LAND_CONTRACT_CODE, _read_contract, required=True),
        number("household_code", N_("承包方编码"), Content.CONTRACTOR_CODE, people.read_contractor),
        day("starts_on", N_("承包起始日期")),
        day("ends_on", N_("承包终止日期")),
        day("signed_on", N_("合同签订日期")),
        area("total_square_metres", N_("合同总面积(平方米)"), square=True),
        area("total_area", N_("合同总面积(亩)")),
        count("parcel_count", N_("地块总数")),
    ),
)

_ACREAGES = tuple(
    column
    for kind, title in zip(AreaKind, ("确权", "合同", "实测"), strict=True)
    for column in (
        area(f"{kind}_square_metres", f"{title}面积(平方米)", square=True),
        area(f"{kind}_area", f"{title}面积(亩)"),
        day(f"{kind}_dated_on", f"{title}面积日期", note=N_("不填则为导入当天")),
    )
)

PARCELS = Plan(
    N_("承包地块"),
    (
        number("code", N_("地块编码"), Content.PARCEL_CODE, parse_parcel_code, required=True),
        text("name", N_("地块名称"), required=True),
        number("household_code", N_("承包方编码"), Content.CONTRACTOR_CODE, people.read_contractor),
        number("contract_code", N_("承包合同编码"), Content.LAND_CONTRACT_CODE, _read_contract),
        choice("land_class", N_("地块类别"), LandClass),
        text("grade", N_("地力等级"), limit=20),
        text("east", N_("东至")),
        text("south", N_("南至")),
        text("west", N_("西至")),
        text("north", N_("北至")),
        choice("obtained_by", N_("取得方式"), ObtainedBy),
        yes_no("is_confirmed", N_("是否确权")),
        *_ACREAGES,
        choice("basis", N_("结算面积依据"), AreaKind),
    ),
)


def check(context: ImportContext, sheet: str, rows: Sequence[Row]) -> Iterator[CheckedRow]:
    """Judge a chunk of one sheet; the sheets come in the order of ``KIND.sheets``."""
    if sheet == people.ISSUERS.title:
        return people.check_issuers(context, rows, ParcelPermission.IMPORT)
    if sheet == people.PARTIES.title:
        return people.check_parties(context, rows, ParcelPermission.IMPORT)
    if sheet == people.MEMBERS.title:
        return people.check_members(context, rows, ParcelPermission.IMPORT)
    return _check_contracts(context, rows) if sheet == CONTRACTS.title else _check_parcels(context, rows)


def _check_contracts(context: ImportContext, rows: Sequence[Row]) -> Iterator[CheckedRow]:
    readings = [CONTRACTS.read(row) for row in rows]
    codes = {code for one in readings if (code := one.get("code"))}
    parties = people.parties_at_hand(context, {code[:18] for code in codes})
    known = queries.land_contracts_by_codes(codes)
    good = context.memory.setdefault("good contracts", set())
    for reading in readings:
        code = reading.get("code") or ""
        check_place(context, reading, "code", code[:12] or None, ParcelPermission.IMPORT)
        _check_contract(reading, code, parties)
        contract = known.get(code)
        verdict = (code and repeated(context, "contracts", reading, code, code)) or CONTRACTS.verdict(
            reading,
            code,
            held(contract, CONTRACTS) | {"household_code": code[:18]} if contract else None,
            contract.id if contract else None,
        )
        if not verdict.faults:
            good.add(code)
        yield verdict


def _check_contract(reading: Reading, code: str, parties: set[str]) -> None:
    holder = reading.get("household_code")
    if code and holder and code[:18] != holder:
        reading.refuse("household_code", ContractOfAnotherContractor(code=code, contractor=holder))
    elif code and code[:18] not in parties:
        reading.refuse("code", UnknownHousehold(code=code[:18]))
    starts_on, ends_on = reading.get("starts_on"), reading.get("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        reading.refuse("ends_on", PeriodReversed(start=starts_on, end=ends_on))
    _complete_area(reading, "total_area", "total_square_metres")


def _check_parcels(context: ImportContext, rows: Sequence[Row]) -> Iterator[CheckedRow]:
    readings = [PARCELS.read(row) for row in rows]
    codes = {code for one in readings if (code := one.get("code"))}
    known = queries.by_codes(codes)
    parties = people.parties_at_hand(
        context, {code for one in readings if (code := one.get("household_code"))}
    )
    issuers = people.issuers_at_hand(context, {code[:14] for code in codes})
    contracts = _contracts_at_hand(context, {code for one in readings if (code := one.get("contract_code"))})
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
        facts = _check_areas(context, reading, parcel)
        yield PARCELS.verdict(
            reading, label, held_of(parcel, facts) if parcel else None, parcel.id if parcel else None
        )


def _contracts_at_hand(context: ImportContext, codes: set[str]) -> set[str]:
    good: set[str] = context.memory.setdefault("good contracts", set())
    listed = context.memory.get("contracts", {})
    return good.union(queries.land_contracts_by_codes(codes - listed.keys()))


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


def _complete_area(reading: Reading, in_mu: str, square: str) -> Mu | None:
    """Derive mu from square metres where only these are given, and prove both against each other."""
    given = reading.given
    area, square_metres = given.get(in_mu), given.get(square)
    if area is None:
        if square_metres is None:
            return None
        area = given[in_mu] = mu_from_square_metres(square_metres)
    try:
        service.check_acreage(area, square_metres)
    except DomainError as error:
        reading.refuse(in_mu, error)
    return Mu(area)


def _check_areas(context: ImportContext, reading: Reading, parcel: Parcel | None) -> list[AreaFact]:
    """Prove the acreages of a row; return those of its ledger lines that the register holds already."""
    given, known = reading.given, set()
    for kind, in_mu, square, dated in ACREAGES:
        acreage = _complete_area(reading, in_mu, square)
        if acreage is not None:
            known.add(kind)
            if acreage > LARGEST_USUAL_AREA:
                reading.warn(in_mu, UnusuallyLarge(area=mu(acreage)))
        dated_on = given.get(dated)
        if dated_on is not None and dated_on > context.on:
            reading.refuse(dated, service.AreaInFuture(day=dated_on))
    if parcel is None and not known and not reading.faults:
        reading.refuse(f"{AreaKind.CONTRACT}_area", NoArea())
    basis = given.get("basis")
    if basis is not None and basis not in known and (parcel is None or parcel.area_of(basis) is None):
        reading.refuse("basis", NoSuchBasis(kind=basis))
    return service.ledger(parcel) if parcel is not None else []


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


def apply(context: ImportContext, rows: Sequence[AppliedRow]) -> None:
    """Enter or change the confirmed rows of one sheet."""
    for row in rows:
        demand_scope(context.viewer, ParcelPermission.IMPORT, _place_of(row.payload))
    sheet = rows[0].sheet
    if sheet == people.ISSUERS.title:
        people.apply_issuers(rows)
    elif sheet == people.PARTIES.title:
        people.apply_parties(rows)
    elif sheet == people.MEMBERS.title:
        people.apply_members(rows)
    elif sheet == CONTRACTS.title:
        _apply_contracts(rows)
    else:
        _apply_parcels(context, rows)


def _place_of(payload: Mapping[str, Any]) -> str:
    return str(payload.get("code") or payload["division_code"])[:12]


def _apply_contracts(rows: Sequence[AppliedRow]) -> None:
    payloads = [CONTRACTS.unpack(row.payload) for row in rows]
    keys = households.ids_by_codes({given["code"][:18] for given in payloads})
    known = queries.land_contracts_by_codes({given["code"] for given in payloads})
    for row, given in zip(rows, payloads, strict=True):
        given.pop("household_code", None)
        code = given["code"]
        contract = known.get(code)
        if (contract and contract.id) != row.subject_id:
            raise StaleVersion
        if contract is None:
            if code[:18] not in keys:
                raise UnknownHousehold(code=code[:18])
            contract = LandContract(household_id=keys[code[:18]], division_code=code[:12])
            db.session.add(contract)
        elif contract.version != row.payload["version"]:
            raise StaleVersion
        for key, value in given.items():
            setattr(contract, key, value)
    db.session.flush()


def _apply_parcels(context: ImportContext, rows: Sequence[AppliedRow]) -> None:
    payloads = [PARCELS.unpack(row.payload) for row in rows]
    keys = households.ids_by_codes({code for given in payloads if (code := given.get("household_code"))})
    contracts = queries.land_contracts_by_codes(
        {code for given in payloads if (code := given.get("contract_code"))}
    )
    issuers = households.issuers_by_codes({given["code"][:14] for given in payloads})
    known = queries.by_codes({given["code"] for given in payloads})
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
        service.note_areas(parcel, _new_facts(context, given, service.ledger(parcel)))
        if (basis := given.get("basis")) is not None:
            service.point_at(parcel, basis)
    db.session.flush()


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


def _new_facts(
    context: ImportContext, given: Mapping[str, Any], ledger: Sequence[AreaFact]
) -> Iterator[AreaFact]:
    """Yield the acreages of a row that its ledger does not hold as current."""
    current = current_areas(ledger)
    for kind, in_mu, square, dated in ACREAGES:
        acreage, known = given.get(in_mu), current.get(kind)
        if acreage is None:
            continue
        square_metres, dated_on = given.get(square), given.get(dated)
        is_known = known is not None and (
            known.area == acreage
            and square_metres in (None, known.square_metres)
            and dated_on in (None, known.dated_on)
        )
        if not is_known:
            yield AreaFact(
                kind=kind,
                area=acreage,
                square_metres=square_metres,
                dated_on=dated_on or context.on,
                source=SOURCE,
            )


KIND = ImportKind(
    name="village-register",
    label=N_("村土地台账"),
    permission=ParcelPermission.IMPORT,
    sheets=tuple(
        plan.layout for plan in (people.ISSUERS, people.PARTIES, people.MEMBERS, CONTRACTS, PARCELS)
    ),
    check=check,
    apply=apply,
    nouns={
        "issuer": N_("发包方"),
        "household": N_("农户"),
        "household_member": N_("家庭成员"),
        "land_contract": N_("承包合同"),
        "parcel": N_("地块"),
    },
    hint=N_("按编码匹配，没有编码的农户按证件号码匹配。空白单元格表示不改，不会清除已有内容。"),
)
