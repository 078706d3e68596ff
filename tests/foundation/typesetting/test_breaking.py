"""Lines cover the text, stay in their frame, and begin and end as Chinese typesetting wants."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.typesetting.breaking import HANGING, NO_END, NO_START, break_lines, is_western, may_break

CHINESE = "土地托管服务合同亩元甲乙方"
TEXT = st.text(alphabet=CHINESE * 3 + "，。；：（）《》“”——……%￥ 12.5ab-\n", max_size=200)
FRAMES = st.floats(min_value=60, max_value=400)


def measured(text: str) -> list[float]:
    return [0.0 if char == "\n" else 6.0 if is_western(char) or char == " " else 12.0 for char in text]


def breakable(text: str, start: int, end: int) -> bool:
    return any(may_break(text[place - 1], text[place]) for place in range(start + 1, end))


@settings(deadline=None)
@given(TEXT, FRAMES)
def test_the_lines_together_are_the_text(text: str, frame: float) -> None:
    lines = break_lines(text, measured(text), frame, frame - 24)
    assert "".join(text[start:end] for start, end in lines) == text


@settings(deadline=None)
@given(TEXT, FRAMES)
def test_no_line_is_wider_than_its_frame(text: str, frame: float) -> None:
    widths = measured(text)
    for number, (start, end) in enumerate(break_lines(text, widths, frame, frame - 24)):
        visible = text[start:end].rstrip(HANGING + "\n")
        room = frame - 24 if number == 0 else frame
        assert sum(widths[start : start + len(visible)]) <= room + 0.02 or len(visible) == 1


@settings(deadline=None)
@given(TEXT, FRAMES)
def test_marks_and_words_stay_where_they_belong_wherever_a_line_has_a_better_place(
    text: str, frame: float
) -> None:
    lines = break_lines(text, measured(text), frame)
    for start, end in lines[:-1]:
        if text[end - 1] != "\n" and breakable(text, start, end):
            assert may_break(text[end - 1], text[end])


@pytest.mark.parametrize("mark", sorted(NO_START))
def test_a_closing_mark_never_begins_a_line(mark: str) -> None:
    text = "甲" * 5 + mark + "乙"
    for _start, end in break_lines(text, [12.0] * len(text), 60)[:-1]:
        assert text[end] != mark


@pytest.mark.parametrize("mark", sorted(NO_END))
def test_an_opening_mark_never_ends_a_line(mark: str) -> None:
    text = "甲" * 4 + mark + "乙" * 3
    for _start, end in break_lines(text, [12.0] * len(text), 60)[:-1]:
        assert text[end - 1] != mark


def test_numbers_and_words_are_not_broken() -> None:
    text = "合同编号ZP-2026-000123共12,345.67元"
    pieces = [text[start:end] for start, end in break_lines(text, measured(text), 120)]
    assert pieces == ["合同编号", "ZP-2026-000123共", "12,345.67元"]


def test_a_word_longer_than_a_line_is_cut_inside_the_frame() -> None:
    assert break_lines("a" * 10, [6.0] * 10, 24) == [(0, 4), (4, 8), (8, 10)]


def test_a_line_break_in_the_text_ends_its_line() -> None:
    assert break_lines("甲方\n乙方", measured("甲方\n乙方"), 120) == [(0, 3), (3, 5)]
