from datetime import date, datetime, time, timedelta

import pytest

from foundation.workbooks.cells import Cell, cell_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" 王建国 \n", "王建国"),
        (13800138000.0, "13800138000"),
        (12.34, "12.34"),
        (0.1 + 0.2, "0.3"),
        (-5.0, "-5"),
        (0.00001, "0.00001"),
        (999999999999999.0, "999999999999999"),
        (371626197001010000.0, "3.71626197001010E+17"),
        (3716811002010100000, "3.71681100201010E+18"),
        (True, "是"),
        (False, "否"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1), "2026-03-01"),  # noqa: DTZ001
        (datetime(2026, 3, 1, 10, 30), "2026-03-01 10:30:00"),  # noqa: DTZ001
        (time(10, 30), "10:30:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_a_cell_reads_as_its_author_sees_it(value: Cell, text: str) -> None:
    assert cell_text(value) == text
