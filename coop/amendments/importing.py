"""The land of a supplementary agreement as lines of text: parcel codes, and parcel codes with mu."""

import re
from collections.abc import Mapping
from datetime import date

from coop.amendments import queries
from coop.amendments.rules.proposing import ParcelWish
from coop.contracts.rules.details import AnnexParcelDetails, ContractDetails
from coop.contracts.rules.terms import ReceiverKind
from coop.mandates.queries import valid_for
from coop.parcels.models import Parcel
from coop.parcels.rules import AreaKind
from foundation.errors import InvalidValue
from foundation.values.area import mu, parse_mu
from foundation.values.dates import Period

_PARTS = re.compile(r"[\s,，;；]+")
CODE_AND_AREA = 2


class NotALine(InvalidValue):
    """第 %(row)s 行“%(text)s”看不懂；请写成“地块编码 亩数”，如 3716811122050100012 3.50。"""


class NoSuchParcel(InvalidValue):
    """第 %(row)s 行：没有编码为 %(code)s 的在用地块；请核对 19 位编码。"""


class NotInContract(InvalidValue):
    """第 %(row)s 行：地块 %(code)s 不在本合同中，无从退出；请核对编码。"""


def lines_of(text: str) -> list[tuple[int, list[str]]]:
    """Return the written lines that are not empty, with their number from 1, split into parts."""
    lines = enumerate((text or "").splitlines(), 1)
    return [(row, _PARTS.split(line.strip())) for row, line in lines if line.strip()]


def read_withdrawn(text: str, before: ContractDetails) -> frozenset[int]:
    """Return the parcels that shall leave the contract; refuse one that is not in it."""
    inside = {parcel.parcel_id for _, _, _, parcel in before.parcels()}
    lines = lines_of(text)
    known = queries.parcels_by_codes([parts[0] for _, parts in lines])
    for row, (code, *_rest) in lines:
        parcel = known.get(code)
        if parcel is None or parcel.id not in inside:
            raise NotInContract(row=row, code=code)
    return frozenset(known[parts[0]].id for _, parts in lines)


def read_wanted(text: str, before: ContractDetails, ends_on: date) -> list[ParcelWish]:
    """Return the parcels that shall come in or change their area, each with its household and mandate."""
    lines = lines_of(text)
    known = queries.parcels_by_codes([parts[0] for _, parts in lines])
    wishes = [_wish(row, parts, known, before) for row, parts in lines]
    if before.receiver_kind is not ReceiverKind.COLLECTIVE or before.receiver_organisation_id is None:
        return wishes
    days = Period(before.starts_on, max(ends_on, before.starts_on))
    mandates = valid_for({wish.household_id for wish in wishes}, before.receiver_organisation_id, days)
    return [
        ParcelWish(
            household_id=wish.household_id,
            parcel=wish.parcel,
            mandate_id=mandates[wish.household_id].id if wish.household_id in mandates else None,
        )
        for wish in wishes
    ]


def _wish(row: int, parts: list[str], known: Mapping[str, Parcel], before: ContractDetails) -> ParcelWish:
    if len(parts) != CODE_AND_AREA:
        raise NotALine(row=row, text=" ".join(parts))
    parcel = known.get(parts[0])
    if parcel is None:
        raise NoSuchParcel(row=row, code=parts[0])
    bases = {one.parcel_id: one.basis for _, _, _, one in before.parcels()}
    basis: AreaKind = bases.get(parcel.id, parcel.basis)
    area = parse_mu(parts[1])
    wanted = AnnexParcelDetails(parcel_id=parcel.id, area=area, basis=basis)
    return ParcelWish(household_id=parcel.household_id or 0, parcel=wanted)


def written(before: ContractDetails, after: ContractDetails) -> dict[str, str]:
    """Return both boxes of lines as they would be written to get from one version to the other."""
    old = {parcel.parcel_id: parcel for _, _, _, parcel in before.parcels()}
    new = {parcel.parcel_id: parcel for _, _, _, parcel in after.parcels()}
    codes = queries.codes_of({*old, *new})
    gone = [codes[one] for one in old if one not in new]
    wanted = [
        f"{codes[one]} {mu(parcel.area)}"
        for one, parcel in new.items()
        if one not in old or old[one].area != parcel.area
    ]
    return {"withdrawn": "\n".join(gone), "wanted": "\n".join(wanted)}
