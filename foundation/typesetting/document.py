"""A paper: blocks on pages of one style, alone or many in one PDF."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self

from foundation.typesetting.flow import Block, Flow
from foundation.typesetting.furniture import Furniture
from foundation.typesetting.press import Press
from foundation.typesetting.styles import CONTRACT, PageStyle


@dataclass(slots=True, kw_only=True)
class Document:
    """One paper with its blocks, its page style and what stands around the text.

    >>> paper = Document(title="生产托管服务合同", furniture=Furniture(head_left="合同编号：ZP-2026-0001"))
    >>> paper.add(Title("生产托管服务合同"), Paragraph("甲乙双方……"))  # doctest: +SKIP
    >>> paper.render()[:5]  # doctest: +SKIP
    b'%PDF-'
    """

    title: str
    style: PageStyle = CONTRACT
    furniture: Furniture = field(default_factory=Furniture)
    blocks: list[Block] = field(default_factory=list)

    def add(self, *blocks: Block) -> Self:
        """Append blocks; the document itself, so that calls can be chained."""
        self.blocks += blocks
        return self

    def render(self) -> bytes:
        """The paper as a PDF; equal documents give equal bytes."""
        return render_all([self], title=self.title)

    def print_on(self, press: Press) -> int:
        """Print the pages of this paper, numbered from 1, on a press; how many they are."""
        pages = Flow(press, self.style).run(self.blocks)
        for number, page in enumerate(pages, start=1):
            behind = self.furniture.behind(press, self.style, lying=page.lying)
            around = self.furniture.around(press, self.style, number, len(pages), lying=page.lying)
            press.page(*self.style.size(lying=page.lying), [*behind, *page.operators, *around])
        return len(pages)


def render_all(documents: Iterable[Document] | Sequence[Document], *, title: str) -> bytes:
    """Many papers in one PDF, each with its own page numbers and an entry in the reader's outline."""
    press = Press(title)
    for number, document in enumerate(documents):
        if number or not isinstance(documents, Sequence) or len(documents) > 1:
            press.bookmark(document.title)
        document.print_on(press)
    return press.finish()
