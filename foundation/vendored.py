"""What the product carries of others: fonts and browser libraries, each listed with its digest."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class VendoredFile:
    """One file taken from others: where it lies below ``static``, whose it is and what it must contain."""

    file: str
    name: str
    version: str
    licence: str
    source: str
    sha256: str


def vendored_files(static: Path) -> list[VendoredFile]:
    """Everything that the manifest in ``static`` lists, in its order."""
    listed = json.loads((static / MANIFEST).read_text(encoding="utf-8"))
    return [VendoredFile(**entry) for entry in listed]


def damaged_files(static: Path) -> list[str]:
    """The listed files that are missing or differ from the manifest; empty when all is well."""
    return [entry.file for entry in vendored_files(static) if digest_of(static / entry.file) != entry.sha256]


def digest_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal, or an empty string where there is no such file."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
