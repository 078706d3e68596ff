"""Freezing a mandate: from its rows to the plain values that its paper is drawn of."""

from collections.abc import Iterable

from sqlalchemy.orm.exc import StaleDataError

from coop.households.rules import group_name
from coop.mandates.models import Mandate, MandateParcel
from coop.mandates.snapshot import MandateParcelSnapshot, MandateSnapshot
from foundation.database.engine import db
from foundation.divisions.queries import path
from foundation.errors import StaleVersion


def flush() -> None:
    """Send the changes to the database; somebody else's change in between becomes a friendly refusal."""
    try:
        db.session.flush()
    except StaleDataError as error:
        raise StaleVersion from error


def freeze(mandates: Iterable[Mandate]) -> None:
    """Freeze the texts of whole mandates; their papers are drawn from those copies."""
    for mandate in mandates:
        frozen = snapshot_of(mandate)
        mandate.snapshot, mandate.digest = frozen.write(), frozen.digest
    flush()


def snapshot_of(mandate: Mandate) -> MandateSnapshot:
    """Return everything that the paper of a whole mandate prints."""
    principal, agent = mandate.household, mandate.agent
    return MandateSnapshot(
        number=mandate.number,
        principal=principal.head_name,
        principal_id=principal.id_number or "",
        principal_phone=principal.phone or "",
        principal_address=principal.address,
        group=group_name(principal.group_number),
        village=path(principal.division_code).short,
        household_code=principal.code or "",
        agent=agent.name,
        agent_credit_code=agent.credit_code or "",
        agent_representative=agent.legal_representative,
        agent_address=agent.address,
        authority=mandate.authority,
        matter=mandate.matter,
        price_terms=mandate.price_terms,
        starts_on=mandate.starts_on,
        ends_on=mandate.ends_on,
        consents_to_self_dealing=mandate.consents_to_self_dealing,
        area=mandate.area,
        parcels=tuple(_parcel(row) for row in mandate.parcels),
        dated_on=mandate.dated_on,
    )


def _parcel(row: MandateParcel) -> MandateParcelSnapshot:
    parcel = row.parcel
    return MandateParcelSnapshot(
        code=parcel.code,
        name=parcel.name,
        east=parcel.east,
        south=parcel.south,
        west=parcel.west,
        north=parcel.north,
        area=row.area,
        basis=row.basis,
    )
