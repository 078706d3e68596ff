"""What every template finds without asking: viewer, doors, the way here, and how values are written."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import get_locale, gettext

from foundation.access.gate import current_viewer
from foundation.clock import CHINA
from foundation.identity.written import masked
from foundation.values.area import mu, square_metres
from foundation.values.money import yuan
from foundation.values.percent import percent
from foundation.web import listing, todos
from foundation.web.menu import MenuEntry, current_entry, open_doors
from foundation.web.wording import term, translated


def install(app: Flask, entries: Sequence[MenuEntry]) -> None:
    """Give the templates of ``app`` its menu, filters and frame."""
    app.extensions["menu"] = tuple(entries)
    app.context_processor(_frame)
    app.jinja_env.filters.update(
        yuan=_optional(yuan),
        mu=_optional(mu),
        square_metres=_optional(square_metres),
        percent=_optional(percent),
        date=_optional(date_text),
        instant=_optional(instant_text),
        term=term,
        refusal=translated,
        masked=_optional(lambda value: masked(value, 3, 4)),
        cell=cell,
    )
    app.jinja_env.globals.update(asset=asset, total_of=listing.total_of)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _optional(write: Any) -> Any:
    return lambda value: "" if value is None else write(value)


def date_text(value: date) -> str:
    """Return a day in figures: 2026-03-01."""
    return value.isoformat()


def instant_text(value: datetime) -> str:
    """Return a moment as the clock in China showed it: 2026-03-01 09:30."""
    return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


_CELLS: dict[str, Any] = {
    "yuan": yuan,
    "mu": mu,
    "date": date_text,
    "instant": instant_text,
    "term": term,
}


def cell(value: Any, kind: str) -> str:
    """Return a value as a list cell of ``kind`` writes it."""
    return "" if value is None else str(_CELLS.get(kind, str)(value))


def asset(name: str) -> str:
    """Return the address of a file below ``static``, changing with its content, for browsers to keep."""
    return f"/static/{name}?v={_digest(Path(current_app.static_folder or '') / name)}"


@lru_cache(maxsize=256)
def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()[:10] if file.is_file() else "0"


def _frame() -> dict[str, Any]:
    viewer = current_viewer()
    entries: Sequence[MenuEntry] = current_app.extensions["menu"]
    doors = open_doors(viewer, entries) if viewer.is_authenticated else {}
    here = current_entry([entry for opened in doors.values() for entry in opened], request.endpoint)
    return {
        "viewer": viewer,
        "doors": [
            {
                "label": term(door),
                "url": url_for(opened[0].endpoint),
                "is_here": here is not None and here.door == door,
            }
            for door, opened in doors.items()
        ],
        "entries": [
            {"label": gettext(entry.label), "url": url_for(entry.endpoint), "is_here": entry is here}
            for entry in (doors[here.door] if here else [])
        ],
        "here": here,
        "notices": todos.notices_of(viewer) if viewer.is_authenticated else [],
        "language": str(get_locale() or "zh"),
    }
