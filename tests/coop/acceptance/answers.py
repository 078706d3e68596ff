"""Words of households on lines as the service would leave them, for the tests of papers."""

from datetime import date

from sqlalchemy import select

from coop.acceptance.models import AcceptanceReply, AcceptanceSlip, Dispute
from coop.acceptance.rules.terms import AcceptanceWay, Verdict
from coop.operations.models import OrderLine
from foundation.clock import now
from foundation.database.engine import db
from foundation.values.area import Mu

DAY = date(2026, 6, 15)


def slip_of(line: OrderLine) -> AcceptanceSlip:
    """The slip of a line's household, made once."""
    found = db.session.scalar(
        select(AcceptanceSlip).where(
            AcceptanceSlip.order_id == line.order_id, AcceptanceSlip.household_id == line.household_id
        )
    )
    if found is None:
        found = AcceptanceSlip(
            order_id=line.order_id, household_id=line.household_id, division_code=line.division_code, serial=0
        )
        db.session.add(found)
        db.session.flush()
    return found


def answered(
    line: OrderLine,
    way: AcceptanceWay,
    verdict: Verdict = Verdict.ACCEPTED,
    area: int | None = None,
    satisfaction: int | None = None,
) -> AcceptanceReply:
    """A line accepted, or disputed with the mu that the farmer owns to."""
    slip = slip_of(line)
    slip.satisfaction = satisfaction or slip.satisfaction
    reply = AcceptanceReply(
        slip_id=slip.id,
        line_id=line.id,
        verdict=verdict,
        way=way,
        area=Mu(line.done_area if area is None else area),
        answered_on=DAY,
        answered_at=now(),
    )
    db.session.add(reply)
    db.session.flush()
    if verdict is Verdict.ACCEPTED:
        line.accepted_area, line.accepted_on = reply.area, DAY
        line.is_deemed = way is AcceptanceWay.DEEMED
    else:
        line.is_disputed = True
        db.session.add(
            Dispute(
                line_id=line.id,
                reply_id=reply.id,
                division_code=line.division_code,
                reported_area=line.done_area,
                claimed_area=reply.area,
                opened_at=now(),
            )
        )
    db.session.flush()
    return reply


def noted_deemed(line: OrderLine) -> AcceptanceReply:
    """A line accepted by silence."""
    return answered(line, AcceptanceWay.DEEMED)
