"""Who may open the season board and its map."""

from foundation.wording import N_, Term


class SeasonPermission(Term):
    """What a person may do with the season board."""

    VIEW = "coop.seasons.view", N_("查看作业季进度")
