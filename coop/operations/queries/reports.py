"""Readers of what was reported: lines to report on, standing reports, who may report and see them."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import contains_eager, immediateload, joinedload, selectinload

from coop.catalogue.models import StandardItem
from coop.contracts.models import StandardLine
from coop.machinery.models import Machine, Operator
from coop.operations.models import OrderLine, WorkOrder, WorkReport
from coop.operations.queries.facts import LIVING
from coop.operations.queries.loaded import HEAD
from coop.operations.queries.loads import STANDING
from coop.operations.rules.reporting import QualityRow
from coop.operations.rules.terms import OperationPermission
from foundation.access.grants import Viewer
from foundation.access.scope import within
from foundation.accounts.models import Account
from foundation.database.engine import db
from foundation.errors import NotFound


def own_operators(viewer: Viewer) -> Select[int]:
    """Return the ids of the driver that the viewer's account is bound to, as a subquery."""
    return select(Operator.id).where(Operator.account_id == viewer.account_id, Operator.closed_on.is_(None))


def is_own(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that an issued order is the viewer's own to drive."""
    if not viewer.is_authenticated:
        return false()
    return and_(WorkOrder.operator_id.in_(own_operators(viewer)), WorkOrder.issued_at.is_not(None))


def reportable_by(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that ``viewer`` may report on an order: in scope, or as its driver."""
    scope = within(viewer, OperationPermission.REPORT, WorkOrder.division_code, WorkOrder.dated_on)
    return or_(scope, is_own(viewer))


def seen_with_reports(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that ``viewer`` may see what was reported on an order, and its photographs."""
    scope = within(viewer, OperationPermission.VIEW, WorkOrder.division_code, WorkOrder.dated_on)
    return or_(scope, is_own(viewer))


def may_report(viewer: Viewer, order: WorkOrder) -> bool:
    """Tell whether ``viewer`` may report on an order."""
    statement = select(WorkOrder.id).where(WorkOrder.id == order.id, reportable_by(viewer))
    return db.session.scalar(statement) is not None


def lines_of(line_ids: Collection[int], *, lock: bool = False) -> dict[int, OrderLine]:
    """Return lines with order, programme and reports, as the database has them; held until the end if asked.

    On SQLite every writing transaction is alone already; on PostgreSQL the rows are locked in one order.
    """
    statement = (
        select(OrderLine)
        .where(OrderLine.id.in_(line_ids))
        .order_by(OrderLine.id)
        .options(
            joinedload(OrderLine.order, innerjoin=True).joinedload(WorkOrder.programme, innerjoin=True),
            joinedload(OrderLine.parcel, innerjoin=True),
        )
    )
    if lock:
        statement = statement.with_for_update(of=OrderLine).execution_options(populate_existing=True)
    return {line.id: line for line in db.session.scalars(statement)}


def order_to_report(viewer: Viewer, order_id: int) -> WorkOrder:
    """Return an order that ``viewer`` may report on with its lines by household, or raise ``NotFound``."""
    statement = (
        select(WorkOrder)
        .where(WorkOrder.id == order_id, WorkOrder.cancelled_at.is_(None), reportable_by(viewer))
        .options(*HEAD, selectinload(WorkOrder.lines).options(*_LINE, immediateload(OrderLine.order)))
        .execution_options(populate_existing=True)
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


_HANDS = (
    joinedload(WorkReport.operator).joinedload(Operator.employer),
    joinedload(WorkReport.machine).joinedload(Machine.owner),
)
_LINE = (
    joinedload(OrderLine.household),
    joinedload(OrderLine.parcel),
    selectinload(OrderLine.reports).options(*_HANDS),
)


def lines_at(viewer: Viewer, numbers: Collection[str]) -> dict[tuple[str, int], OrderLine]:
    """Return the living lines of orders that ``viewer`` may report on, by the order's number and place."""
    statement = (
        select(OrderLine)
        .join(OrderLine.order)
        .where(WorkOrder.number.in_(numbers), WorkOrder.cancelled_at.is_(None), LIVING, reportable_by(viewer))
        .options(
            contains_eager(OrderLine.order).options(
                joinedload(WorkOrder.programme), joinedload(WorkOrder.link)
            ),
            joinedload(OrderLine.parcel),
        )
    )
    return {(line.order.number, line.position): line for line in db.session.scalars(statement)}


def hands_of(provider_id: int) -> tuple[Sequence[Machine], Sequence[Operator]]:
    """Return the machines and drivers of a provider that are not closed, the ones to choose from."""
    machines = select(Machine).where(Machine.provider_id == provider_id, Machine.closed_on.is_(None))
    operators = select(Operator).where(Operator.provider_id == provider_id, Operator.closed_on.is_(None))
    return (
        db.session.scalars(machines.options(joinedload(Machine.owner)).order_by(Machine.id)).all(),
        db.session.scalars(operators.options(joinedload(Operator.employer)).order_by(Operator.id)).all(),
    )


def quality_items(order: WorkOrder) -> tuple[QualityRow, ...]:
    """Return what of the link is to be measured: what the contracts agreed, else the guide's items."""
    contracts = select(OrderLine.contract_id).where(OrderLine.order_id == order.id, LIVING)
    agreed = select(StandardLine).where(
        StandardLine.contract_id.in_(contracts), StandardLine.item == order.link.name
    )
    found: dict[str, QualityRow] = {}
    for row in db.session.scalars(agreed.order_by(StandardLine.position, StandardLine.id)):
        found.setdefault(row.content, QualityRow(content=row.content, agreed=row.agreed))
    guide = select(StandardItem).where(
        StandardItem.link_id == order.link_id, StandardItem.closed_on.is_(None)
    )
    for item in () if found else db.session.scalars(guide.order_by(StandardItem.position)):
        found.setdefault(item.content, QualityRow(content=item.content, agreed=item.usual or item.guide))
    return tuple(found.values())


def report_of(viewer: Viewer, report_id: int) -> WorkReport:
    """Return one report with its line and order, or raise ``NotFound``."""
    statement = (
        select(WorkReport)
        .join(WorkReport.line)
        .join(OrderLine.order)
        .where(WorkReport.id == report_id, seen_with_reports(viewer))
        .options(
            contains_eager(WorkReport.line).options(
                joinedload(OrderLine.household),
                joinedload(OrderLine.parcel),
                contains_eager(OrderLine.order).options(*HEAD),
            ),
            *_HANDS,
        )
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def can_see_report(viewer: Viewer, report_id: int) -> bool:
    """Tell whether ``viewer`` may see a report, for its photographs."""
    return _report_is(seen_with_reports(viewer), report_id)


def can_change_report(viewer: Viewer, report_id: int) -> bool:
    """Tell whether ``viewer`` may change the photographs of a report or take it back.

    Once its line is accepted nobody may: the acceptance rests on them.
    """
    is_open = and_(OrderLine.accepted_on.is_(None), WorkReport.undone_at.is_(None))
    return _report_is(and_(reportable_by(viewer), is_open), report_id)


def _report_is(condition: ColumnElement[bool], report_id: int) -> bool:
    statement = (
        select(WorkReport.id)
        .join(WorkReport.line)
        .join(OrderLine.order)
        .where(WorkReport.id == report_id, condition)
    )
    return db.session.scalar(statement) is not None


def with_form_key(form_key: str, line_ids: Collection[int]) -> dict[int, WorkReport]:
    """Return what a form that is sent again has brought already, by line."""
    if not form_key:
        return {}
    statement = select(WorkReport).where(WorkReport.form_key == form_key, WorkReport.line_id.in_(line_ids))
    return {report.line_id: report for report in db.session.scalars(statement)}


def standing_of(line_ids: Collection[int]) -> dict[int, list[WorkReport]]:
    """Return the reports of lines that nobody took back, by line, in the order in which they were made."""
    statement = select(WorkReport).where(WorkReport.line_id.in_(line_ids), STANDING).order_by(WorkReport.id)
    found: dict[int, list[WorkReport]] = {}
    for report in db.session.scalars(statement):
        found.setdefault(report.line_id, []).append(report)
    return found


def reporter_name(report: WorkReport) -> str:
    """Return who made a report."""
    account = db.session.get(Account, report.reporter_id)
    return account.name if account else ""
