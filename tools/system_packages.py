"""What ``make test`` needs of the machine besides Python: found, installed where we may, or said loudly.

``python -m tools.system_packages`` installs what is missing (as root through apt) and remembers the rest;
``… --report`` says at the very end which part was not run. With SHECUN_REQUIRE_ALL=1 nothing may be missing.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Part:
    """One thing of the machine: what is not tested without it, how to find it, the package that brings it."""

    name: str
    untested: str
    package: str
    find: Callable[[], str | None]


def find_postgres() -> str | None:
    """Return the folder of PostgreSQL's server programs, the newest first; Debian keeps them off the PATH."""
    on_path = shutil.which("initdb")
    if on_path:
        return str(Path(on_path).parent)
    versions = [found.parent for found in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return str(max(versions, key=lambda folder: float(folder.parent.name))) if versions else None


def find_chromium() -> str | None:
    """Return the installed Chromium or Chrome."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def find_poppler() -> str | None:
    """Return ``pdftotext``, which stands for the whole of poppler's tools."""
    return shutil.which("pdftotext")


PARTS = (
    Part("PostgreSQL server", "everything on PostgreSQL", "postgresql", find_postgres),
    Part("Chromium", "the browser journeys", "chromium", find_chromium),
    Part("poppler", "the pages of printed papers as a reader sees them", "poppler-utils", find_poppler),
)


def missing() -> list[Part]:
    """Return the parts this machine lacks."""
    return [part for part in PARTS if part.find() is None]


def install(parts: list[Part]) -> None:
    """Install ``parts`` through apt; a failure is no error here, the report will tell."""
    if not parts or shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    packages = [part.package for part in parts]
    print("Installing through apt:", *packages, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], check=False, env=environment, stdout=subprocess.DEVNULL)
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL)


def report() -> int:
    """Say which part was not run; with SHECUN_REQUIRE_ALL=1 that is a failure."""
    lacking = missing()
    if not lacking:
        return 0
    strict = os.environ.get("SHECUN_REQUIRE_ALL") == "1"
    print("\n" + "!" * 100)
    for part in lacking:
        print(f"!! NOT RUN: {part.untested}. {part.name} is missing; as root: apt-get install {part.package}")
    print("!" * 100)
    return 1 if strict else 0


def databases() -> str:
    """Return the databases that tests can run on here, as pytest's ``--databases`` wants them."""
    return "sqlite,postgres" if find_postgres() else "sqlite"


def main() -> None:
    """Install, or answer what the command line asks."""
    if "--report" in sys.argv:
        sys.exit(report())
    if "--databases" in sys.argv:
        print(databases())
        return
    install(missing())
    if os.environ.get("SHECUN_REQUIRE_ALL") == "1":
        sys.exit(report())


if __name__ == "__main__":
    main()
