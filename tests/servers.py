"""Real processes to test: a served data folder on a port of its own, a worker, a prepared sample county."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 120.0
LONGEST_LOAD = 240.0


@dataclass(frozen=True, slots=True)
class Site:
    """A running 社村通: where it is reached, where its data lies, what it has said."""

    url: str
    home: Path
    log: Path
    process: subprocess.Popen[bytes]

    def page(self, path: str) -> str:
        """Return the address of a page."""
        return f"{self.url}{path}"

    def said(self) -> str:
        """Return what the server wrote so far."""
        return self.log.read_text("utf-8", "replace")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def shecun(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line on a data folder and return what it did."""
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        env={**os.environ, "SHECUN_HOME": str(home), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def serving(home: Path, *options: str, **environment: str) -> Iterator[Site]:
    """Serve a data folder with web and worker processes until the block ends."""
    port = free_port()
    log = home / "server.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--processes", "1", *options],
            cwd=ROOT,
            env={**os.environ, "SHECUN_HOME": str(home), "PORT": str(port), **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    site = Site(f"http://127.0.0.1:{port}", home, log, process)
    try:
        _wait_until_open(site)
        yield site
    finally:
        _stop(process)


def sample_county(together: Path) -> Path:
    """Return a data folder with the sample county, made once for all test processes; copy it, never use it.

    ``together`` is a folder that all processes of the session share; whoever creates it loads the county.
    """
    home, ready, failed = together / "home", together / "ready", together / "failed"
    try:
        together.mkdir()
    except FileExistsError:
        _wait_for(ready, failed)
        return home
    done = shecun(home, "demo")
    if done.returncode:
        failed.write_text(done.stdout + done.stderr, "utf-8")
        raise RuntimeError(f"the sample county could not be loaded:\n{done.stdout}{done.stderr}")
    ready.touch()
    return home


def _wait_for(ready: Path, failed: Path) -> None:
    deadline = time.monotonic() + LONGEST_LOAD
    while not ready.exists():
        if failed.exists() or time.monotonic() > deadline:
            said = failed.read_text("utf-8") if failed.exists() else "it took too long"
            raise RuntimeError(f"the sample county could not be loaded:\n{said}")
        time.sleep(0.2)


def _wait_until_open(site: Site) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if site.process.poll() is not None:
            raise RuntimeError(f"the server ended by itself:\n{site.said()}")
        with contextlib.suppress(OSError), urllib.request.urlopen(site.page("/health"), timeout=5) as answer:  # noqa: S310
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not open within {PATIENCE} s:\n{site.said()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
