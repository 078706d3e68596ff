"""The verbs of tracks: import one, take it back, measure a parcel again; each flushes, none commits."""

from coop.tracks.service.importing import Imported, TrackTerms, hands_of, import_track, usual_width
from coop.tracks.service.refusals import (
    AlreadyResolved,
    AlreadyUndone,
    LaterTrackStands,
    MayNot,
    NobodyDrove,
    NothingMeasured,
    NoWordOfMeasure,
    OrderWithoutLines,
    SameFile,
    TrackElsewhere,
    TrackQuestioned,
)
from coop.tracks.service.remeasuring import Measured, resolve_remeasure
from coop.tracks.service.undoing import undo_track

__all__ = [
    "AlreadyResolved",
    "AlreadyUndone",
    "Imported",
    "LaterTrackStands",
    "MayNot",
    "Measured",
    "NoWordOfMeasure",
    "NobodyDrove",
    "NothingMeasured",
    "OrderWithoutLines",
    "SameFile",
    "TrackElsewhere",
    "TrackQuestioned",
    "TrackTerms",
    "hands_of",
    "import_track",
    "resolve_remeasure",
    "undo_track",
    "usual_width",
]
