"""Filling pages with strips: joined ones stay together, tables repeat heads and close with sums."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from foundation.typesetting.ink import at
from foundation.typesetting.press import Press
from foundation.typesetting.styles import PageStyle

_TOLERANCE = 0.05  # of a point


class Band(Protocol):
    """A table on its way over the pages: it repeats a head and closes each page with sums."""

    head: "Strip"
    reserve: float

    def closing(self, rows: Sequence[Any], *, last: bool) -> "list[Strip]":
        """The strips that close the table on this page, ``rows`` being the values printed on it."""
        ...


@dataclass(slots=True, kw_only=True)
class Strip:
    """An indivisible piece of a page over its whole width; its origin is its upper left corner."""

    height: float
    operators: str
    space: float = 0.0  # above it, except at the top of a page
    slack: float = 0.0  # how much of its height is blank below, and may be cut at the foot of a page
    joined_before: bool = False
    joined_after: bool = False
    band: Band | None = None
    values: Any = None
    first_operators: str | None = None  # instead of ``operators`` where it is the first row below a head


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Begin a new page, upright or lying."""

    lying: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a block needs to know to set itself."""

    press: Press
    style: PageStyle
    width: float


class Block(Protocol):
    """A piece of a document, from a paragraph to a whole table."""

    def strips(self, setting: Setting) -> Iterable[Strip | Turn]:
        """The block cut into strips for a page of this width."""
        ...


@dataclass(slots=True)
class Page:
    """One filled page, before its head and foot are known."""

    lying: bool
    operators: list[str] = field(default_factory=list)


class Flow:
    """Places strips on pages one after the other."""

    def __init__(self, press: Press, style: PageStyle) -> None:
        """Begin with one empty upright page."""
        self.pages: list[Page] = []
        self._press = press
        self._style = style
        self._chain: list[Strip] = []
        self._band: Band | None = None
        self._rows: list[Any] = []
        self._empty = True
        self._new_page(lying=False)

    def run(self, blocks: Iterable[Block]) -> list[Page]:
        """Set the blocks; the pages that they fill."""
        for block in blocks:
            for strip in block.strips(self._setting):
                if isinstance(strip, Turn):
                    self._turn(strip)
                else:
                    self._take(strip)
        self._place_chain()
        self._close_band(last=True)
        return self.pages

    def _turn(self, turn: Turn) -> None:
        self._place_chain()
        self._close_band(last=True)
        self._band = None
        if self._empty:
            self.pages.pop()
        self._new_page(lying=turn.lying)

    def _take(self, strip: Strip) -> None:
        """Collect strips that must stay together; place what came before."""
        if self._chain and not (strip.joined_before or self._chain[-1].joined_after):
            self._place_chain()
        self._chain.append(strip)

    def _place_chain(self) -> None:
        chain, self._chain = self._chain, []
        if not chain:
            return
        if self._fits(chain):
            for strip in chain:
                self._put(strip)
            return
        if not self._empty and self._fits_on_new_page(chain):
            self._break(chain[0].band)
        for strip in chain:
            if not self._fits([strip]) and not self._empty:
                self._break(strip.band)
            self._put(strip)

    def _fits(self, strips: list[Strip]) -> bool:
        return _needed(strips, self._band) <= self._y - self._bottom + _TOLERANCE

    def _fits_on_new_page(self, strips: list[Strip]) -> bool:
        return _needed(strips, None) <= self._top - self._bottom + _TOLERANCE

    def _put(self, strip: Strip) -> None:
        """Place a strip, opening or closing the table that it begins or leaves behind."""
        if strip.band is not self._band:
            self._close_band(last=True)
            self._band = strip.band
            if strip.band:
                self._draw(strip.band.head)
        first = strip.band is not None and not self._rows
        self._draw(strip, strip.first_operators if first else None)
        if strip.band:
            self._rows.append(strip.values)

    def _draw(self, strip: Strip, operators: str | None = None) -> None:
        page = self.pages[-1]
        if not self._empty:
            self._y -= strip.space
        page.operators.append(at(self._left, self._y, operators or strip.operators))
        self._y -= strip.height
        self._empty = False

    def _close_band(self, *, last: bool) -> None:
        if self._band:
            for strip in self._band.closing(self._rows, last=last):
                self._draw(strip)
        self._rows = []

    def _break(self, next_band: Band | None) -> None:
        """Go to a new page, closing the table on the old one and opening it again where it goes on."""
        goes_on = self._band is not None and next_band is self._band
        self._close_band(last=not goes_on)
        self._new_page(lying=self.pages[-1].lying)
        if goes_on and self._band:
            self._draw(self._band.head)
        else:
            self._band = None

    def _new_page(self, *, lying: bool) -> None:
        style = self._style
        self.pages.append(Page(lying))
        self._left, right = style.sides(lying=lying)
        across = style.size(lying=lying)[0] - self._left - right
        self._setting = Setting(press=self._press, style=style, width=across)
        self._top = style.size(lying=lying)[1] - style.top
        self._bottom = style.bottom
        self._y = self._top
        self._empty = True


def _needed(strips: list[Strip], open_band: Band | None) -> float:
    """The height of strips with the heads and closing sums of the tables among them and before them."""
    if open_band is None and len(strips) == 1 and strips[0].band is None:
        return strips[0].space + strips[0].height - strips[0].slack
    height = sum(strip.height + strip.space for strip in strips) - strips[-1].slack
    bands = {id(strip.band): strip.band for strip in strips if strip.band}
    height += sum(band.head.height + band.head.space for band in bands.values() if band is not open_band)
    if open_band:
        bands[id(open_band)] = open_band
    return height + sum(band.reserve for band in bands.values())
