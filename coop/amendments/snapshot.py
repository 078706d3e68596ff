"""The frozen copy of a supplementary agreement: everything that its paper prints."""

from dataclasses import dataclass
from datetime import date

from coop.contracts.rules.terms import ContractNature
from coop.contracts.snapshot import BetweenParties
from foundation.values.area import Mu
from foundation.values.canonical import read
from foundation.values.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentSnapshot(BetweenParties):
    """All that a supplementary agreement prints: the changes in sentences, the effect in mu and money."""

    number: str
    contract_number: str
    contract_signed_on: date
    base_revision: int
    county: str
    nature: ContractNature
    reason: str
    sentences: tuple[str, ...]
    area_before: Mu
    area_after: Mu
    total_before: Fen
    total_after: Fen
    difference: Fen
    effective_on: date


def read_snapshot(text: str) -> AmendmentSnapshot:
    """Return the snapshot that ``write`` wrote."""
    return read(AmendmentSnapshot, text)
