"""What a contract costs: totals by mode, deposit, balance, late fee; sums are sums of printed rows."""

from collections.abc import Iterable

from coop.contracts.rules.details import (
    ContractDetails,
    MenuLineDetails,
    PaymentDetails,
    RentDetails,
)
from coop.contracts.rules.terms import LATE_FEE_MOST, ContractMode, RentKind
from foundation.values.dates import Period
from foundation.values.money import Fen, per_mu, share_of
from foundation.values.percent import BasisPoints, portion


def contract_years(term: Period) -> int:
    """The years that are paid for: each begun year from anniversary to anniversary counts."""
    return len(term.years())


def line_amount(line: MenuLineDetails) -> Fen:
    """A menu line: price × passes × mu, half up to the fen."""
    return per_mu(Fen(line.price * line.passes), line.area)


def rent_per_mu(rent: RentDetails) -> Fen:
    """The rent of a mu and year: cash, or the greater of floor and kilograms × price."""
    if rent.kind is RentKind.CASH:
        return rent.cash or Fen(0)
    value = share_of(rent.grain_price or Fen(0), rent.grain or 0, 100)
    return max(rent.floor or Fen(0), value)


def yearly_price(details: ContractDetails) -> Fen:
    """The price of a mu and year under a full mode; nothing for the menu, which is priced by line."""
    match details.mode:
        case ContractMode.ORDER if details.package:
            return details.package.fee
        case ContractMode.LEASE if details.rent:
            return rent_per_mu(details.rent)
        case ContractMode.SHARE if details.share:
            return details.share.floor
    return Fen(0)


def total(details: ContractDetails) -> Fen:
    """The contract sum: menu lines added up, or price × mu per year times the years.

    For a service the receiver owes it, for an entrustment the provider does; of a share contract it is
    the floor only, dividends come later.
    """
    if details.mode is ContractMode.MENU:
        return Fen(sum(line_amount(line) for line in details.menu))
    if details.ends_on < details.starts_on:
        return Fen(0)
    return Fen(per_mu(yearly_price(details), details.area) * contract_years(details.term))


def deposit_amount(contract_total: Fen, rate: BasisPoints) -> Fen:
    """The part paid at signing, half up to the fen."""
    return portion(contract_total, rate)


def balance(details: ContractDetails) -> Fen:
    """What remains after the deposit."""
    return Fen(total(details) - details.deposit.amount)


def paid_by_plan(payments: Iterable[PaymentDetails]) -> Fen:
    """The sum of the payment plan."""
    return Fen(sum(payment.amount for payment in payments))


def late_fee(payable: Fen, rate: BasisPoints, days: int) -> Fen:
    """The late fee of so many days: rate × days of what is payable, stopped at half of it (article 7)."""
    return min(share_of(payable, rate * max(days, 0), 10_000), portion(payable, LATE_FEE_MOST))


def rebalanced(payments: tuple[PaymentDetails, ...], difference: Fen) -> tuple[PaymentDetails, ...]:
    """Put a difference of the total onto the last instalments, from the last backwards, none below zero."""
    plan = list(payments)
    for place in range(len(plan) - 1, -1, -1):
        change = max(difference, -plan[place].amount)
        plan[place] = _with_amount(plan[place], Fen(plan[place].amount + change))
        difference = Fen(difference - change)
    return tuple(payment for payment in plan if payment.amount)


def _with_amount(payment: PaymentDetails, amount: Fen) -> PaymentDetails:
    return PaymentDetails(
        label=payment.label,
        amount=amount,
        due_on=payment.due_on,
        days_after_acceptance=payment.days_after_acceptance,
    )
