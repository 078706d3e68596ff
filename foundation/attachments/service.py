"""Taking files in, storing their bytes by digest, and asking the owner row who may have them."""

import os
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from foundation.access.grants import Viewer
from foundation.attachments.models import Attachment
from foundation.attachments.queries import find_attachment
from foundation.attachments.rules import LARGEST, Owner, checked_kind, clean_name
from foundation.database.engine import db
from foundation.errors import DomainError, Forbidden, NotFound
from foundation.journal.service import record
from foundation.wording import N_, Term

_owners: dict[str, Owner] = {}
_folder: list[Path] = []


class AttachmentAct(Term):
    """What the journal says about files."""

    ADDED = "attachments.added", N_("上传附件")
    REMOVED = "attachments.removed", N_("移除附件")


class FileLost(DomainError):
    """文件“%(name)s”的内容已丢失或损坏；请联系系统管理员从备份中恢复。"""


def register_owner(owner: Owner) -> None:
    """Let the rows of a feature have files."""
    _owners[owner.name] = owner


def use(folder: Path) -> None:
    """Keep files below ``folder`` from now on."""
    _folder[:] = [folder]


def path_of(digest: str) -> Path:
    """Return where the bytes with this SHA-256 digest lie: ``ab/cdef…`` below the folder of files."""
    return _folder[0] / digest[:2] / digest[2:]


def put(content: bytes) -> str:
    """Store bytes and return their digest; bytes that are there already are not written again."""
    digest = sha256(content).hexdigest()
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}.new")
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    return digest


def fetch(digest: str, name: str = "") -> bytes:
    """Return stored bytes, or raise ``FileLost`` when they are gone or no longer what they were."""
    try:
        content = path_of(digest).read_bytes()
    except OSError as error:
        raise FileLost(name=name or digest[:12]) from error
    if sha256(content).hexdigest() != digest:
        raise FileLost(name=name or digest[:12])
    return content


def attach(
    name: str,
    content: bytes,
    *,
    owner_type: str,
    owner_id: int,
    viewer: Viewer,
    now: datetime,
    note: str = "",
    limit: int = LARGEST,
) -> Attachment:
    """Add a file to a row whose rights allow it, checked by content and size."""
    _ask(viewer, owner_type, owner_id, change=True)
    return take_in(
        name,
        content,
        owner_type=owner_type,
        owner_id=owner_id,
        viewer=viewer,
        now=now,
        note=note,
        limit=limit,
    )


def take_in(
    name: str,
    content: bytes,
    *,
    owner_type: str,
    owner_id: int,
    viewer: Viewer,
    now: datetime,
    note: str = "",
    limit: int = LARGEST,
) -> Attachment:
    """Add a file for a service that has already decided who may: also for a public page without account."""
    name = clean_name(name)
    kind = checked_kind(name, content, limit)
    attachment = Attachment(
        digest=put(content),
        name=name,
        media_type=kind.media_type,
        size=len(content),
        owner_type=owner_type,
        owner_id=owner_id,
        note=note[:200],
        uploaded_by=viewer.account_id or None,
        uploaded_at=now,
    )
    db.session.add(attachment)
    db.session.flush()
    record(AttachmentAct.ADDED, attachment, viewer=viewer, now=now)
    return attachment


def open_to(viewer: Viewer, attachment_id: int) -> Attachment:
    """Return a file that ``viewer`` may have; it does not exist for anyone else."""
    attachment = find_attachment(attachment_id)
    if attachment is None:
        raise NotFound
    _ask(viewer, attachment.owner_type, attachment.owner_id)
    return attachment


def remove(attachment_id: int, *, viewer: Viewer, now: datetime) -> Attachment:
    """Take a file off its row; the bytes stay, for papers and the journal may point at them."""
    attachment = open_to(viewer, attachment_id)
    _ask(viewer, attachment.owner_type, attachment.owner_id, change=True)
    attachment.removed_at = now
    record(AttachmentAct.REMOVED, attachment, viewer=viewer, now=now)
    return attachment


def owner_open_to(viewer: Viewer, owner_type: str, owner_id: int) -> Owner:
    """Return the kind of the row if ``viewer`` may see that row."""
    _ask(viewer, owner_type, owner_id)
    return _owners[owner_type]


def _ask(viewer: Viewer, owner_type: str, owner_id: int, *, change: bool = False) -> None:
    owner = _owners.get(owner_type)
    if owner is None or not owner.may_see(viewer, owner_id):
        raise NotFound
    if change and not owner.may_change(viewer, owner_id):
        raise Forbidden
