"""Every question asked of the jobs: one's own, the unseen ones, and those that wait for a worker."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.errors import NotFound
from foundation.jobs.models import Job
from foundation.jobs.rules import FINISHED, JobPermission, JobState

NOTICES = 20


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition "this job is the viewer's", or any job for whoever supervises."""
    return true() if viewer.can(JobPermission.SUPERVISE) else Job.account_id == viewer.account_id


def jobs_of(viewer: Viewer) -> Select[Job]:
    """Return the selection of the jobs that ``viewer`` may see."""
    return select(Job).where(visible_to(viewer))


def get_job(viewer: Viewer, job_id: int) -> Job:
    """Return the job or raise ``NotFound``."""
    job = db.session.scalar(jobs_of(viewer).where(Job.id == job_id))
    if job is None:
        raise NotFound
    return job


def unseen(viewer: Viewer) -> list[Job]:
    """Return the viewer's own finished jobs that were not looked at yet, newest first."""
    mine = select(Job).where(
        Job.account_id == viewer.account_id, Job.state.in_(FINISHED), Job.seen_at.is_(None)
    )
    return list(db.session.scalars(mine.order_by(Job.id.desc()).limit(NOTICES)))


def is_free(now: datetime, lapse: timedelta) -> ColumnElement[bool]:
    """Return the condition "a worker may take this job": it waits, or its worker fell silent."""
    return or_(
        Job.state == JobState.QUEUED,
        and_(Job.state == JobState.RUNNING, Job.heartbeat_at < now - lapse),
    )


def free_jobs(now: datetime, lapse: timedelta) -> list[int]:
    """Return the ids of the jobs that a worker may take, oldest first."""
    return list(db.session.scalars(select(Job.id).where(is_free(now, lapse)).order_by(Job.id)))
