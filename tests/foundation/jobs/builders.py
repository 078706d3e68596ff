"""Jobs with defaults, and a handler that counts in steps."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from foundation.access.grants import Viewer
from foundation.errors import InvalidValue
from foundation.jobs import service
from foundation.jobs.jobs import Running, handler
from foundation.jobs.models import Job

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


class PaperJam(InvalidValue):
    """打印机 %(name)s 卡纸；请取出卡纸后重新执行。"""


@handler("tests.count")
def count(job: Running) -> Mapping[str, Any]:
    """Report as many steps as the payload says."""
    for step in range(job.payload["steps"]):
        job.progress(step + 1, job.payload["steps"])
    return {"url": "/foundation/jobs/"}


@handler("tests.refuse")
def refuse(_job: Running) -> None:
    """Refuse with a sentence."""
    raise PaperJam(name="二楼")


@handler("tests.break")
def break_down(_job: Running) -> None:
    """Fail as only a fault of ours does."""
    raise ZeroDivisionError


def make_job(viewer: Viewer, kind: str = "tests.count", **payload: Any) -> Job:
    """A queued job; it runs when the session commits."""
    return service.enqueue(kind, payload or {"steps": 2}, viewer=viewer, now=NOW, title="数一数")
