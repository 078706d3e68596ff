"""Issuing papers: equal contents are the same paper and one print more, new ones replace the old."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from foundation.access.grants import Viewer
from foundation.attachments import service as files
from foundation.clock import CHINA
from foundation.database.engine import db
from foundation.errors import DomainError, Forbidden
from foundation.journal.service import record
from foundation.papers import queries
from foundation.papers.models import PaperCopy, PrintedPaper
from foundation.papers.rules import (
    DRAFT_SEAL,
    Frozen,
    PaperAct,
    PaperKind,
    PaperState,
    Seal,
    copy_line,
    kind_of,
    token_of,
    worth,
)
from foundation.secrets import keyring
from foundation.typesetting import Document
from foundation.values.canonical import digest_of

_address: list[str] = [""]


class NotYetApproved(DomainError):
    """“%(number)s”尚未审核通过，只能预览草稿；请先提交并审核通过，再打印正式文本。"""


class PaperVoid(DomainError):
    """文书“%(number)s”已作废，内容未变时不能重新签发；请先修改业务内容，再打印新的版本。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A paper in hand: its row, which print of it this is, and the document to render."""

    paper: PrintedPaper
    copy: PaperCopy
    document: Document
    stored: str = ""

    def content(self) -> bytes:
        """Return the bytes: the kept ones of an original, freshly drawn ones of a further print."""
        return files.fetch(self.stored, self.paper.number) if self.stored else self.document.render()


def use(address: str) -> None:
    """Let the verify codes of papers lead to this address."""
    _address[0] = address.rstrip("/")


def preview(kind: PaperKind, frozen: Frozen) -> bytes:
    """Return the paper of a row that is not approved yet, marked as a draft."""
    return kind.draw(frozen.snapshot, DRAFT_SEAL).render()


def issue(
    kind: PaperKind,
    frozen: Frozen,
    *,
    viewer: Viewer,
    now: datetime,
    reason: str = "",
    job_id: int | None = None,
) -> Printed:
    """Print a row's paper: enter it into the register, or count one print more of what is there.

    Equal contents are the same paper; other contents become its next version and replace it. Raises
    ``Forbidden`` without the right to print there and ``NotYetApproved`` for a draft.
    """
    if not viewer.sees(kind.prints, frozen.division_code, frozen.dated_on):
        raise Forbidden
    if frozen.draft:
        raise NotYetApproved(number=frozen.number)
    digest = digest_of(frozen.snapshot)
    last = queries.latest(kind.name, frozen.subject_type, frozen.subject_id)
    if last is None or last.digest != digest or last.number != frozen.number:
        last = _enter(kind, frozen, digest, last, viewer, now)
    elif last.state is PaperState.VOID:
        raise PaperVoid(number=last.number)
    return _print(kind, last, viewer=viewer, now=now, reason=reason, job_id=job_id)


def reprint(paper: PrintedPaper, *, viewer: Viewer, now: datetime, reason: str = "") -> Printed:
    """Print a paper of the register again, whatever it is worth by now; it says so itself."""
    kind = kind_of(paper.kind)
    if not viewer.sees(kind.prints, paper.division_code, paper.dated_on):
        raise Forbidden
    queries.lock(paper)
    return _print(kind, paper, viewer=viewer, now=now, reason=reason)


def replace_all(
    subject_type: str, subject_id: int, *, viewer: Viewer, now: datetime, reason: str = ""
) -> None:
    """Let the current papers of a row verify as replaced: its contents have changed."""
    for paper in queries.current_of(subject_type, subject_id):
        paper.replaced_at = now
        record(PaperAct.REPLACED, paper, viewer=viewer, now=now, reason=reason)


def void_all(subject_type: str, subject_id: int, *, viewer: Viewer, now: datetime, reason: str) -> None:
    """Let the current papers of a row verify as void: the row itself is."""
    for paper in queries.current_of(subject_type, subject_id):
        paper.voided_at = now
        paper.void_reason = reason[:400]
        record(PaperAct.VOIDED, paper, viewer=viewer, now=now, reason=reason)


def stored_content(paper: PrintedPaper) -> bytes:
    """Return the bytes of the original: kept when it was issued, or drawn again where none may be kept."""
    if not paper.content_digest:
        return kind_of(paper.kind).draw(paper.snapshot, _seal(paper.version, paper.token)).render()
    return files.fetch(paper.content_digest, paper.number)


def _enter(
    kind: PaperKind,
    frozen: Frozen,
    digest: str,
    last: PrintedPaper | None,
    viewer: Viewer,
    now: datetime,
) -> PrintedPaper:
    """Write the next version of a paper into the register and keep its bytes."""
    version = 1 if last is None else last.version + 1
    token = token_of(kind.name, frozen.number, version, digest, keyring.current().signature)
    paper = PrintedPaper(
        kind=kind.name,
        number=frozen.number,
        version=version,
        subject_type=frozen.subject_type,
        subject_id=frozen.subject_id,
        division_code=frozen.division_code,
        dated_on=frozen.dated_on,
        digest=digest,
        snapshot=frozen.snapshot,
        summary=[list(pair) for pair in kind.summarise(frozen.snapshot)],
        content_digest=_kept(kind, frozen.snapshot, _seal(version, token)),
        token=token,
        office=_office(kind, frozen, viewer),
        issued_by=viewer.account_id,
        issued_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(paper)
    except IntegrityError:  # another request entered the same version first; its paper is ours
        found = queries.latest(kind.name, frozen.subject_type, frozen.subject_id)
        if found is None or found.digest != digest:
            raise
        return found
    if last is not None and last.voided_at is None:
        last.replaced_by_id = paper.id
        last.replaced_at = last.replaced_at or now
    return paper


def _kept(kind: PaperKind, snapshot: str, seal: Seal) -> str:
    """Keep the bytes of an original and return their digest; nothing where a paper shows secrets."""
    return files.put(kind.draw(snapshot, seal).render()) if kind.keeps_bytes else ""


def _print(
    kind: PaperKind,
    paper: PrintedPaper,
    *,
    viewer: Viewer,
    now: datetime,
    reason: str,
    job_id: int | None = None,
) -> Printed:
    """Count a print and give the document: the original as it is kept, a further print with its copy line."""
    copy = None if job_id is None else queries.copy_in_job(paper, job_id)
    if copy is None:
        copy = _count(paper, viewer=viewer, now=now, reason=reason, job_id=job_id)
    is_original = copy.number == 1 and paper.state is PaperState.CURRENT
    line = "" if copy.number == 1 else copy_line(copy.number, copy.name, _clock(copy.at))
    seal = _seal(paper.version, paper.token, line=line, crossed_out=worth(paper.state))
    return Printed(
        paper=paper,
        copy=copy,
        document=kind.draw(paper.snapshot, seal),
        stored=paper.content_digest if is_original else "",
    )


def _count(
    paper: PrintedPaper, *, viewer: Viewer, now: datetime, reason: str, job_id: int | None
) -> PaperCopy:
    number = queries.last_copy_number(paper) + 1
    copy = PaperCopy(
        paper_id=paper.id,
        number=number,
        account_id=viewer.account_id,
        name=viewer.name[:60],
        at=now,
        reason=reason[:400],
        job_id=job_id,
    )
    db.session.add(copy)
    db.session.flush()
    act = PaperAct.ISSUED if number == 1 else PaperAct.REPRINTED
    record(act, paper, viewer=viewer, now=now, reason=reason, note=f"第 {number} 次打印")
    return copy


def _seal(version: int, token: str, *, line: str = "", crossed_out: str = "") -> Seal:
    return Seal(
        version=version,
        verify_url=f"{_address[0]}/verify/{token}",
        copy_line=line,
        crossed_out=crossed_out,
    )


def _office(kind: PaperKind, frozen: Frozen, viewer: Viewer) -> str:
    """Return the unit at which the viewer prints here: the office that answers for the paper."""
    grants: Sequence[str] = [
        grant.unit for grant in viewer.why(kind.prints, frozen.division_code, frozen.dated_on)
    ]
    return grants[0] if grants else ""


def _clock(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
