"""The village register as one workbook: issuers, households, families, land contracts and parcels."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from coop.households import importing as people
from coop.organisations.service import demand_scope
from coop.parcels.importing.contracts import CONTRACTS, apply_contracts, check_contracts
from coop.parcels.importing.parcels import PARCELS, apply_parcels, check_parcels, held_of
from coop.parcels.models import Parcel
from coop.parcels.queries import by_ids
from coop.parcels.rules import ParcelPermission, current_areas
from coop.parcels.service import ledger, tell_resized
from foundation.imports.rules import AppliedRow, CheckedRow, ImportContext, ImportKind
from foundation.wording import N_
from foundation.workbooks.reading import Row


def check(context: ImportContext, sheet: str, rows: Sequence[Row]) -> Iterator[CheckedRow]:
    """Judge a chunk of one sheet; the sheets come in the order of ``KIND.sheets``."""
    if sheet == people.ISSUERS.title:
        return people.check_issuers(context, rows, ParcelPermission.IMPORT)
    if sheet == people.PARTIES.title:
        return people.check_parties(context, rows, ParcelPermission.IMPORT)
    if sheet == people.MEMBERS.title:
        return people.check_members(context, rows, ParcelPermission.IMPORT)
    return check_contracts(context, rows) if sheet == CONTRACTS.title else check_parcels(context, rows)


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
        apply_contracts(rows)
    else:
        apply_parcels(context, rows)


def undone(context: ImportContext, changed: Mapping[str, Sequence[int]]) -> None:
    """Tell whoever counts on the restored parcels, from the day since which their area holds again."""
    parcels = by_ids(changed.get(Parcel.__tablename__, ())).values()
    current = {one.id: current_areas(ledger(one)).get(one.basis) for one in parcels}
    tell_resized({key: fact.dated_on for key, fact in current.items() if fact is not None}, now=context.now)


def _place_of(payload: Mapping[str, Any]) -> str:
    return str(payload.get("code") or payload["division_code"])[:12]


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
    undone=undone,
    hint=N_("按编码匹配，没有编码的农户按证件号码匹配。空白单元格表示不改，不会清除已有内容。"),
)

__all__ = ["CONTRACTS", "KIND", "PARCELS", "apply", "check", "held_of"]
