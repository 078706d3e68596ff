"""Which rows of a list a button over it speaks of: the ticked ones, those of the query, or all."""

from collections.abc import Callable
from typing import TypeVar

from flask import request

Filter = TypeVar("Filter")
NO_ROW = (0,)
"""What is asked for when nothing was ticked: no row has this number."""


def spoken_of(asking: Callable[..., Filter], filtered: Callable[[], Filter]) -> Filter:
    """Return the filter that is meant; ``asking`` makes one of ``ids`` or of nothing."""
    match request.form.get("extent"):
        case "selected":
            return asking(ids=tuple(request.form.getlist("selected", type=int)) or NO_ROW)
        case "filtered":
            return filtered()
    return asking()
