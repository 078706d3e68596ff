"""An act on a row is done and told, or refused on the row's own page."""

from datetime import datetime

from flask import Flask, get_flashed_messages
from werkzeug import Response

from foundation.access.grants import Viewer
from foundation.errors import StaleVersion
from foundation.web.acts import REFUSED, ActForm, ActsOn
from foundation.web.fields import TextField
from foundation.web.forms import Required
from tests.foundation.web.stage import VIEWER, Plot, stored


class ReasonForm(ActForm):
    """An act with a reason."""

    reason = TextField("理由", [Required()])


def page(plot: Plot, **forms: ReasonForm) -> str:
    """The page of a plot with everything its forms refuse."""
    return "|".join([plot.name, *(str(form.errors) + str(form.reason.data) for form in forms.values())])


def rename(plot: Plot, *, version: int | None, viewer: Viewer, now: datetime, reason: str = "村西") -> None:
    """Rename a plot if nobody was first."""
    assert viewer is VIEWER
    assert now.tzinfo is not None
    if version != plot.version:
        raise StaleVersion
    plot.name = reason


on_plot = ActsOn(lambda _viewer, _id: stored, page, "/plots/")


def test_an_act_is_done_at_the_version_its_button_was_shown_for(stage: Flask) -> None:
    with stage.test_request_context("/plots/1/rename", method="POST", data={"version": "1"}):
        answer = on_plot.act(1, rename, "已更名。")
        assert get_flashed_messages() == ["已更名。"]
    assert isinstance(answer, Response)
    assert answer.location == "/plots/1"
    assert stored.name == "村西"


def test_an_act_with_a_form_hands_its_values_on(stage: Flask) -> None:
    sent = {"version": "1", "reason": "村北"}
    with stage.test_request_context("/plots/1/rename", method="POST", data=sent):
        form = ReasonForm()
        on_plot.act_with("rename", form, 1, rename, "已更名。", reason=form.reason.data)
    assert stored.name == "村北"


def test_a_form_that_does_not_hold_is_shown_again_and_nothing_is_done(stage: Flask) -> None:
    with stage.test_request_context("/plots/1/rename", method="POST", data={"version": "1"}):
        answer = on_plot.act_with("rename", ReasonForm(), 1, rename, "已更名。")
    assert isinstance(answer, tuple)
    assert answer[1] == REFUSED
    assert "reason" in str(answer[0])
    assert stored.name == "村东大块地"


def test_a_refusal_stands_on_the_page_with_everything_that_was_typed(stage: Flask) -> None:
    sent = {"version": "7", "reason": "村北"}
    with stage.test_request_context("/plots/1/rename", method="POST", data=sent):
        form = ReasonForm()
        answer = on_plot.act_with("rename", form, 1, rename, "已更名。", reason=form.reason.data)
    assert isinstance(answer, tuple)
    assert answer[1] == REFUSED
    assert "村北" in str(answer[0])
    assert form.form_errors
    assert stored.name == "村东大块地"
