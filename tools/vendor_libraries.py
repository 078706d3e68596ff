"""Refresh the browser libraries below ``static/vendor``: ``python -m tools.vendor_libraries``."""

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from foundation.vendored import VendoredFile, digest_of
from tools.vendoring import STATIC, fetch_npm, record

FOLDER = "vendor"
SOURCE_MAP = re.compile(r"\n?(/\*#|//#) sourceMappingURL=\S*( \*/)?\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """One browser library: the npm package, and which of its files go where."""

    package: str
    version: str
    licence: str
    files: dict[str, str]


LIBRARIES = [
    Library(
        package="bootstrap",
        version="5.3.8",
        licence="MIT",
        files={"dist/css/bootstrap.min.css": "bootstrap.min.css", "LICENSE": "LICENSE"},
    ),
    Library(
        package="htmx.org",
        version="2.0.11",
        licence="0BSD",
        files={"dist/htmx.min.js": "htmx.min.js", "LICENSE": "LICENSE"},
    ),
    Library(
        package="echarts",
        version="6.1.0",
        licence="Apache-2.0 AND BSD-3-Clause",
        files={
            "dist/echarts.common.min.js": "echarts.common.min.js",
            "LICENSE": "LICENSE",
            "NOTICE": "NOTICE",
            "licenses/LICENSE-d3": "LICENSE-d3",
        },
    ),
    Library(
        package="leaflet",
        version="1.9.4",
        licence="BSD-2-Clause",
        files={
            "dist/leaflet.js": "leaflet.js",
            "dist/leaflet.css": "leaflet.css",
            "LICENSE": "LICENSE",
        },
    ),
]


def main() -> None:
    """Fetch every library, copy its files without references to source maps, and record the digests."""
    entries: list[VendoredFile] = []
    with tempfile.TemporaryDirectory() as scratch:
        for library in LIBRARIES:
            entries += vendor(library, Path(scratch))
    record(FOLDER, entries)
    for entry in entries:
        print(entry.sha256[:12], entry.file)


def vendor(library: Library, scratch: Path) -> list[VendoredFile]:
    """Copy the wanted files of one library to its folder; their manifest entries."""
    name = library.package.removesuffix(".org")
    package = fetch_npm(library.package, library.version, scratch / name)
    entries = []
    for origin, copy in library.files.items():
        target = STATIC / FOLDER / name / copy
        target.parent.mkdir(parents=True, exist_ok=True)
        text = (package / origin).read_text(encoding="utf-8")
        target.write_text(SOURCE_MAP.sub("\n", text), encoding="utf-8")
        entries.append(
            VendoredFile(
                file=target.relative_to(STATIC).as_posix(),
                name=name,
                version=library.version,
                licence=library.licence,
                source=f"npm:{library.package}@{library.version}",
                sha256=digest_of(target),
            )
        )
    return entries


if __name__ == "__main__":
    main()
