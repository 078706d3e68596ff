"""``shecun serve`` keeps web server and worker alive together, and leaves nothing behind."""

import os
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.upgrade import MARKER
from tests.app.commands.runner import INIT
from tests.servers import Site, serving, shecun

pytestmark = pytest.mark.processes
PATIENCE = 60.0


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A served installation that was just set up."""
    shecun(tmp_path, *INIT)
    with serving(tmp_path) as served:
        yield served


def helpers(site: Site) -> dict[str, int]:
    """Return the processes that the service started, by what they are."""
    found: dict[str, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and _parent(folder) == site.process.pid:
            line = (folder / "cmdline").read_bytes().decode().replace("\0", " ")
            found["worker" if " worker" in line else "web"] = int(folder.name)
    return found


def _parent(folder: Path) -> int:
    try:
        return int((folder / "stat").read_text("ascii", "replace").rpartition(")")[2].split()[1])
    except OSError:
        return 0


def wait_for(helper: str, site: Site, but: int = 0) -> int:
    deadline = time.monotonic() + PATIENCE
    while helpers(site).get(helper, but) == but:
        assert time.monotonic() < deadline, site.said()
        time.sleep(0.1)
    return helpers(site)[helper]


def is_open(site: Site) -> bool:
    try:
        with urllib.request.urlopen(site.page("/health"), timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except OSError:
        return False


def test_a_worker_that_dies_is_started_again(site: Site) -> None:
    first = wait_for("worker", site)

    os.kill(first, signal.SIGKILL)

    assert wait_for("worker", site, but=first) != first
    assert is_open(site)
    assert "后台任务意外退出" in site.said()


def test_a_service_that_is_told_to_stop_frees_its_port_and_its_folder(site: Site) -> None:
    wait_for("worker", site)

    site.process.terminate()

    assert site.process.wait(PATIENCE) == 0
    assert not is_open(site)
    assert "已是最新版本" in shecun(site.home, "upgrade").stdout


def test_a_service_that_is_killed_takes_its_helpers_along(site: Site) -> None:
    wait_for("worker", site)
    left = list(helpers(site).values())

    site.process.kill()
    site.process.wait()

    deadline = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{pid}").exists() and not _is_ghost(pid) for pid in left):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert not is_open(site)


def _is_ghost(pid: int) -> bool:
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return True


def test_a_taken_port_and_a_running_service_are_told(site: Site) -> None:
    port = site.url.rpartition(":")[2]

    second = shecun(site.home, "serve", PORT=port)
    upgrade = shecun(site.home, "upgrade")

    assert (second.returncode, upgrade.returncode) == (1, 1)
    assert f"端口 {port} 不能使用" in second.stderr
    assert "请先停止服务" in upgrade.stderr


def test_a_half_upgraded_database_is_not_served(tmp_path: Path) -> None:
    shecun(tmp_path, *INIT)
    begun = '{"before": null, "after": "x", "copy": "y", "started": "2026-11-23 09:00:00"}'
    (tmp_path / MARKER).write_text(begun, "utf-8")

    with pytest.raises(RuntimeError, match="开始的升级未走完"), serving(tmp_path):
        pass
