"""The verbs of mandates: register, sign, revoke; each flushes, none commits."""

from coop.mandates.service.freezing import snapshot_of
from coop.mandates.service.life import OWNER, revoke, sign, sign_all
from coop.mandates.service.refusals import (
    AgentGone,
    AgentNotCollective,
    AlreadyMandated,
    AlreadyRevoked,
    AlreadySigned,
    LandOfAnother,
    MayNot,
    NobodyChosen,
    NoLand,
    PrincipalGone,
    ReasonMissing,
    RevokedTooEarly,
    SignedInFuture,
    TermReversed,
    TooMuchLand,
)
from coop.mandates.service.registering import (
    MandateDetails,
    MandateParcelDetails,
    MandateTerms,
    register,
    register_for_all,
    register_many,
)

__all__ = [
    "OWNER",
    "AgentGone",
    "AgentNotCollective",
    "AlreadyMandated",
    "AlreadyRevoked",
    "AlreadySigned",
    "LandOfAnother",
    "MandateDetails",
    "MandateParcelDetails",
    "MandateTerms",
    "MayNot",
    "NoLand",
    "NobodyChosen",
    "PrincipalGone",
    "ReasonMissing",
    "RevokedTooEarly",
    "SignedInFuture",
    "TermReversed",
    "TooMuchLand",
    "register",
    "register_for_all",
    "register_many",
    "revoke",
    "sign",
    "sign_all",
    "snapshot_of",
]
