"""Signing and revoking mandates, and whose files they are."""

from collections.abc import Sequence
from datetime import date, datetime

from coop.mandates import queries
from coop.mandates.models import Mandate
from coop.mandates.rules import MandateAct, MandatePermission
from coop.mandates.service.freezing import flush
from coop.mandates.service.refusals import (
    AlreadyRevoked,
    AlreadySigned,
    MayNot,
    ReasonMissing,
    RevokedTooEarly,
    SignedInFuture,
)
from foundation.access.grants import Viewer
from foundation.attachments.rules import Owner
from foundation.attachments.service import attach, register_owner
from foundation.clock import CHINA
from foundation.journal.service import record

OWNER = "mandate"


register_owner(
    Owner(
        name=OWNER,
        page="/coop/mandates/",
        may_see=queries.can_see,
        may_change=lambda viewer, mandate_id: (
            queries.can_see(viewer, mandate_id) and viewer.can(MandatePermission.EDIT)
        ),
    )
)


SHORTEST_REASON = 2


def sign(
    mandate: Mandate,
    *,
    signed_on: date,
    scans: Sequence[tuple[str, bytes]] = (),
    viewer: Viewer,
    now: datetime,
) -> None:
    """Record that the household has signed, and file the scan."""
    _demand_edit(mandate, viewer)
    if mandate.signed_on is not None:
        raise AlreadySigned(number=mandate.number, day=mandate.signed_on)
    if signed_on > now.astimezone(CHINA).date():
        raise SignedInFuture(day=signed_on)
    mandate.signed_on = signed_on
    flush()
    for name, content in scans:
        attach(name, content, owner_type=OWNER, owner_id=mandate.id, viewer=viewer, now=now)
    record(MandateAct.SIGNED, mandate, viewer=viewer, now=now)


def sign_all(mandates: Sequence[Mandate], *, signed_on: date, viewer: Viewer, now: datetime) -> int:
    """Record one day of signing for many mandates; those signed already are left alone."""
    unsigned = [mandate for mandate in mandates if mandate.signed_on is None and mandate.revoked_on is None]
    for mandate in unsigned:
        sign(mandate, signed_on=signed_on, viewer=viewer, now=now)
    return len(unsigned)


def revoke(mandate: Mandate, *, on: date, reason: str, viewer: Viewer, now: datetime) -> None:
    """Take a mandate back from a day on (Civil Code 933); contracts signed before stay as they are."""
    _demand_edit(mandate, viewer)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonMissing
    if mandate.signed_on is not None and on < mandate.signed_on:
        raise RevokedTooEarly(day=on, signed=mandate.signed_on)
    mandate.revoked_on, mandate.revoked_reason = on, reason.strip()
    flush()
    record(MandateAct.REVOKED, mandate, viewer=viewer, now=now, reason=reason.strip())


def _demand_edit(mandate: Mandate, viewer: Viewer) -> None:
    if not viewer.sees(MandatePermission.EDIT, mandate.division_code, mandate.dated_on):
        raise MayNot(name=mandate.household.head_name)
    if mandate.revoked_on is not None:
        raise AlreadyRevoked(number=mandate.number, day=mandate.revoked_on)
