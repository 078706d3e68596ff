"""The worktable, the language switch and the health check."""

import tomllib
from pathlib import Path

import pytest
from flask import Flask

from app.version import VERSION
from foundation.web.addresses import local_path
from tests.foundation.web.stage import make_stage


@pytest.fixture
def stage() -> Flask:
    return make_stage(TESTING=True, WTF_CSRF_ENABLED=False)


def test_the_worktable_says_what_waits_and_since_when(stage: Flask) -> None:
    page = stage.test_client().get("/").text
    assert "待审核合同" in page
    assert '<td class="num">3</td>' in page


def test_the_language_switch_returns_to_the_page_it_was_pressed_on(stage: Flask) -> None:
    visitor = stage.test_client()
    answer = visitor.post("/language", data={"language": "en", "back": "/plots/?name=x"})
    assert answer.location == "/plots/?name=x"
    assert '<html lang="en">' in visitor.get("/about").text


@pytest.mark.parametrize(
    "address", ["//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", ""]
)
def test_no_switch_leads_to_another_site(stage: Flask, address: str) -> None:
    with stage.test_request_context():
        assert local_path(address) == "/"


def test_the_health_check_asks_the_database(stage: Flask) -> None:
    assert stage.test_client().get("/health").json == {"status": "ok", "version": VERSION}


def test_the_version_is_the_one_of_the_project_file() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION
