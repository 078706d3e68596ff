"""The gate before every page: a view that does not declare who may enter is closed.

Each view carries exactly one of ``@requires(permission, …)``, ``@signed_in`` and ``@public``; a test
walks the URL map, and the gate refuses at run time whatever slipped past it.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from foundation.access.grants import NOBODY, Viewer, permitted
from foundation.database.engine import writing
from foundation.errors import Forbidden
from foundation.wording import Term

View = TypeVar("View", bound=Callable[..., Any])
_DECLARED = "_who_may_enter"
_PUBLIC: tuple[Term, ...] = ()
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def requires(*permissions: Term) -> Callable[[View], View]:
    """Open a view to whoever holds at least one of ``permissions``."""
    return lambda view: _declare(view, permissions)


def signed_in(view: View) -> View:
    """Open a view to everyone who is logged in: their own home, password, sessions."""
    return _declare(view, None)


def public(view: View) -> View:
    """Open a view to the world: login, verification of papers, health."""
    return _declare(view, _PUBLIC)


def _declare(view: View, permissions: tuple[Term, ...] | None) -> View:
    if hasattr(view, _DECLARED):
        raise TypeError(f"{view.__name__} declares twice who may enter")
    setattr(view, _DECLARED, permissions)
    return view


def is_declared(view: Callable[..., Any]) -> bool:
    """Tell whether a view says who may enter."""
    return hasattr(view, _DECLARED)


def is_public(view: Callable[..., Any]) -> bool:
    """Tell whether a view is open without login."""
    return getattr(view, _DECLARED, None) == _PUBLIC


def declared_permissions(view: Callable[..., Any]) -> tuple[Term, ...]:
    """Return the permissions that open a view; none for views open to all or to everyone logged in."""
    return getattr(view, _DECLARED, None) or ()


def current_viewer() -> Viewer:
    """Return the person at the screen, or ``NOBODY``."""
    return cast("Viewer", current_user._get_current_object()) if current_user else NOBODY


def install(app: Flask) -> None:
    """Put the gate before every request of ``app``; its style sheets and scripts are open to the world."""
    public(app.view_functions["static"])
    app.before_request(_gate)
    app.teardown_request(_let_write_again)


def _let_write_again(_error: BaseException | None) -> None:
    writing.set(True)


def _gate() -> ResponseReturnValue | None:
    writing.set(request.method not in READING)
    if request.endpoint is None:
        return None
    view = current_app.view_functions[request.endpoint]
    if not is_declared(view):
        raise Forbidden
    if is_public(view):
        return None
    viewer = current_viewer()
    if not viewer.is_authenticated:
        back = request.full_path.rstrip("?") if request.method in READING else None
        return redirect(url_for("foundation.accounts.login", next=back))
    permissions = getattr(view, _DECLARED)
    if permissions is not None and not permitted(viewer, permissions):
        raise Forbidden
    return None
