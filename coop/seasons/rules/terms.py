"""Who may open the season board and its map."""

from foundation.wording import N_, Term


class SeasonPermission(Term):
    """What a person may do with the season board."""

    VIEW = "coop.seasons.view", N_("查看作业季进度")


class SeasonAct(Term):
    """What the journal calls the acts on the season board."""

    EXPORTED = "seasons.exported", N_("导出作业季进度")
