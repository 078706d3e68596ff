"""A real worker with a slow handler, run as ``python -m tests.foundation.jobs.worker``."""

import os
import time
from pathlib import Path

from app.config import Settings
from app.factory import create_app
from foundation.database.engine import db
from foundation.drafts.models import Draft
from foundation.jobs.jobs import Running, handler
from foundation.jobs.queue import run_worker
from tests.foundation.imports.builders import offer_slow_kind

STEP_SECONDS = 0.03


@handler("tests.slow")
def slow(job: Running) -> None:
    """Write one row a step, in the same transaction as the mark that it is written."""
    for step in range(job.done, job.payload["steps"]):
        draft = Draft(
            account_id=job.viewer.account_id, key=f"step:{step}", body=str(step), saved_at=job.started_at
        )
        db.session.add(draft)
        time.sleep(STEP_SECONDS)
        job.progress(step + 1, job.payload["steps"])


def main() -> None:
    """Work on the installation named by the environment until told to stop."""
    settings = Settings(
        home=Path(os.environ["SHECUN_HOME"]),
        database_url=os.environ["SHECUN_DATABASE"],
        overrides={"JOBS_LAPSE_SECONDS": 1},
    )
    offer_slow_kind()
    run_worker(create_app(settings))


if __name__ == "__main__":
    main()
