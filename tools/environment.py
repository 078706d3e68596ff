"""Make the environment in ``.venv`` out of the locked packages: seconds when nothing changed.

Run by the Makefile with the machine's own Python, so it uses the standard library only.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.sha256"
LOCK = ROOT / "requirements.lock"
OLDEST = (3, 11)


def main() -> None:
    """Create the environment where it is missing and install what the lock names."""
    if sys.version_info < OLDEST:
        sys.exit(
            f"社村通 needs Python 3.11 or newer; this is {sys.version.split()[0]}: make PYTHON=python3.12 …"
        )
    wanted = _digest()
    if STAMP.exists() and STAMP.read_text("ascii") == wanted:
        return
    if not _python().exists():
        _create()
    pip = [str(_python()), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    print("Installing the locked packages into .venv …", flush=True)
    _run([*pip, "--require-hashes", "--requirement", str(LOCK)])
    _run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    STAMP.write_text(wanted, "ascii")


def _digest() -> str:
    contents = LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + sys.version.encode()
    return hashlib.sha256(contents).hexdigest()


def _python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _create() -> None:
    print("Creating the environment .venv …", flush=True)
    if _try_to_create():
        return
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    cure = f"apt-get install -y {version}-venv"
    if not _may_use_apt():
        sys.exit(f"Python cannot create an environment here; its venv module is missing. As root: {cure}")
    _run(["apt-get", "update", "-q"])
    _run(cure.split())
    if not _try_to_create():
        sys.exit("Python still cannot create an environment; see the messages above.")


def _try_to_create() -> bool:
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
    return made.returncode == 0


def _may_use_apt() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _run(command: list[str]) -> None:
    done = subprocess.run(command, check=False)
    if done.returncode:
        sys.exit(f"This step failed: {' '.join(command)}")


if __name__ == "__main__":
    main()
