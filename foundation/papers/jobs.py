"""A print run: many rows' papers entered into the register one by one and bound into one PDF."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from foundation.access.grants import Viewer
from foundation.attachments import service as files
from foundation.database.engine import db
from foundation.errors import DomainError
from foundation.jobs.jobs import Running, handler
from foundation.jobs.models import Job
from foundation.jobs.service import enqueue
from foundation.papers import service
from foundation.papers.rules import kind_of
from foundation.typesetting import Document, render_all

KIND = "papers.print_run"
STEP = 25
MOST = 2_000


class NothingToPrint(DomainError):
    """没有可打印的记录；请先勾选或查询出要打印的记录。"""


class TooManyToPrint(DomainError):
    """一次最多打印 %(most)s 份，本次选了 %(count)s 份；请缩小查询范围，分批打印。"""


def enqueue_print_run(
    kind: str, subject_ids: Sequence[int], *, viewer: Viewer, now: datetime, title: str
) -> Job:
    """Queue the papers of these rows for one PDF; the owner finds it on the page of the job."""
    if not subject_ids:
        raise NothingToPrint
    if len(subject_ids) > MOST:
        raise TooManyToPrint(most=MOST, count=len(subject_ids))
    return enqueue(KIND, {"kind": kind, "ids": list(subject_ids)}, viewer=viewer, now=now, title=title)


@handler(KIND)
def print_run(running: Running) -> Mapping[str, Any]:
    """Issue every paper, committing in steps, then bind them; a resumed run counts no print twice.

    Rows that may not be printed are left out and named in the result.
    """
    kind = kind_of(running.payload["kind"])
    ids: list[int] = running.payload["ids"]
    documents: list[Document] = []
    refused: list[str] = []
    for place, subject_id in enumerate(ids, start=1):
        try:
            frozen = kind.freeze(running.viewer, subject_id)
            printed = service.issue(
                kind, frozen, viewer=running.viewer, now=running.started_at, job_id=running.job_id
            )
            documents.append(printed.document)
        except DomainError as error:
            refused.append(str(error))
        if place % STEP == 0 or place == len(ids):
            running.progress(place, len(ids))
            db.session.expunge_all()
    if not documents:
        raise NothingToPrint
    content = render_all(documents, title=f"{kind.label}（{len(documents)} 份）")
    return {
        "digest": files.put(content),
        "count": len(documents),
        "refused": refused[:50],
        "url": f"/foundation/papers/run/{running.job_id}",
    }
