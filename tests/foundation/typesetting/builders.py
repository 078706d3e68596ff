"""Papers with defaults, and reading them back."""

from io import BytesIO

from pypdf import PdfReader

from foundation.typesetting import (
    Column,
    Document,
    Fields,
    Furniture,
    Heading,
    Paragraph,
    Signatures,
    Signer,
    Table,
    Title,
    filled,
)


def contract(number: str = "ZP-2026-0001", receiver: str = "王𬭎", articles: int = 3) -> Document:
    """A short contract."""
    paper = Document(
        title=f"合同 {number}",
        furniture=Furniture(head_left=f"合同编号：{number}", verify_url=f"http://127.0.0.1/verify/{number}"),
    )
    paper.add(Title("农业生产托管服务合同"), Fields((("甲方：", receiver), ("乙方：", "焦桥供销合作社"))))
    for article in range(articles):
        paper.add(
            Heading(f"第{article + 1}条　服务内容"),
            Paragraph(("面积", filled("12.50"), "亩。" + "约定" * 90)),
        )
    return paper.add(Signatures((Signer("甲方（签字）："), Signer("乙方（盖章）："))))


def hundredths(amount: int) -> str:
    """An amount of hundredths with two places."""
    return f"{amount / 100:.2f}"


def annex(rows: int) -> Table:
    """A list of households with an adding column."""
    columns = [
        Column("序号"),
        Column("户主", 2),
        Column("面积（亩）", 2, "right", show=hundredths, adds=True),
    ]
    return Table(columns, [(row + 1, "张㛃", 100 + row * 7) for row in range(rows)])


def read(content: bytes) -> PdfReader:
    """The PDF for reading."""
    return PdfReader(BytesIO(content))


def text_of(content: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in read(content).pages]
