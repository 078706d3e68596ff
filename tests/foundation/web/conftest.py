"""The stage of the web kit's tests."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.foundation.web.stage import make_stage


@pytest.fixture
def stage() -> Iterator[Flask]:
    """The house of two pages."""
    app = make_stage(TESTING=True, WTF_CSRF_ENABLED=False)
    with app.app_context():
        yield app


@pytest.fixture
def visitor(stage: Flask) -> FlaskClient:
    """Somebody at the stage's screen."""
    return stage.test_client()
