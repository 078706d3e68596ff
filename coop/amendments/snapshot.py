"""The frozen copy of a supplementary agreement: everything that its paper prints."""

from dataclasses import dataclass
from datetime import date

from coop.contracts.rules.terms import ContractNature, PartyRole
from coop.contracts.snapshot import PartySnapshot
from foundation.values.area import Mu
from foundation.values.canonical import digest_of, read, write
from foundation.values.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentSnapshot:
    """All that a supplementary agreement prints: the changes in sentences, the effect in mu and money."""

    number: str
    contract_number: str
    contract_signed_on: date
    base_revision: int
    county: str
    nature: ContractNature
    receiver: PartySnapshot
    provider: PartySnapshot
    printed_first: PartyRole
    reason: str
    sentences: tuple[str, ...]
    area_before: Mu
    area_after: Mu
    total_before: Fen
    total_after: Fen
    difference: Fen
    effective_on: date

    @property
    def first(self) -> PartySnapshot:
        """The party printed as 甲方."""
        return self.receiver if self.printed_first is PartyRole.RECEIVER else self.provider

    @property
    def second(self) -> PartySnapshot:
        """The party printed as 乙方."""
        return self.provider if self.printed_first is PartyRole.RECEIVER else self.receiver

    def write(self) -> str:
        """Return the canonical text."""
        return write(self)

    @property
    def digest(self) -> str:
        """The fingerprint of the canonical text."""
        return digest_of(self.write())


def read_snapshot(text: str) -> AmendmentSnapshot:
    """Return the snapshot that ``write`` wrote."""
    return read(AmendmentSnapshot, text)
