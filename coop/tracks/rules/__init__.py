"""What the tracks of machines prove, pure: reading files, the ground swept, parcels compared, the picture."""

from coop.tracks.rules import words  # noqa: F401 - nobody else reads what the journal is told
