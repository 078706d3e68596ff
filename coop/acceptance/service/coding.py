"""The codes of an order's households: made again from the key at print time, kept as a digest only."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from coop.acceptance import queries
from coop.acceptance.models import AcceptanceSlip
from coop.acceptance.rules.codes import derived_code
from coop.acceptance.rules.slips import CodeState, code_ends
from coop.acceptance.rules.terms import AcceptanceAct, AcceptancePermission
from coop.acceptance.service.refusals import MayNot, NothingToAccept, ReasonMissing
from coop.households.models import Household
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.rules.terms import OperationPermission
from foundation.access.grants import Viewer
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.errors import StaleVersion
from foundation.journal.service import record
from foundation.secrets import keyring
from foundation.wording import Term

SHORTEST_REASON = 2


def code_of(slip_id: int, serial: int) -> str:
    """Return the plain code of a slip's serial number; the database never holds it.

    The printed 作业单 freezes slip id and serial alone and asks here when it is drawn, so that equal
    snapshots give equal bytes and no readable code lies in the print register.
    """
    return derived_code(slip_id, serial, keyring.current().signature)


def digest_of_code(code: str) -> bytes:
    """Return what the slip keeps of its code."""
    return keyring.current().blind_index(f"acceptance-code:{code}")


def make_codes(order: WorkOrder, *, viewer: Viewer, now: datetime) -> dict[int, str]:
    """Return the open code of each household of an order, by household; make those that are missing.

    A code that still opens is given again, for it is derived and not drawn; one that has expired is followed
    by the next. Households that have answered or whose code was revoked are left out.
    """
    _demand_print(order, viewer)
    slips = _slips(order, viewer)
    fresh = [slip for slip in slips if slip.code_state(now) in (CodeState.NONE, CodeState.EXPIRED)]
    for slip in fresh:
        _draw(slip, order, now)
    flush()
    for slip in fresh:
        record(AcceptanceAct.CODED, slip, viewer=viewer, now=now, note=f"第 {slip.serial} 次")
    opened = [slip for slip in slips if slip.code_state(now) is CodeState.OPEN]
    return {slip.household_id: code_of(slip.id, slip.serial) for slip in opened}


def renew_code(slip: AcceptanceSlip, *, reason: str, viewer: Viewer, now: datetime) -> str:
    """Give a household a new code; the paper with the old one opens nothing from now on."""
    _demand_print(slip.order, viewer)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing
    slip = queries.lock(slip.id)
    lines = queries.lines_by_slip([slip])[slip.id]
    if not any(line.result is None or queries.waits_for_word(line) for line in lines):
        raise NothingToAccept(number=slip.order.number, name=slip.household.head_name)
    _draw(slip, slip.order, now)
    flush()
    record(AcceptanceAct.CODED, slip, viewer=viewer, now=now, reason=reason, note=f"第 {slip.serial} 次")
    return code_of(slip.id, slip.serial)


def revoke_code(slip: AcceptanceSlip, *, reason: str, viewer: Viewer, now: datetime) -> None:
    """Let a code open nothing any more: a paper was lost, or a wrong hand has it."""
    _demand_print(slip.order, viewer)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing
    slip = queries.lock(slip.id)
    if slip.code_state(now) is CodeState.OPEN:
        slip.revoked_at = now
        flush()
        record(AcceptanceAct.REVOKED, slip, viewer=viewer, now=now, reason=reason)


def _draw(slip: AcceptanceSlip, order: WorkOrder, now: datetime) -> None:
    """Move a slip on to its next code."""
    slip.serial += 1
    slip.code_digest = digest_of_code(code_of(slip.id, slip.serial))
    slip.coded_at, slip.answered_at, slip.revoked_at = now, None, None
    last = code_ends(order.ends_on, now.astimezone(CHINA).date())
    slip.expires_at = datetime.combine(last + timedelta(days=1), time(), CHINA)


def _slips(order: WorkOrder, viewer: Viewer) -> Sequence[AcceptanceSlip]:
    """Return the slips of all households with living lines, adding those that are missing."""
    living = select(OrderLine.household_id).where(
        OrderLine.order_id == order.id, OrderLine.cancelled_at.is_(None)
    )
    known = {slip.household_id: slip for slip in queries.slips_of_order(order.id)}
    people = select(Household).where(Household.id.in_(living)).order_by(Household.id)
    found = []
    for household in db.session.scalars(people):
        slip = known.get(household.id)
        if slip is None:
            slip = AcceptanceSlip(
                order=order,
                household=household,
                division_code=order.division_code,
                office=office_of(order, viewer),
                serial=0,
            )
            db.session.add(slip)
        found.append(slip)
    flush()
    return found


def office_of(order: WorkOrder, viewer: Viewer) -> str:
    """Return the unit at which the viewer makes codes here: the office that answers for them."""
    for permission in (AcceptancePermission.PRINT, AcceptancePermission.NOTIFY, OperationPermission.PRINT):
        grants = viewer.why(permission, order.division_code, order.dated_on)
        if grants:
            return grants[0].unit
    return ""


def _demand_print(order: WorkOrder, viewer: Viewer) -> None:
    held: tuple[Term, ...] = (
        AcceptancePermission.PRINT,
        AcceptancePermission.NOTIFY,
        OperationPermission.PRINT,
    )
    if not any(viewer.sees(one, order.division_code, order.dated_on) for one in held):
        raise MayNot(number=order.number, act=AcceptanceAct.CODED)


def flush() -> None:
    """Send the changes to the database; somebody else's change in between becomes a friendly refusal."""
    try:
        db.session.flush()
    except StaleDataError as error:
        raise StaleVersion from error
