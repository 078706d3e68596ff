"""The frozen copy of a mandate: everything that its paper prints."""

from dataclasses import dataclass
from datetime import date

from coop.mandates.rules import Authority
from coop.parcels.rules import AreaKind
from foundation.values.area import Mu
from foundation.values.canonical import Canonical, read


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateParcelSnapshot:
    """A parcel as the mandate names it."""

    code: str
    name: str
    east: str
    south: str
    west: str
    north: str
    area: Mu
    basis: AreaKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateSnapshot(Canonical):
    """All that a mandate prints: principal, agent, matter, authority, land, price terms and term."""

    number: str
    principal: str
    principal_id: str
    principal_phone: str
    principal_address: str
    group: str
    village: str
    household_code: str
    agent: str
    agent_credit_code: str
    agent_representative: str
    agent_address: str
    authority: Authority
    matter: str
    price_terms: str
    starts_on: date
    ends_on: date
    consents_to_self_dealing: bool
    area: Mu
    parcels: tuple[MandateParcelSnapshot, ...]
    dated_on: date


def read_snapshot(text: str) -> MandateSnapshot:
    """Return the snapshot that ``write`` wrote."""
    return read(MandateSnapshot, text)
