"""The verbs of contracts: what a clerk, a reviewer and a signer do; each flushes, none commits."""

from coop.contracts.rules.details import ContractDetails
from coop.contracts.rules.findings import Finding
from coop.contracts.service.drafting import check, details_of, draft, revise
from coop.contracts.service.life import (
    amend,
    approve,
    complete,
    may,
    renew,
    send_back,
    sign,
    submit,
    terminate,
    void,
    withdraw,
)
from coop.contracts.service.refusals import (
    ContractRefused,
    MayNot,
    NotPossibleNow,
    ReasonMissing,
    SameHands,
    SignedInFuture,
)

__all__ = [
    "ContractDetails",
    "ContractRefused",
    "Finding",
    "MayNot",
    "NotPossibleNow",
    "ReasonMissing",
    "SameHands",
    "SignedInFuture",
    "amend",
    "approve",
    "check",
    "complete",
    "details_of",
    "draft",
    "may",
    "renew",
    "revise",
    "send_back",
    "sign",
    "submit",
    "terminate",
    "void",
    "withdraw",
]
