"""Rows of a contract: facts, typed terms of its mode, annex, acts and frozen revisions."""

from coop.contracts.models.annex import AnnexHousehold, AnnexParcel
from coop.contracts.models.contract import Contract
from coop.contracts.models.history import ContractAct, ContractRevision
from coop.contracts.models.terms import (
    DividendShare,
    MenuLine,
    PackageTerms,
    Payment,
    RentTerms,
    ShareTerms,
    StandardLine,
)

__all__ = [
    "AnnexHousehold",
    "AnnexParcel",
    "Contract",
    "ContractAct",
    "ContractRevision",
    "DividendShare",
    "MenuLine",
    "PackageTerms",
    "Payment",
    "RentTerms",
    "ShareTerms",
    "StandardLine",
]
