"""The words of tracks: permissions, acts, file formats and what a comparison comes to."""

from foundation.wording import N_, Term


class TrackPermission(Term):
    """What a person may do with tracks."""

    VIEW = "coop.tracks.view", N_("查看作业轨迹")
    IMPORT = "coop.tracks.import", N_("导入和撤回作业轨迹")
    MEASURE = "coop.tracks.measure", N_("办理面积复测")
    EXPORT = "coop.tracks.export", N_("导出轨迹比对表")


class TrackAct(Term):
    """What the journal calls the acts on tracks."""

    IMPORTED = "tracks.imported", N_("导入作业轨迹")
    UNDONE = "tracks.undone", N_("撤回作业轨迹")
    REMEASURE_OPENED = "tracks.remeasure_opened", N_("发起面积复测")
    REMEASURED = "tracks.remeasured", N_("完成面积复测")
    EXPORTED = "tracks.exported", N_("导出轨迹比对表")


class TrackFormat(Term):
    """In what a terminal's file is written."""

    GPX = "gpx", N_("GPX")
    GEOJSON = "geojson", N_("GeoJSON")
    CSV = "csv", N_("CSV")


class TrackOutcome(Term):
    """What the swept area says of the declared one."""

    WITHIN = "within", N_("相符")
    PARTLY = "partly", N_("尚未作业完")
    REMEASURE = "remeasure", N_("超出允差")
    OUTSIDE = "outside", N_("轨迹不在地块内")
    NO_OUTLINE = "no_outline", N_("没有边界")
