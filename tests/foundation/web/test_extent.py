"""A button over a list speaks of the rows that its reader meant."""

from dataclasses import dataclass

import pytest
from flask import Flask

from foundation.web.extent import spoken_of


@dataclass(frozen=True)
class Asked:
    """What is asked for."""

    text: str = ""
    ids: tuple[int, ...] = ()


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ({"extent": "selected", "selected": ["3", "5"]}, Asked(ids=(3, 5))),
        ({"extent": "selected"}, Asked(ids=(0,))),
        ({"extent": "filtered", "selected": ["3"]}, Asked(text="小麦")),
        ({}, Asked()),
    ],
)
def test_the_extent_says_which_rows_are_meant(stage: Flask, sent: dict[str, str], meant: Asked) -> None:
    with stage.test_request_context("/", method="POST", data=sent):
        assert spoken_of(Asked, lambda: Asked(text="小麦")) == meant
