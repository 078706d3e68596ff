"""Collect the words of the house into the English catalogue, and tell which are missing.

``update`` merges the words found in the sources into ``messages.po`` and writes ``messages.mo``; ``check``
writes nothing. Both fail with the list of words without a translation. The source language is Chinese.
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from foundation.errors import one_line

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("app", "foundation", "coop", "officials")
CATALOGUE = ROOT / "app" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
KEYWORDS: dict[str, None] = dict.fromkeys(("_", "_l", "N_", "gettext", "lazy_gettext"))
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
PLACE = re.compile(r"%\((\w+)\)[sd]")


def words() -> Iterator[tuple[str, str, int]]:
    """Yield every text that can reach a screen with its file and line."""
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            name = str(file.relative_to(ROOT))
            for line, message, *_rest in extract_from_file("python", file, KEYWORDS):
                yield str(message), name, line
            yield from ((text, name, line) for text, line in sentences_of_refusals(file.read_text("utf-8")))
    for file in sorted((ROOT / "templates").rglob("*.html")):
        for line, message, *_rest in extract_from_file("jinja2.ext:babel_extract", file, KEYWORDS):
            yield str(message), str(file.relative_to(ROOT)), line


def sentences_of_refusals(source: str) -> Iterator[tuple[str, int]]:
    """Yield the Chinese docstrings of classes: the sentences that refusals show."""
    for node in ast.walk(ast.parse(source)):
        text = ast.get_docstring(node) if isinstance(node, ast.ClassDef) else None
        if text and text.endswith("。"):
            yield one_line(text), getattr(node, "lineno", 0)


def translated() -> Catalog:
    """Return the catalogue as it is committed."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def merged() -> Catalog:
    """Return the catalogue of exactly the words in the sources, keeping the translations there are."""
    old = translated() if CATALOGUE.exists() else Catalog(locale="en")
    new = Catalog(locale="en", project="shecun", fuzzy=False)
    for text, file, _line in words():
        known = old.get(text)
        new.add(text, known.string if known else "", locations=[(file, 0)])
    return new


def missing(catalogue: Catalog) -> list[str]:
    """Return the words without a translation, and those whose named places differ from the source."""
    return [
        str(message.id)
        for message in catalogue
        if message.id
        and (
            not message.string
            or set(PLACE.findall(str(message.id))) != set(PLACE.findall(str(message.string)))
        )
    ]


def compiled(catalogue: Catalog) -> bytes:
    """Return the catalogue in the form that gettext reads."""
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def _write(catalogue: Catalog) -> None:
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.creation_date = catalogue.revision_date = UNDATED
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=0, omit_header=False, include_lineno=False, sort_output=True)
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(catalogue))


def main() -> int:
    """Run one of the two commands."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=("update", "check"))
    if parser.parse_args().command == "update":
        _write(merged())
    lacking = missing(merged())
    for text in lacking:
        print("missing:", text)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
