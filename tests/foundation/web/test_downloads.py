"""How files go to the browser."""

import pytest
from flask import Response

from foundation.web.downloads import handed_over, shown, spreadsheet


@pytest.mark.parametrize(
    ("answer", "manner", "media_type"),
    [
        (shown(b"%PDF", "合同.pdf"), "inline", "application/pdf"),
        (handed_over(b"1,2", "轨迹.csv"), "attachment", "application/octet-stream"),
        (
            spreadsheet(b"PK", "名册.xlsx"),
            "attachment",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_a_file_goes_out_under_its_name_and_is_kept_in_no_cache(
    answer: Response, manner: str, media_type: str
) -> None:
    assert answer.mimetype == media_type
    assert answer.headers["Content-Disposition"].startswith(f"{manner}; filename=")
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-store"
