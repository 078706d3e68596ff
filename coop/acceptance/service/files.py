"""The pictures of a slip: photographs of the field, signatures and fingerprints on paper."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from coop.acceptance import queries
from coop.acceptance.models import AcceptanceSlip
from coop.acceptance.service.refusals import NotAPicture, TooManyPictures
from foundation.access.grants import Viewer
from foundation.attachments.rules import MEGABYTE, FileKind, FileTooLarge, Owner, sniff
from foundation.attachments.service import register_owner, take_in

OWNER = "acceptance_slip"
LARGEST_PICTURE = 10 * MEGABYTE
MOST_PICTURES = 3
PICTURES = (FileKind.JPEG, FileKind.PNG)

SentFile = tuple[str, bytes]
"""A file as it was sent: its name and its bytes."""

register_owner(
    Owner(
        name=OWNER,
        page="/coop/acceptance/",
        may_see=queries.can_see,
        may_change=lambda _viewer, _slip_id: False,
    )
)
"""Files come with a word and stay with it: whoever could take a signature away could take the proof away."""


def digest_of_picture(picture: SentFile) -> str:
    """Return the digest by which one picture is known wherever it is filed again."""
    return sha256(picture[1]).hexdigest()


def demand_pictures(pictures: Sequence[SentFile]) -> None:
    """Refuse what is no picture or too large, and more than anybody looks at, before any is stored."""
    if len(pictures) > MOST_PICTURES:
        raise TooManyPictures(most=MOST_PICTURES)
    for name, content in pictures:
        if len(content) > LARGEST_PICTURE:
            size, limit = -(-len(content) // MEGABYTE), LARGEST_PICTURE // MEGABYTE
            raise FileTooLarge(name=name, size=size, limit=limit)
        if sniff(content) not in PICTURES:
            raise NotAPicture(name=name)


def file_pictures(
    slip: AcceptanceSlip, pictures: Sequence[SentFile], *, note: str, viewer: Viewer, now: datetime
) -> None:
    """File pictures with a slip; the caller has decided who may."""
    demand_pictures(pictures)
    for place, (_name, content) in enumerate(pictures, 1):
        kind = sniff(content) or FileKind.JPEG
        take_in(
            f"{note}-{place}.{kind.value}",
            content,
            owner_type=OWNER,
            owner_id=slip.id,
            viewer=viewer,
            now=now,
            note=note,
            limit=LARGEST_PICTURE,
        )
