"""Who is at the screen: Flask-Login finds the person of the cookie's token, once a request."""

from typing import Any

from flask import Flask, Response, g, request
from flask_login import LoginManager
from sqlalchemy.exc import OperationalError

from foundation import clock
from foundation.access.grants import NOBODY, Viewer
from foundation.accounts import service
from foundation.database.engine import db, writing
from foundation.journal.service import origin
from foundation.postings import queries


def install(app: Flask) -> None:
    """Let ``app`` know its users by the tokens of their logins."""
    manager = LoginManager()
    manager.session_protection = None  # a token is already bound to one revocable login
    manager.anonymous_user = lambda: NOBODY
    manager.user_loader(_person)
    manager.init_app(app)
    app.before_request(_begin)
    app.after_request(_note_presence)


def _begin() -> None:
    """Start every request knowing nobody, even where several share an application context."""
    for name in ("_login_user", "live_person"):
        g.pop(name, None)
    origin.set((request.remote_addr or "")[:64])


def _person(token: str) -> Viewer | None:
    found = queries.live_person(token, clock.now())
    g.live_person = found
    return found.viewer if found else None


def _note_presence(response: Response) -> Response:
    """Remember once a minute that a login is in use, after the request's own work has ended.

    A page that reads may not write, so this is a transaction of its own.
    """
    found: Any = g.get("live_person")
    now = clock.now()
    if found is not None and service.is_presence_due(found.last_seen_at, now):
        db.session.rollback()
        writing.set(True)
        try:
            service.note_presence(found.session_id, now)
            db.session.commit()
        except OperationalError:
            db.session.rollback()
    return response
