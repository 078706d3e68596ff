"""What two people do at once ends with a sentence for the second, never with a fault."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from foundation.access import gate
from foundation.database.engine import db
from foundation.database.numbering import NumberSeries


@contextmanager
def in_place_of_the_switch(app: Flask, view: Callable[[], str]) -> Iterator[None]:
    """Let ``view`` answer where the language is switched."""
    original = app.view_functions["home.switch_language"]
    app.view_functions["home.switch_language"] = view
    try:
        yield
    finally:
        app.view_functions["home.switch_language"] = original


@gate.public
def enters_what_is_there() -> str:
    for _ in range(2):
        db.session.execute(insert(NumberSeries).values(series="once", last=1))
    return "entered"


@gate.public
def is_overtaken() -> str:
    raise StaleDataError


@gate.public
def breaks_a_rule() -> str:
    db.session.execute(insert(NumberSeries).values(series="empty", last=None))
    return "entered"


@pytest.mark.parametrize(
    ("view", "status", "sentence"),
    [
        (enters_what_is_there, 409, "其他人刚刚登记了同样的内容"),
        (is_overtaken, 409, "已被他人修改"),
        (breaks_a_rule, 500, "系统出现故障"),
    ],
)
def test_who_comes_second_is_told(
    app: Flask, client: FlaskClient, session: Session, view: Callable[[], str], status: int, sentence: str
) -> None:
    with in_place_of_the_switch(app, view):
        answer = client.post("/language")
    assert (answer.status_code, sentence in answer.text) == (status, True)
