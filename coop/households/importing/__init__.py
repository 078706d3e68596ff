"""The people's sheets of the village register: issuers, contracting parties and their families."""

from coop.households.importing.columns import ISSUERS, MEMBERS, PARTIES, held, read_contractor
from coop.households.importing.issuers import UnknownIssuer, apply_issuers, check_issuers, issuers_at_hand
from coop.households.importing.members import apply_members, check_members
from coop.households.importing.parties import (
    UnknownHousehold,
    apply_parties,
    check_parties,
    parties_at_hand,
)

__all__ = [
    "ISSUERS",
    "MEMBERS",
    "PARTIES",
    "UnknownHousehold",
    "UnknownIssuer",
    "apply_issuers",
    "apply_members",
    "apply_parties",
    "check_issuers",
    "check_members",
    "check_parties",
    "held",
    "issuers_at_hand",
    "parties_at_hand",
    "read_contractor",
]
