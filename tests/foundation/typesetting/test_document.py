"""Papers as a reader sees them: faces embedded, text whole, sums right, nothing parted wrongly."""

import re
from io import BytesIO
from threading import Thread
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from reportlab.pdfgen.canvas import Canvas

from foundation.typesetting import (
    OFFICIAL,
    Document,
    Furniture,
    IssuedBy,
    PageBreak,
    Paragraph,
    QrCode,
    RedHead,
    Signatures,
    Signer,
    Space,
    Table,
    Title,
    Together,
    blank,
    render_all,
)
from foundation.typesetting.faces import type_case
from foundation.typesetting.tables import Column
from tests.foundation.typesetting.builders import annex, contract, read, text_of


def fonts_of(content: bytes) -> list[Any]:
    fonts = {}
    for page in read(content).pages:
        fonts.update(page["/Resources"]["/Font"])  # type: ignore[index]
    return [font.get_object() for font in fonts.values()]


def test_every_face_is_embedded_and_our_own() -> None:
    for font in fonts_of(contract().render()):
        assert "Shecun" in font["/BaseFont"]
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert descriptor["/FontFile2"].get_object().get_data()


def test_no_character_is_set_as_the_missing_glyph() -> None:
    for font in fonts_of(contract(receiver="王𬭎㛃䶮喆堃玥𬎆").render()):
        descendant = font["/DescendantFonts"][0].get_object()
        gids = descendant["/CIDToGIDMap"].get_object().get_data()
        table = font["/ToUnicode"].get_object().get_data()
        codes = [int(code, 16) for code in re.findall(rb"<(\w{4})> <(?!FFFF)", table)]
        numbers = [int.from_bytes(gids[2 * code : 2 * code + 2], "big") for code in codes]
        content = descendant["/FontDescriptor"].get_object()["/FontFile2"].get_object().get_data()
        assert 0 < min(numbers) <= max(numbers) < TTFont(BytesIO(content))["maxp"].numGlyphs


def test_a_paper_with_twenty_thousand_different_characters_copies_out_too() -> None:
    text = "".join(chr(code) for code in range(0x4E00, 0x9FA6))
    pages = text_of(Document(title="字表").add(Paragraph(text, indent=0)).render())
    body = "".join(line for page in pages for line in page.splitlines() if "共" not in line or len(line) > 20)
    assert set(text) - set(body) == set()


def test_text_copies_out_as_it_was_set_beyond_the_first_plane_too() -> None:
    name = "王𬭎㛃䶮喆堃玥𬎆"
    page = text_of(contract(receiver=name).render())[0]
    assert name in page
    assert "农业生产托管服务合同" in page
    assert "12.50" in page


def test_reportlabs_own_text_operators_set_our_faces_too() -> None:
    target = BytesIO()
    face = type_case().initial_face()
    canvas = Canvas(target, initialFontName=face)  # type: ignore[arg-type]
    canvas.setFont(face, 12)
    canvas.drawString(72, 700, "王𬭎（测试）")
    canvas.save()
    assert "王𬭎（测试）" in text_of(target.getvalue())[0]


def test_equal_papers_give_equal_bytes() -> None:
    assert contract().render() == contract().render()
    assert contract().render() != contract(receiver="李四").render()


def test_papers_drawn_at_the_same_time_do_not_disturb_each_other() -> None:
    expected = [contract(receiver=name).render() for name in ("王𬭎", "赵喆", "孙堃")]
    drawn: dict[int, bytes] = {}
    names = ("王𬭎", "赵喆", "孙堃")
    threads = [
        Thread(target=lambda n=n: drawn.setdefault(n, contract(receiver=names[n]).render())) for n in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [drawn[n] for n in range(3)] == expected


def test_the_number_of_the_paper_and_its_page_stand_on_every_page() -> None:
    pages = text_of(contract(articles=12).render())
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert "合同编号：ZP-2026-0001" in page
        assert f"第 {number} 页　共 {len(pages)} 页" in page.replace("\u3000", "　")


def test_each_paper_of_a_print_run_counts_its_own_pages_and_has_a_bookmark() -> None:
    content = render_all([contract("A-1"), contract("A-2", articles=9)], title="批次")
    pages = text_of(content)
    assert "第 1 页" in pages[0]
    second = next(number for number, page in enumerate(pages) if "A-2" in page)
    assert f"共 {len(pages) - second} 页" in pages[second]
    assert [entry.title for entry in read(content).outline] == ["合同 A-1", "合同 A-2"]  # type: ignore[union-attr]


def test_page_subtotals_and_the_grand_total_add_up_from_the_printed_rows() -> None:
    pages = text_of(Document(title="清册").add(Title("清册"), annex(120)).render())
    printed: list[int] = []
    for page in pages:
        rows = [int(amount.replace(".", "")) for amount in re.findall(r"张㛃\s*([\d.]+)", page)]
        subtotal = re.search(r"本页小计\s*([\d.]+)", page)
        assert subtotal is not None
        assert int(subtotal[1].replace(".", "")) == sum(rows)
        printed += rows
    total = re.search(r"合计\s*([\d.]+)", pages[-1])
    assert total is not None
    assert int(total[1].replace(".", "")) == sum(printed) == sum(100 + row * 7 for row in range(120))
    assert len(printed) == 120


def test_a_table_on_one_page_has_a_total_only() -> None:
    (page,) = text_of(Document(title="清册").add(annex(3)).render())
    assert "本页小计" not in page
    assert "合计" in page


def test_the_head_of_a_table_is_repeated_on_every_page() -> None:
    pages = text_of(Document(title="清册").add(annex(100)).render())
    assert all("面积（亩）" in page for page in pages)


def test_a_merged_value_is_printed_once_and_again_on_a_new_page() -> None:
    rows = [("备耕", str(row)) for row in range(80)]
    pages = text_of(
        Document(title="表").add(Table([Column("事项", merges=True), Column("内容")], rows)).render()
    )
    assert [page.count("备耕") for page in pages] == [1] * len(pages)


def test_signatures_never_stand_alone_on_a_page() -> None:
    for lines in range(1, 60):
        paper = Document(title="合同")
        paper.add(*(Paragraph("约" * 70) for _ in range(lines)))
        paper.add(Signatures((Signer("甲方签字处："), Signer("乙方签字处："))))
        last = text_of(paper.render())[-1]
        assert "甲方签字处" in last
        assert "约约约" in last


def test_signatures_below_a_table_take_its_last_row_and_total_along() -> None:
    for rows in range(30, 60):
        paper = Document(title="清册").add(annex(rows), Signatures((Signer("村委会（盖章）："),)))
        last = text_of(paper.render())[-1]
        assert "村委会" in last
        assert "合计" in last
        assert "张㛃" in last


def test_blocks_together_begin_on_one_page() -> None:
    for lead in range(25, 40):
        paper = Document(title="x").add(*(Paragraph("前", indent=0) for _ in range(lead)))
        paper.add(Together((Paragraph("甲甲甲"), Paragraph("乙乙乙"), Paragraph("丙丙丙"))))
        pages = text_of(paper.render())
        assert sum("甲甲甲" in page and "丙丙丙" in page for page in pages) == 1


def test_blocks_together_that_exceed_a_page_are_parted_after_all() -> None:
    paper = Document(title="x").add(Together(tuple(Paragraph(f"第{n}行") for n in range(100))))
    assert "".join(text_of(paper.render())).count("行") == 100


def test_a_lying_page_is_wider_than_high() -> None:
    pages = read(
        Document(title="x").add(Paragraph("甲"), PageBreak(lying=True), Paragraph("乙")).render()
    ).pages
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [False, True]


def test_an_official_document_has_twenty_two_lines_of_twenty_eight_characters() -> None:
    text = "".join(chr(0x4E00 + number) for number in range(28 * 30))
    paper = Document(title="通知", style=OFFICIAL).add(Paragraph(text, indent=0))
    page = text_of(paper.render())[0]
    lines = [line for line in page.splitlines() if line.strip() and "—" not in line]
    assert [len(line) for line in lines] == [28] * 22
    assert "— 1 —" in page


def test_the_day_of_an_official_document_ends_four_characters_from_the_right() -> None:
    office, day = "邹平市供销合作社", "二零二六年三月一日"
    paper = Document(title="x", style=OFFICIAL).add(Paragraph("正文"), IssuedBy(office, day))
    found: dict[str, float] = {}

    def note(text: str, frame: list[float], at: list[float], *_rest: object) -> None:
        found[text.strip()] = frame[4] + at[4]

    read(paper.render()).pages[0].extract_text(visitor_text=note)
    size = OFFICIAL.body.size
    middle = OFFICIAL.width - OFFICIAL.right - (4 + len(day) / 2) * size
    assert found[day] + len(day) / 2 * size == pytest.approx(middle, abs=0.1)
    assert found[office] + len(office) / 2 * size == pytest.approx(middle, abs=0.1)


def test_a_long_office_never_stands_beyond_the_type_area() -> None:
    paper = Document(title="x", style=OFFICIAL).add(IssuedBy("邹平市" * 30))
    assert text_of(paper.render())[0].count("邹平市") >= 27


def test_a_void_paper_says_so_and_a_draft_too() -> None:
    void = Document(title="x", furniture=Furniture(crossed_out="作废")).add(Paragraph("甲"))
    draft = Document(title="x", furniture=Furniture(watermark="草稿")).add(Paragraph("甲"))
    assert "作废" in text_of(void.render())[0]
    assert "草稿" in text_of(draft.render())[0]


def test_every_block_can_stand_on_an_empty_page() -> None:
    paper = Document(title="x", style=OFFICIAL).add(
        RedHead("邹平市供销合作社文件", "邹供〔2026〕3号"),
        Space(20),
        QrCode("http://127.0.0.1/verify/1", "扫码核验", align="right"),
        Paragraph(("☑ 耕　☐ 种", blank(6))),
        Paragraph("2026年3月1日", align="right", right=4, indent=0),
        Table([Column("空表", adds=True)], []),
    )
    page = text_of(paper.render())[0]
    assert "邹供〔2026〕3号" in page
    assert "扫码核验" in page
