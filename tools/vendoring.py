"""Fetching packages by their ordinary clients and keeping ``static/manifest.json`` true."""

import json
import subprocess
import tarfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from foundation.vendored import MANIFEST, VendoredFile, vendored_files

STATIC = Path(__file__).resolve().parent.parent / "static"


def fetch_npm(package: str, version: str, into: Path) -> Path:
    """Download and unpack an npm package; the folder with its files."""
    into.mkdir(parents=True)
    subprocess.run(["npm", "pack", "--silent", f"{package}@{version}"], cwd=into, check=True)
    archive = next(into.glob("*.tgz"))
    with tarfile.open(archive) as packed:
        packed.extractall(into, filter="data")
    return into / "package"


def fetch_deb(package: str, version: str, into: Path) -> Path:
    """Download and unpack a Debian package without installing it; the folder with its tree."""
    into.mkdir(parents=True)
    subprocess.run(["apt-get", "download", "-q", f"{package}={version}"], cwd=into, check=True)
    archive = next(into.glob("*.deb"))
    subprocess.run(["dpkg", "-x", archive.name, "tree"], cwd=into, check=True)
    return into / "tree"


def record(folder: str, entries: Iterable[VendoredFile]) -> None:
    """Replace what the manifest says of ``folder`` by ``entries``; other folders stay as they are."""
    manifest = STATIC / MANIFEST
    before = vendored_files(STATIC) if manifest.exists() else []
    others = [entry for entry in before if not entry.file.startswith(folder + "/")]
    listed = sorted([*others, *entries], key=lambda entry: entry.file)
    text = json.dumps([asdict(entry) for entry in listed], ensure_ascii=False, indent=2)
    manifest.write_text(text + "\n", encoding="utf-8")
