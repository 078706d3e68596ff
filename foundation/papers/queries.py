"""Every question asked of the print register, within the permissions of each paper's kind."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from foundation.access.grants import Viewer
from foundation.access.scope import within
from foundation.database.engine import db
from foundation.database.paging import Cut, Page, Sort, fetch_page
from foundation.errors import NotFound
from foundation.papers.models import PaperCopy, PrintedPaper
from foundation.papers.rules import all_kinds


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition "the viewer may see this paper": its kind's permission, where its row lies."""
    own = [
        and_(
            PrintedPaper.kind == kind.name,
            within(viewer, kind.sees, PrintedPaper.division_code, PrintedPaper.dated_on),
        )
        for kind in all_kinds()
    ]
    return or_(false(), *own)


def page(viewer: Viewer, number: str, cut: Cut, *, descending: bool = True) -> Page:
    """Return a page of the register, perhaps only numbers that begin so."""
    found: Any = select(PrintedPaper).where(visible_to(viewer))
    if number:
        found = found.where(PrintedPaper.number.startswith(number, autoescape=True))
    return fetch_page(db.session(), found, Sort(columns=(PrintedPaper.id,), descending=descending), cut)


def papers_of(viewer: Viewer, subject_type: str, subject_id: int) -> Sequence[PrintedPaper]:
    """Return the papers of a row, the newest first."""
    found = select(PrintedPaper).where(
        PrintedPaper.subject_type == subject_type,
        PrintedPaper.subject_id == subject_id,
        visible_to(viewer),
    )
    return db.session.scalars(found.order_by(PrintedPaper.id.desc())).all()


def get_paper(viewer: Viewer, paper_id: int) -> PrintedPaper:
    """Return a paper; it does not exist for whoever may not see it."""
    found = db.session.scalar(select(PrintedPaper).where(PrintedPaper.id == paper_id, visible_to(viewer)))
    if found is None:
        raise NotFound
    return found


def find_by_token(token: str) -> PrintedPaper | None:
    """Return the paper of a verify code; the public desk shows only its summary."""
    return db.session.scalar(select(PrintedPaper).where(PrintedPaper.token == token.upper()))


def successor_of(paper: PrintedPaper) -> PrintedPaper | None:
    """Return the paper that replaced this one and is the last of its line."""
    latest: PrintedPaper | None = None
    following = paper.replaced_by_id
    while following is not None:
        latest = db.session.get_one(PrintedPaper, following)
        following = latest.replaced_by_id
    return latest


def copies_of(paper: PrintedPaper) -> Sequence[PaperCopy]:
    """Return the prints of a paper in their order."""
    return db.session.scalars(
        select(PaperCopy).where(PaperCopy.paper_id == paper.id).order_by(PaperCopy.number)
    ).all()


def latest(kind: str, subject_type: str, subject_id: int) -> PrintedPaper | None:
    """Return the newest version of a row's paper, locked until the end of the transaction."""
    return db.session.scalar(
        select(PrintedPaper)
        .where(
            PrintedPaper.kind == kind,
            PrintedPaper.subject_type == subject_type,
            PrintedPaper.subject_id == subject_id,
        )
        .order_by(PrintedPaper.version.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def lock(paper: PrintedPaper) -> None:
    """Read a paper anew and let nobody else count a print of it before the end of the transaction."""
    db.session.refresh(paper, with_for_update=True)


def current_of(subject_type: str, subject_id: int) -> Sequence[PrintedPaper]:
    """Return the papers of a row that are neither replaced nor void, of every kind."""
    return db.session.scalars(
        select(PrintedPaper).where(
            PrintedPaper.subject_type == subject_type,
            PrintedPaper.subject_id == subject_id,
            PrintedPaper.replaced_at.is_(None),
            PrintedPaper.voided_at.is_(None),
        )
    ).all()


def copy_in_job(paper: PrintedPaper, job_id: int) -> PaperCopy | None:
    """Return the print that a print run has already counted."""
    return db.session.scalar(
        select(PaperCopy).where(PaperCopy.paper_id == paper.id, PaperCopy.job_id == job_id)
    )


def last_copy_number(paper: PrintedPaper) -> int:
    """Return how often a paper was printed."""
    found = select(func.max(PaperCopy.number)).where(PaperCopy.paper_id == paper.id)
    return db.session.scalar(found) or 0
