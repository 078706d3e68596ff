"""What waits for a person: features tell the home page, the home page asks nobody in particular."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, current_app

from foundation.access.grants import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One line of the worktable: what waits (source text), how many, where to, and the earliest due day."""

    label: str
    count: int
    url: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that happened for a person while away: a finished job, a returned contract."""

    text: str
    url: str
    at: datetime


TodoSource = Callable[[Viewer, date], Iterable[Todo]]
"""Answers what waits for a viewer on a day; lines that count nothing are left out by the home page."""

NoticeSource = Callable[[Viewer], Iterable[Notice]]
"""Answers what a viewer has not yet seen, newest first."""


def offer_todos(blueprint: Blueprint, source: TodoSource) -> None:
    """Let the home page of every application that carries ``blueprint`` ask ``source``."""
    blueprint.record(lambda state: state.app.extensions.setdefault("todos", []).append(source))


def offer_notices(blueprint: Blueprint, source: NoticeSource) -> None:
    """Let the bell of every page ask ``source``."""
    blueprint.record(lambda state: state.app.extensions.setdefault("notices", []).append(source))


def todos_of(viewer: Viewer, on: date) -> list[Todo]:
    """Return what waits for ``viewer``, the earliest due first, undated last."""
    found = [
        todo
        for source in current_app.extensions.get("todos", ())
        for todo in source(viewer, on)
        if todo.count
    ]
    return sorted(found, key=lambda todo: (todo.due_on is None, todo.due_on or on, todo.label))


def notices_of(viewer: Viewer) -> list[Notice]:
    """Return the unseen notices of ``viewer``, newest first."""
    found = [notice for source in current_app.extensions.get("notices", ()) for notice in source(viewer)]
    return sorted(found, key=lambda notice: notice.at, reverse=True)
