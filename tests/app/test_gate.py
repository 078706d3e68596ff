"""Every page says who may enter, and the gate believes nobody who does not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from foundation.access import gate
from foundation.accounts.models import Account
from tests.foundation.accounts.builders import make_account, sign_in

PUBLIC = {
    "static",
    "home.about",
    "home.health",
    "home.switch_language",
    "foundation.accounts.login",
    "foundation.accounts.log_in",
    "verify.show_public",
    "coop.acceptance.reply.ask",
    "coop.acceptance.reply.find",
    "coop.acceptance.reply.show",
    "coop.acceptance.reply.send",
}


def address(app: Flask, rule: Rule) -> str:
    """An address that matches ``rule`` and names a row that does not exist."""
    values = dict.fromkeys(rule.arguments, "999999")
    with app.test_request_context():
        return str(
            app.url_map.bind("").build(rule.endpoint, values, method=next(iter(rule.methods or {"GET"})))
        )


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_endpoint_declares_who_may_enter(tables: Flask) -> None:
    undeclared = {name for name, view in tables.view_functions.items() if not gate.is_declared(view)}
    assert undeclared == set()


def test_the_pages_open_to_the_world_are_few_and_known(tables: Flask) -> None:
    opened = {name for name, view in tables.view_functions.items() if gate.is_public(view)}
    assert opened == PUBLIC


def test_no_page_opens_without_a_login(app: Flask, client: FlaskClient) -> None:
    for rule in rules(app):
        if gate.is_public(app.view_functions[rule.endpoint]):
            continue
        for method in (rule.methods or set()) & {"GET", "POST"}:
            answer = client.open(address(app, rule), method=method)
            assert answer.status_code == 302, rule
            assert answer.location.startswith("/foundation/accounts/login"), rule


def test_a_person_without_postings_opens_only_what_is_their_own(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    sign_in(client, make_account())
    for rule in rules(app):
        if not gate.declared_permissions(app.view_functions[rule.endpoint]):
            continue
        for method in (rule.methods or set()) & {"GET", "POST"}:
            answer = client.open(address(app, rule), method=method)
            assert answer.status_code == 403, f"{method} {rule} answered {answer.status_code}"


@contextmanager
def in_place_of_about(app: Flask, view: Callable[[], str]) -> Iterator[None]:
    """Let ``view`` answer where the page about the product stands."""
    original = app.view_functions["home.about"]
    app.view_functions["home.about"] = view
    try:
        yield
    finally:
        app.view_functions["home.about"] = original


def test_an_undeclared_view_is_closed(app: Flask, client: FlaskClient) -> None:
    def undeclared() -> str:
        return "open"

    with in_place_of_about(app, undeclared):
        assert client.get("/about").status_code == 403


def test_a_page_that_reads_may_not_change_a_row(app: Flask, client: FlaskClient, session: Session) -> None:
    @gate.public
    def writing_while_reading() -> str:
        make_account()
        return "written"

    with in_place_of_about(app, writing_while_reading):
        assert client.get("/about").status_code == 500
    assert session.scalar(select(func.count()).select_from(Account)) == 0


def test_a_view_declares_only_once() -> None:
    with pytest.raises(TypeError, match="declares twice"):
        gate.public(gate.signed_in(lambda: ""))
