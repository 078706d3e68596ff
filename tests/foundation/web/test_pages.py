"""The frame around every page."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from foundation.web.pages import cell, instant_text
from tests.foundation.web.stage import Crop


def test_a_moment_is_shown_as_the_clock_in_china_showed_it() -> None:
    assert instant_text(datetime(2026, 3, 1, 16, 30, tzinfo=UTC)) == "2026-03-02 00:30"


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (None, "yuan", ""),
        (123_456, "yuan", "1,234.56"),
        (520, "mu", "5.20"),
        ("张", "text", "张"),
        (0, "yuan", "0.00"),
    ],
)
def test_a_cell_is_written_by_its_kind(value: object, kind: str, text: str) -> None:
    assert cell(value, kind) == text


def test_a_term_is_written_by_its_label(stage: Flask) -> None:
    with stage.test_request_context():
        assert cell(Crop.WHEAT, "term") == "小麦"


def test_the_page_marks_where_one_is(visitor: FlaskClient) -> None:
    page = visitor.get("/plots/1").text
    assert '<a href="/plots/" class="is-here" aria-current="true">供销合作</a>' in page
    assert '<a href="/plots/" class="is-here" aria-current="page">地块台账</a>' in page


def test_no_page_carries_script_or_style_in_line(visitor: FlaskClient) -> None:
    for address in ("/", "/plots/", "/plots/1", "/about"):
        page = visitor.get(address).text
        assert "<script>" not in page
        assert "style=" not in page
        assert " onclick=" not in page


def test_every_box_has_a_label(visitor: FlaskClient) -> None:
    page = visitor.get("/plots/1").text
    for name in ("name", "crop", "area", "fee", "sown_on", "owner", "note"):
        assert f'<label for="{name}">' in page


def test_refusals_stand_over_the_form_and_under_their_fields(visitor: FlaskClient) -> None:
    page = visitor.post("/plots/1", data={"name": "", "crop": "wheat", "area": "1.234", "version": "1"}).text
    assert "有 2 处需要改正" in page
    assert 'id="area-refusal"' in page
    assert 'aria-describedby="area-hint area-refusal"' in page


def test_an_unknown_page_is_a_sentence_with_a_way_on(visitor: FlaskClient) -> None:
    answer = visitor.get("/nowhere")
    assert answer.status_code == 404
    assert "回到工作台" in answer.text
