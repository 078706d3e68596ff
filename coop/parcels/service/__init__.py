"""The verbs of parcels: register, revise, keep the three-acreage ledger, split and merge, close."""

from coop.parcels.service.acreages import (
    check_acreage,
    check_area,
    choose_basis,
    ledger,
    note_areas,
    point_at,
    record_area,
)
from coop.parcels.service.refusals import (
    AreaInFuture,
    AreasDisagree,
    ContractOfAnotherHousehold,
    DuplicateParcel,
    NoArea,
    NoSuchBasis,
    ParcelClosed,
    ParcelNotClosed,
    ParcelOfAnotherIssuer,
    ParcelOfAnotherVillage,
    ParcelReshaped,
)
from coop.parcels.service.registering import ParcelDetails, check, close, fill, register, reopen, revise
from coop.parcels.service.watching import LandWatcher, tell_resized, unwatch_land, watch_land

__all__ = [
    "AreaInFuture",
    "AreasDisagree",
    "ContractOfAnotherHousehold",
    "DuplicateParcel",
    "LandWatcher",
    "NoArea",
    "NoSuchBasis",
    "ParcelClosed",
    "ParcelDetails",
    "ParcelNotClosed",
    "ParcelOfAnotherIssuer",
    "ParcelOfAnotherVillage",
    "ParcelReshaped",
    "check",
    "check_acreage",
    "check_area",
    "choose_basis",
    "close",
    "fill",
    "ledger",
    "note_areas",
    "point_at",
    "record_area",
    "register",
    "reopen",
    "revise",
    "tell_resized",
    "unwatch_land",
    "watch_land",
]
