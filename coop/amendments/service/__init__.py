"""The verbs of supplementary agreements; each flushes, none commits."""

from coop.amendments.service.life import OWNER, approve, send_back, sign, submit, void, withdraw
from coop.amendments.service.permitting import demand_operation, may
from coop.amendments.service.refusals import (
    AnotherContract,
    AnotherOpen,
    BaseChanged,
    MayNot,
    NothingChanges,
    NotPossibleNow,
    OthersAct,
    SameHands,
    SignedInFuture,
)
from coop.amendments.service.writing import proposal_of, propose, revise, snapshot_of

__all__ = [
    "OWNER",
    "AnotherContract",
    "AnotherOpen",
    "BaseChanged",
    "MayNot",
    "NotPossibleNow",
    "NothingChanges",
    "OthersAct",
    "SameHands",
    "SignedInFuture",
    "approve",
    "demand_operation",
    "may",
    "proposal_of",
    "propose",
    "revise",
    "send_back",
    "sign",
    "snapshot_of",
    "submit",
    "void",
    "withdraw",
]
