"""From what a clerk wants changed to the whole proposed terms; sums follow by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from coop.contracts.rules import money
from coop.contracts.rules.details import (
    AnnexHouseholdDetails,
    AnnexParcelDetails,
    ContractDetails,
    MenuLineDetails,
    PaymentDetails,
    RentDetails,
)
from coop.contracts.rules.terms import ContractMode, RentKind
from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints

SURPLUS = "补充协议差额"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelWish:
    """A parcel that shall stand in the contract with this area: a new one, or one whose area changes."""

    household_id: int
    parcel: AnnexParcelDetails
    mandate_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What shall be changed; everything else stays.

    ``price`` is per mu and year (fee, rent or floor of the mode); ``menu`` are the lines that remain.
    """

    ends_on: date
    price: Fen | None
    menu: tuple[MenuLineDetails, ...]
    withdrawn: frozenset[int]
    wanted: tuple[ParcelWish, ...]
    crops: str
    late_fee: BasisPoints
    free_terms: str
    effective_on: date


def proposed(before: ContractDetails, wishes: Wishes) -> ContractDetails:
    """Return the whole terms after the wishes: annex, area, price, and a plan that adds up again."""
    annex = _annex(before, wishes)
    area = Mu(sum(row.area for row in annex)) if before.annex else before.area
    after = _priced(
        replace(
            before,
            ends_on=wishes.ends_on,
            annex=annex,
            area=area,
            menu=_menu(wishes.menu, before.area, area),
            crops=wishes.crops,
            late_fee=wishes.late_fee,
            free_terms=wishes.free_terms,
        ),
        wishes.price,
    )
    return replace(after, payments=_plan(before, after, wishes.effective_on))


def _annex(before: ContractDetails, wishes: Wishes) -> tuple[AnnexHouseholdDetails, ...]:
    wanted: dict[int, dict[int, ParcelWish]] = {}
    for wish in wishes.wanted:
        wanted.setdefault(wish.household_id, {})[wish.parcel.parcel_id] = wish
    kept = [_household(row, wishes.withdrawn, wanted.pop(row.household_id, {})) for row in before.annex]
    new = [
        AnnexHouseholdDetails(
            household_id=household_id,
            mandate_id=next(iter(wishes_of.values())).mandate_id,
            parcels=tuple(wish.parcel for wish in wishes_of.values()),
        )
        for household_id, wishes_of in wanted.items()
    ]
    return tuple(row for row in (*kept, *new) if row.parcels)


def _household(
    row: AnnexHouseholdDetails, withdrawn: frozenset[int], wanted: Mapping[int, ParcelWish]
) -> AnnexHouseholdDetails:
    own = {parcel.parcel_id for parcel in row.parcels}
    kept = [
        wanted[parcel.parcel_id].parcel if parcel.parcel_id in wanted else parcel
        for parcel in row.parcels
        if parcel.parcel_id not in withdrawn
    ]
    added = [wish.parcel for parcel_id, wish in wanted.items() if parcel_id not in own]
    mandates = [wish.mandate_id for wish in wanted.values() if wish.mandate_id is not None]
    return replace(row, parcels=(*kept, *added), mandate_id=mandates[0] if mandates else row.mandate_id)


def _menu(lines: tuple[MenuLineDetails, ...], before: Mu, after: Mu) -> tuple[MenuLineDetails, ...]:
    """Lines over the whole land follow the land; others keep their area."""
    return tuple(replace(line, area=after) if line.area == before else line for line in lines)


def _priced(details: ContractDetails, price: Fen | None) -> ContractDetails:
    if price is None or price == money.yearly_price(details):
        return details
    match details.mode:
        case ContractMode.ORDER if details.package:
            return replace(details, package=replace(details.package, fee=price))
        case ContractMode.LEASE if details.rent:
            return replace(details, rent=_rent(details.rent, price))
        case ContractMode.SHARE if details.share:
            return replace(details, share=replace(details.share, floor=price))
    return details


def _rent(rent: RentDetails, price: Fen) -> RentDetails:
    """Of a rent in grain the floor is changed, for the market makes the rest."""
    return replace(rent, cash=price) if rent.kind is RentKind.CASH else replace(rent, floor=price)


def _plan(before: ContractDetails, after: ContractDetails, on: date) -> tuple[PaymentDetails, ...]:
    """Put the difference onto the last instalments; what finds no place becomes an instalment of its own."""
    difference = Fen(money.total(after) - after.deposit.amount - money.paid_by_plan(before.payments))
    plan = money.rebalanced(before.payments, difference)
    rest = Fen(money.total(after) - after.deposit.amount - money.paid_by_plan(plan))
    if rest > 0:
        return (*plan, PaymentDetails(label=SURPLUS, amount=rest, due_on=on))
    return plan
