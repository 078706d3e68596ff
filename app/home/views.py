"""The home page, the language switch, the page about the product, and the health check."""

from pathlib import Path

from flask import Blueprint, current_app, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from app.languages import LANGUAGES
from app.version import VERSION
from foundation.access.gate import current_viewer, public, signed_in
from foundation.access.grants import permitted
from foundation.clock import today
from foundation.database.engine import db
from foundation.vendored import vendored_files
from foundation.web.addresses import local_path
from foundation.web.charts import charts_of
from foundation.web.menu import Door, MenuEntry
from foundation.web.todos import todos_of
from foundation.wording import N_

blueprint = Blueprint("home", __name__)

MENU: tuple[MenuEntry, ...] = (MenuEntry(door=Door.WORKTABLE, label=N_("待办与消息"), endpoint="home.index"),)


@blueprint.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """Show what waits for the viewer, what is new, the jobs done every day, and how things stand."""
    viewer, on = current_viewer(), today()
    entries: tuple[MenuEntry, ...] = current_app.extensions["menu"]
    quick = [entry for entry in entries if entry.quick and permitted(viewer, entry.permissions)]
    return render_template(
        "home/index.html", todos=todos_of(viewer, on), quick=quick, charts=charts_of(viewer, on), today=on
    )


@blueprint.post("/language")
@public
def switch_language() -> ResponseReturnValue:
    """Change the language of this session and go back to where the switch was pressed."""
    wanted = request.form.get("language", "")
    if wanted in LANGUAGES:
        session["language"] = wanted
    return redirect(local_path(request.form.get("back", "")))


@blueprint.get("/about")
@public
def about() -> ResponseReturnValue:
    """Show the version, the licence, and what the product carries of others."""
    carried = {(item.name, item.version, item.licence) for item in vendored_files(_static())}
    return render_template("home/about.html", version=VERSION, carried=sorted(carried))


@blueprint.get("/health")
@public
def health() -> ResponseReturnValue:
    """Tell a supervisor whether the database answers."""
    db.session.execute(text("SELECT 1"))
    return {"status": "ok", "version": VERSION}


def _static() -> Path:
    return Path(current_app.static_folder or "")
