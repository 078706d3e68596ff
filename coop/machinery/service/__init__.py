"""The verbs of machinery: keep machines and operators, take them out of use and back."""

from coop.machinery.service.closing import close, reopen
from coop.machinery.service.machines import MachineDetails, keep_machine
from coop.machinery.service.operators import OperatorDetails, keep_operator, reveal_phone
from coop.machinery.service.refusals import (
    AccountElsewhere,
    AccountTaken,
    LicenceReversed,
    LicenceTaken,
    NoCapacity,
    OwnerIsProvider,
    ProviderClosed,
    SenderIsProvider,
    TerminalTaken,
    TwoOwners,
)

__all__ = [
    "AccountElsewhere",
    "AccountTaken",
    "LicenceReversed",
    "LicenceTaken",
    "MachineDetails",
    "NoCapacity",
    "OperatorDetails",
    "OwnerIsProvider",
    "ProviderClosed",
    "SenderIsProvider",
    "TerminalTaken",
    "TwoOwners",
    "close",
    "keep_machine",
    "keep_operator",
    "reopen",
    "reveal_phone",
]
