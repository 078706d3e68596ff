"""Two people edit one row, and neither loses a word."""

import html
import re

from flask.testing import FlaskClient

from tests.foundation.web import stage as plots

FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def opened(visitor: FlaskClient) -> dict[str, str]:
    """What the browser holds after the form was opened."""
    page = visitor.get("/plots/1").text
    hidden = dict(FIELD.findall(page))
    return {
        "version": hidden["version"],
        "base": hidden["base"],
        "name": "村东大块地",
        "crop": "wheat",
        "area": "12.34",
        "fee": "2500.00",
        "sown_on": "2025-10-03",
        "owner": "",
        "note": "",
    }


def sent_back(page: str, **choices: str) -> dict[str, str]:
    """What the browser sends when the three-way page is answered, as shown unless other choices are made."""
    fields = {html.unescape(name): html.unescape(value) for name, value in FIELD.findall(page)}
    fields |= dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)" checked>', page))
    return fields | {f"choose.{name}": choice for name, choice in choices.items()}


def two_clerks(visitor: FlaskClient, hers: dict[str, str], his: dict[str, str]) -> str:
    """Both open the form, she saves, then he saves; return the page he sees."""
    first, second = opened(visitor), opened(visitor)
    assert visitor.post("/plots/1", data=first | hers).status_code == 302
    answer = visitor.post("/plots/1", data=second | his)
    assert answer.status_code == 409
    return answer.text


def test_the_page_shows_before_theirs_and_yours_of_every_field_that_differs(visitor: FlaskClient) -> None:
    page = two_clerks(visitor, {"name": "村东一号"}, {"name": "村东二号", "crop": "maize"})
    shown = re.sub(r"<[^>]+>|\s+", " ", page)
    assert all(text in shown for text in ("村东大块地", "村东一号", "村东二号", "小麦", "玉米", "李红"))
    assert "服务费" not in shown


def test_fields_that_only_one_of_them_changed_are_merged_without_asking(visitor: FlaskClient) -> None:
    page = two_clerks(visitor, {"fee": "3000.00"}, {"note": "机井在西头", "is_irrigated": "y"})
    assert "双方都改了" not in page
    assert visitor.post("/plots/1", data=sent_back(page)).status_code == 302
    assert (plots.stored.fee, plots.stored.note, plots.stored.is_irrigated) == (300_000, "机井在西头", True)


def test_a_contested_field_stands_as_its_reader_chose(visitor: FlaskClient) -> None:
    page = two_clerks(visitor, {"name": "村东一号"}, {"name": "村东二号"})
    assert "双方都改了" in page
    assert visitor.post("/plots/1", data=sent_back(page, name="theirs")).status_code == 302
    assert plots.stored.name == "村东一号"


def test_what_you_typed_stands_unless_you_choose_otherwise(visitor: FlaskClient) -> None:
    page = two_clerks(visitor, {"name": "村东一号"}, {"name": "村东二号"})
    visitor.post("/plots/1", data=sent_back(page))
    assert plots.stored.name == "村东二号"


def test_a_third_change_in_the_meantime_leads_to_the_page_again(visitor: FlaskClient) -> None:
    page = two_clerks(visitor, {"name": "村东一号"}, {"name": "村东二号"})
    visitor.post("/plots/1", data=opened(visitor) | {"name": "村东三号"})
    again = visitor.post("/plots/1", data=sent_back(page, name="yours"))
    assert again.status_code == 409
    assert "村东三号" in again.text
    assert "村东二号" in again.text


def test_a_forged_base_only_makes_every_difference_contested(visitor: FlaskClient) -> None:
    page = two_clerks(visitor, {"fee": "3000.00"}, {"note": "机井在西头", "base": "forged"})
    assert page.count("双方都改了") == 2
