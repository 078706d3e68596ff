"""A worker meets every handler by nothing but making the application."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parents[3]
SCRIPT = "import app.factory; from foundation.jobs.jobs import kinds; print(*kinds())"


def test_the_application_knows_every_kind_of_job_that_its_features_enqueue() -> None:
    said = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True
    )
    kinds = set(said.stdout.split())
    assert {"imports.read", "imports.apply", "imports.undo"} <= kinds
    written = [path for path in ROOT.glob("*/*/jobs.py") if "@handler(" in path.read_text("utf-8")]
    assert len(written) >= 2
    for path in written:
        feature = path.parent.name
        assert any(kind.startswith(f"{feature}.") for kind in kinds), f"{path} was not imported"
