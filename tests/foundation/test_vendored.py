"""The vendored files are what the manifest says, and a change is noticed."""

import shutil
from pathlib import Path

from foundation.vendored import damaged_files, vendored_files

STATIC = Path(__file__).resolve().parents[2] / "static"


def test_every_vendored_file_is_listed_and_whole() -> None:
    listed = {entry.file for entry in vendored_files(STATIC)}
    present = {
        path.relative_to(STATIC).as_posix()
        for folder in ("fonts", "vendor")
        for path in (STATIC / folder).rglob("*")
        if path.is_file()
    }
    assert listed == present
    assert damaged_files(STATIC) == []


def test_a_changed_and_a_missing_file_are_named(tmp_path: Path) -> None:
    shutil.copytree(STATIC / "vendor", tmp_path / "vendor")
    shutil.copytree(STATIC / "fonts", tmp_path / "fonts")
    shutil.copy(STATIC / "manifest.json", tmp_path)
    (tmp_path / "vendor/htmx/htmx.min.js").write_text("changed", encoding="utf-8")
    (tmp_path / "fonts/hei.ttf").unlink()
    assert damaged_files(tmp_path) == ["fonts/hei.ttf", "vendor/htmx/htmx.min.js"]


def test_no_browser_library_points_to_a_source_map() -> None:
    for path in [*STATIC.glob("vendor/*/*.js"), *STATIC.glob("vendor/*/*.css")]:
        assert "sourceMappingURL" not in path.read_text(encoding="utf-8")
