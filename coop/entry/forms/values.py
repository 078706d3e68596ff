"""Stored terms as the values of the form, to be edited again."""

from typing import Any

from coop.contracts.rules.details import (
    ContractDetails,
    MenuLineDetails,
    PaymentDetails,
)
from coop.contracts.rules.money import deposit_amount, total
from coop.contracts.rules.terms import PaymentMode, RentKind


def values_of(details: ContractDetails, annex: str) -> dict[str, Any]:
    """Return the terms of a contract as the form's values, to be edited again."""
    package, rent, share = details.package, details.rent, details.share
    is_planned = details.payment_mode is PaymentMode.INSTALMENTS
    return {
        "mode": details.mode,
        "receiver_kind": details.receiver_kind,
        "receiver": details.receiver_household_id or details.receiver_organisation_id,
        "provider": details.provider_id,
        "starts_on": details.starts_on,
        "ends_on": details.ends_on,
        "area": details.area,
        "crops": details.crops,
        "annex": annex,
        "menu": [_menu_values(line) for line in details.menu],
        "package_fee": package and package.fee,
        "guaranteed_yield": package and package.guaranteed_yield,
        "compensation_price": package and package.compensation_price,
        "compensation": package and package.compensation,
        "rent_kind": rent.kind if rent else RentKind.CASH,
        "rent_cash": rent and rent.cash,
        "grain_name": rent and rent.grain_name,
        "grain": rent and rent.grain,
        "grain_price": rent and rent.grain_price,
        "rent_floor": rent and rent.floor,
        "share_floor": share and share.floor,
        "dividend": [{"holder": part.holder, "rate": part.rate} for part in share.dividend] if share else [],
        "deposit_kind": details.deposit.kind,
        "deposit_rate": details.deposit.rate or None,
        "deposit_amount": None if _follows_rate(details) else details.deposit.amount or None,
        "payment_mode": details.payment_mode,
        "payments": [_payment_values(payment) for payment in details.payments if is_planned],
        "balance_days": next((one.days_after_acceptance for one in details.payments if not is_planned), None),
        "late_fee": details.late_fee or None,
        "standards": [
            standard_values(row.item, row.content, row.agreed, row.note) for row in details.standards
        ],
        "printed_first": details.printed_first,
        "upstream": details.upstream_contract_id,
        "division": details.division_code,
        "place": details.place,
        "dispute": details.dispute,
        "free_terms": details.free_terms,
        "exception_reason": details.exception_reason,
    }


def _follows_rate(details: ContractDetails) -> bool:
    """Tell whether the deposit is just what its rate says, so that it may go on following the total."""
    rate = details.deposit.rate
    return bool(rate) and details.deposit.amount == deposit_amount(total(details), rate)


def _menu_values(line: MenuLineDetails) -> dict[str, Any]:
    return {
        "link": line.link_id,
        "season": line.season_id,
        "price": line.price,
        "area": line.area,
        "passes": line.passes,
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
    }


def _payment_values(payment: PaymentDetails) -> dict[str, Any]:
    return {
        "label": payment.label,
        "amount": payment.amount,
        "due_on": payment.due_on,
        "days": payment.days_after_acceptance,
    }


def standard_values(item: str, content: str, agreed: str, note: str = "") -> dict[str, Any]:
    """Return a row of standards as the form's values."""
    return {"item": item, "content": content, "agreed": agreed, "note": note}
