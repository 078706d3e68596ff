"""The verbs of programmes: begin a county's year, keep a programme, publish its next weights."""

from coop.programmes.service.general import general_programme
from coop.programmes.service.keeping import (
    OWNER,
    ProgrammeDetails,
    begin,
    change,
    close,
    reopen,
)
from coop.programmes.service.publishing import VersionDetails, preset_rows, publish
from coop.programmes.service.refusals import (
    AlreadyClosed,
    DuplicateProgramme,
    EarlierThanBefore,
    GeneralBegun,
    GeneralStays,
    LinkTwice,
    NotACounty,
    NotClosed,
    NothingWeighs,
    OutsideScope,
    PresetOfOtherFormula,
    ProgrammeClosed,
    WeightsBeyondWhole,
)
from coop.programmes.service.watching import ProgrammeWatcher, watch_programmes

__all__ = [
    "OWNER",
    "AlreadyClosed",
    "DuplicateProgramme",
    "EarlierThanBefore",
    "GeneralBegun",
    "GeneralStays",
    "LinkTwice",
    "NotACounty",
    "NotClosed",
    "NothingWeighs",
    "OutsideScope",
    "PresetOfOtherFormula",
    "ProgrammeClosed",
    "ProgrammeDetails",
    "ProgrammeWatcher",
    "VersionDetails",
    "WeightsBeyondWhole",
    "begin",
    "change",
    "close",
    "general_programme",
    "preset_rows",
    "publish",
    "reopen",
    "watch_programmes",
]
