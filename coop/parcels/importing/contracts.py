"""Land contracts out of a register workbook."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from coop.households import importing as people
from coop.households import queries as households
from coop.households.importing import UnknownHousehold, held
from coop.organisations.importing import check_place, repeated
from coop.parcels import queries
from coop.parcels.importing.acreages import complete_area
from coop.parcels.models import LandContract
from coop.parcels.rules import (
    ParcelPermission,
)
from foundation.database.engine import db
from foundation.errors import StaleVersion
from foundation.identity.registry_codes import (
    ContractOfAnotherContractor,
    parse_land_contract_code,
)
from foundation.imports.importing import Plan, Reading, area, count, day, number
from foundation.imports.rules import AppliedRow, CheckedRow, ImportContext
from foundation.values.dates import PeriodReversed
from foundation.wording import N_
from foundation.workbooks.layouts import Content
from foundation.workbooks.reading import Row

read_contract = lru_cache(maxsize=4096)(parse_land_contract_code)


CONTRACTS = Plan(
    N_("承包合同"),
    (
        number("code", N_("承包合同编码"), Content.LAND_CONTRACT_CODE, read_contract, required=True),
        number("household_code", N_("承包方编码"), Content.CONTRACTOR_CODE, people.read_contractor),
        day("starts_on", N_("承包起始日期")),
        day("ends_on", N_("承包终止日期")),
        day("signed_on", N_("合同签订日期")),
        area("total_square_metres", N_("合同总面积(平方米)"), square=True),
        area("total_area", N_("合同总面积(亩)")),
        count("parcel_count", N_("地块总数")),
    ),
)


def check_contracts(context: ImportContext, rows: Sequence[Row]) -> Iterator[CheckedRow]:
    """Judge the land contracts of a file: each belongs to the household whose code it begins with."""
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
    complete_area(reading, "total_area", "total_square_metres")


def contracts_at_hand(context: ImportContext, codes: set[str]) -> set[str]:
    """Return which of these land contracts the file (without a fault) or the register knows."""
    good: set[str] = context.memory.setdefault("good contracts", set())
    listed = context.memory.get("contracts", {})
    return good.union(queries.land_contracts_by_codes(codes - listed.keys()))


def apply_contracts(rows: Sequence[AppliedRow]) -> None:
    """Enter or change confirmed land contracts."""
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
