"""Text split into runs of one face each, and measured: a name with one rare character needs two faces."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from foundation.typesetting.embedding import EmbeddedFace
from foundation.typesetting.faces import Role, glyphs, when_faces_change


class Run(NamedTuple):
    """A piece of text in one face (None where a check box is drawn), with its width in type sizes."""

    face: EmbeddedFace | None
    text: str
    em: float


def width(role: Role, text: str, size: float) -> float:
    """How wide a text is in points, without any spacing between its characters."""
    return _em_width(role, text) * size


def widths(role: Role, text: str, size: float) -> list[float]:
    """The width of each character in points."""
    case = glyphs(role)
    return [case[char].em * size for char in text]


@lru_cache(maxsize=20_000)
def runs(role: Role, text: str) -> tuple[Run, ...]:
    """The text glyph by glyph in the role's face, or in the first fallback that has the character."""
    return tuple(_split(role, text))


def _split(role: Role, text: str) -> Iterator[Run]:
    case = glyphs(role)
    visible = [case[char] for char in text]
    for face, group in groupby((glyph for glyph in visible if glyph.shown), key=lambda glyph: glyph.face):
        members = list(group)
        yield Run(face, "".join(glyph.shown for glyph in members), sum(glyph.em for glyph in members))


@lru_cache(maxsize=50_000)
def _em_width(role: Role, text: str) -> float:
    case = glyphs(role)
    return sum(case[char].em for char in text)


when_faces_change(runs.cache_clear)
when_faces_change(_em_width.cache_clear)
