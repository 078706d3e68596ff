"""A throw-away PostgreSQL cluster for one test session, started from the installed server's binaries."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN_BINARIES = Path("/usr/lib/postgresql")
RULES = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "listen_addresses": "''",
    "timezone": "UTC",
}


def binaries() -> Path | None:
    """Return the folder of the newest installed server, or nothing when none is installed."""
    found = sorted(DEBIAN_BINARIES.glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Start a cluster with its files and socket below ``folder``; yield its address without a database.

    The server refuses to run as root, so root hands the folder to the ``postgres`` user.
    """
    found = binaries()
    if found is None:
        raise RuntimeError("PostgreSQL's server is not installed: apt-get install postgresql")
    data = folder / "data"
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        folder.chmod(0o755)
    _run(found / "initdb", "-D", data, "-U", "shecun", "--auth=trust", "--encoding=UTF8", "--locale=C", "-N")
    options = " ".join(f"-c {name}={value}" for name, value in RULES.items())
    _run(found / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", f"-k {folder} {options}", "start")
    try:
        yield f"postgresql+psycopg://shecun@/{{database}}?host={folder}"
    finally:
        _run(found / "pg_ctl", "-D", data, "-m", "immediate", "stop")


@contextmanager
def temporary_cluster() -> Iterator[str]:
    """A cluster in a folder of its own, removed with it."""
    folder = Path(tempfile.mkdtemp(prefix="shecun-pg-"))
    try:
        with cluster(folder) as address:
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: Path, *arguments: object) -> None:
    prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
    command = [*prefix, str(program), *map(str, arguments)]
    done = subprocess.run(
        command, cwd="/", capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        raise RuntimeError(f"{program.name}: {done.stdout}{done.stderr}")
