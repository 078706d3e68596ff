"""The states of a job and when a silent one is taken for dead."""

from datetime import datetime, timedelta

from foundation.wording import N_, Term

LAPSE = timedelta(seconds=30)
"""A running job whose heart has not beaten for so long lost its worker and is taken up again."""

ATTEMPTS = 5
"""A job that killed its worker this often is given up, so that it does not do so for ever."""


class JobState(Term):
    """How far a job has come."""

    QUEUED = "queued", N_("排队中")
    RUNNING = "running", N_("进行中")
    DONE = "done", N_("已完成")
    FAILED = "failed", N_("未完成")


FINISHED = (JobState.DONE, JobState.FAILED)


def is_lost(state: JobState, heartbeat_at: datetime | None, now: datetime, lapse: timedelta = LAPSE) -> bool:
    """Tell whether a job says that it runs although its worker has fallen silent."""
    return state is JobState.RUNNING and (heartbeat_at is None or now - heartbeat_at > lapse)


def percent_done(state: JobState, done: int, total: int) -> int:
    """Return how much of the work is done in whole percent; only a finished job shows 100."""
    if state is JobState.DONE:
        return 100
    return min(99, done * 100 // total) if total else 0


class JobPermission(Term):
    """Everyone sees their own jobs; this opens those of others, to see what keeps the worker busy."""

    SUPERVISE = "foundation.jobs.supervise", N_("查看全部后台任务")
