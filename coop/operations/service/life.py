"""The acts in the life of an order: change what may change, issue, take lines or the whole order back."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime

from coop.contracts.rules.findings import blocking
from coop.operations import queries
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.queries.facts import LandAsked, key_of, land_facts, order_fact_of
from coop.operations.rules.checks import check_plan
from coop.operations.rules.facts import OrderFact, PlannedWork
from coop.operations.rules.life import OrderOperation
from coop.operations.rules.planning import OrderTerms
from coop.operations.rules.terms import OperationAct, OperationPermission
from coop.operations.service.checking import means_findings
from coop.operations.service.permitting import demand, demand_reason
from coop.operations.service.planning import demand_of_provider, demand_window
from coop.operations.service.refusals import LineAccepted, LineReported, NoLineChosen, OrderRefused
from foundation.access.grants import Viewer
from foundation.attachments.rules import Owner
from foundation.attachments.service import register_owner
from foundation.journal.service import record
from foundation.papers import service as papers
from foundation.values.area import Mu, mu

OWNER = "order"
"""What attachments and papers call the rows of this feature."""

register_owner(
    Owner(
        name=OWNER,
        page="/coop/operations/",
        may_see=queries.can_see,
        may_change=lambda viewer, order_id: (
            queries.can_see(viewer, order_id)
            and (viewer.can(OperationPermission.PLAN) or viewer.can(OperationPermission.REPORT))
        ),
    )
)


def terms_of(order: WorkOrder) -> OrderTerms:
    """Return what may be changed of an order, as it stands."""
    return OrderTerms(**{field.name: getattr(order, field.name) for field in fields(OrderTerms)})


def change(
    order: WorkOrder, terms: OrderTerms, *, viewer: Viewer, now: datetime, version: int | None = None
) -> None:
    """Change window, machine, driver, standard and note; what the checks say of the new window holds."""
    demand(OrderOperation.EDIT, order, viewer=viewer, now=now, version=version)
    demand_window(terms, order.season)
    demand_of_provider(terms, {order.provider_id})
    _demand_sound(order, terms)
    for field in fields(OrderTerms):
        setattr(order, field.name, getattr(terms, field.name))
    record(OperationAct.CHANGED, order, viewer=viewer, now=now, reason=order.exception_reason)


def _demand_sound(order: WorkOrder, terms: OrderTerms) -> None:
    open_ = [line for line in order.lines if line.cancelled_at is None and line.result is None]
    fact: OrderFact = replace(order_fact_of(order), window=terms.window)
    asked = [
        LandAsked(parcel_id=line.parcel_id, household_id=line.household_id, contract_id=line.contract_id)
        for line in open_
    ]
    land = land_facts(asked, key_of(order))
    works = [
        PlannedWork(place=f"line-{line.id}", area=line.planned_area, land=land[line.parcel_id])
        for line in open_
    ]
    findings = [*check_plan(fact, works), *means_findings(terms, fact, works)]
    standing = blocking(findings, has_reason=bool(terms.exception_reason.strip()))
    if standing:
        raise OrderRefused(standing)


def issue(order: WorkOrder, *, viewer: Viewer, now: datetime, version: int | None = None) -> None:
    """Hand the order out to whoever works on it."""
    demand(OrderOperation.ISSUE, order, viewer=viewer, now=now, version=version)
    order.issued_at = now
    record(OperationAct.ISSUED, order, viewer=viewer, now=now)


def issue_all(orders: Sequence[WorkOrder], *, viewer: Viewer, now: datetime) -> int:
    """Hand out every one of these orders that is not out yet; return how many there were."""
    fresh = [order for order in orders if order.issued_at is None and order.cancelled_at is None]
    for order in fresh:
        issue(order, viewer=viewer, now=now)
    return len(fresh)


def cancel(
    order: WorkOrder, *, reason: str, viewer: Viewer, now: datetime, version: int | None = None
) -> None:
    """Take a whole order back with a reason; its land can be planned anew, its papers are crossed out."""
    demand(OrderOperation.CANCEL, order, viewer=viewer, now=now, version=version)
    reason = demand_reason(reason)
    living = [line for line in order.lines if line.cancelled_at is None]
    _demand_untouched(living)
    for line in living:
        line.cancelled_at, line.cancelled_reason = now, reason
    order.cancelled_at, order.cancelled_reason = now, reason
    record(OperationAct.CANCELLED, order, viewer=viewer, now=now, reason=reason)
    papers.void_all(OWNER, order.id, viewer=viewer, now=now, reason=reason)


def cancel_lines(
    order: WorkOrder,
    line_ids: Sequence[int],
    *,
    reason: str,
    viewer: Viewer,
    now: datetime,
    version: int | None = None,
) -> int:
    """Take single parcels out of an order with a reason; with the last of them the order itself goes."""
    demand(OrderOperation.CANCEL_LINES, order, viewer=viewer, now=now, version=version)
    living = [line for line in order.lines if line.cancelled_at is None]
    chosen = [line for line in living if line.id in set(line_ids)]
    if not chosen:
        raise NoLineChosen
    if len(chosen) == len(living):
        cancel(order, reason=reason, viewer=viewer, now=now)
        return len(chosen)
    reason = demand_reason(reason)
    _demand_untouched(chosen)
    for line in chosen:
        line.cancelled_at, line.cancelled_reason = now, reason
    add_up(order)
    told = "、".join(line.parcel.code for line in chosen[:20])
    record(OperationAct.LINE_CANCELLED, order, viewer=viewer, now=now, reason=reason, note=told)
    papers.replace_all(OWNER, order.id, viewer=viewer, now=now, reason=reason)
    return len(chosen)


def add_up(order: WorkOrder) -> None:
    """Make an order say what its living lines come to."""
    living = [line for line in order.lines if line.cancelled_at is None]
    order.area = Mu(sum(line.planned_area for line in living))
    order.parcel_count = len(living)
    order.household_count = len({line.household_id for line in living})


def _demand_untouched(lines: Sequence[OrderLine]) -> None:
    """Refuse to take back what was accepted or reported; both are undone first, each by whoever may."""
    for line in lines:
        if line.accepted_on is not None or line.is_disputed:
            raise LineAccepted(parcel=line.parcel.code)
        if line.done_area or line.result is not None:
            raise LineReported(parcel=line.parcel.code, area=mu(line.done_area))
