"""What bare ReportLab needs for pages of plain lines, in a process that knows nothing of our faces."""

from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.measuring import Timing, best_of

LINES = 44
LINE = "根据《中华人民共和国民法典》等法律法规，甲方、乙方在平等、自愿的基础上订立本合同。"


def timing(pages: int, font: str, runs: int) -> Timing:
    """Return what so many pages take; ReportLab keeps one object per face, hence the process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        return apart.submit(_measure, pages, font, runs).result()


def _measure(pages: int, font: str, runs: int) -> Timing:
    registerFont(TTFont("plain", font))
    return best_of(runs, lambda: _draw(pages))


def _draw(pages: int) -> None:
    canvas = Canvas(BytesIO(), pagesize=A4)
    for _page in range(pages):
        canvas.setFont("plain", 12)
        for line in range(LINES):
            canvas.drawString(70, 780 - line * 16, LINE)
        canvas.showPage()
    canvas.save()
