"""Fields read the values of the trade and refuse the rest in place."""

from datetime import date

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from foundation.web import fields, forms
from tests.foundation.web.stage import Crop, PlotForm, find_owner


class Everything(forms.Form):
    """One field of each kind."""

    text = fields.TextField("文字", limit=5)
    yuan = fields.YuanField("金额")
    mu = fields.MuField("面积")
    metres = fields.SquareMetresField("平方米")
    percent = fields.PercentField("比例")
    count = fields.CountField("数量", most=100)
    day = fields.DateField("日期")
    id_number = fields.IdNumberField("身份证号")
    phone = fields.PhoneField("电话")
    crop = fields.TermField("作物", terms=Crop)
    row = fields.ChoiceField("行", choices=[(1, "一"), (2, "二")])


def read(name: str, text: str) -> object:
    form = Everything(MultiDict({name: text}))
    assert form.validate(), form.errors
    return form[name].data


def refusal(name: str, text: str) -> str:
    form = Everything(MultiDict({name: text}))
    assert not form.validate()
    assert form[name].data is None or name == "row"
    return " ".join(str(error) for error in form[name].errors)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("text", "  张三 ", "张三"),
        ("text", "   ", None),
        ("yuan", "1,234.5", 123_450),
        ("yuan", "１２３４元", 123_400),
        ("mu", "5.20亩", 520),
        ("metres", "666.67", 66_667),
        ("percent", "12.5%", 1250),
        ("count", "１２", 12),
        ("day", "2026-3-1", date(2026, 3, 1)),
        ("day", "20260301", date(2026, 3, 1)),
        ("crop", "maize", Crop.MAIZE),
        ("crop", "", None),
        ("row", "2", 2),
        ("row", "", None),
    ],
)
def test_a_field_reads_what_people_write(stage: Flask, name: str, text: str, value: object) -> None:
    with stage.test_request_context():
        assert read(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("text", "一二三四五六", "最多 5 个字"),
        ("yuan", "12.345", "两位"),
        ("mu", "五亩", "不是数字"),
        ("count", "1.5", "整数"),
        ("count", "101", "0 到 100"),
        ("day", "2026-02-30", ""),
        ("id_number", "371681197001010001", ""),
        ("phone", "12345", ""),
        ("crop", "rice", "列表"),
        ("row", "3", "列表"),
        ("row", "x", "列表"),
    ],
)
def test_a_field_refuses_the_rest_with_a_sentence(stage: Flask, name: str, text: str, words: str) -> None:
    with stage.test_request_context():
        sentence = refusal(name, text)
    assert words in sentence
    assert sentence.endswith("。")


def test_an_unreadable_text_stays_in_its_box(stage: Flask) -> None:
    with stage.test_request_context():
        form = Everything(MultiDict({"yuan": "12.345"}))
        form.validate()
        assert 'value="12.345"' in str(form["yuan"]())


def test_a_required_field_names_itself_once(stage: Flask) -> None:
    with stage.test_request_context():
        form = PlotForm(MultiDict({"name": " ", "crop": "", "area": "x"}))
        assert not form.validate()
        assert form["name"].errors == ["请填写“名称”。"]
        assert form["crop"].errors == ["请填写“作物”。"]
        assert len(form["area"].errors) == 1


def picked(text: str) -> PlotForm:
    form = PlotForm(MultiDict({"owner": text, "name": "x", "crop": "wheat", "area": "1"}))
    form.owner.find = find_owner
    form.validate()
    return form


def test_a_picked_row_is_read_by_the_key_before_its_label(stage: Flask) -> None:
    with stage.test_request_context():
        assert picked("102 张建国 · 西村 · 2组 · 尾号5678").owner.data == "102"
        assert picked("102 张建国 · 西村 · 2组 · 尾号5678 · 在册").owner.data == "102"
        assert picked("102 张建国").owner.data == "102"
        assert picked("尾号1234").owner.data == "101"


def test_namesakes_are_never_guessed(stage: Flask) -> None:
    with stage.test_request_context():
        errors = picked("张建国").owner.errors
        assert "尾号1234" in str(errors[0])
        assert "尾号5678" in str(errors[0])
        assert "没有找到" in str(picked("李四").owner.errors[0])


def test_a_picture_that_no_paper_can_show_is_refused_and_a_rare_letter_is_not(stage: Flask) -> None:
    with stage.test_request_context():
        assert "表情" in refusal("text", "好😀")
        assert read("text", "3㎡ 𬭎") == "3㎡ 𬭎"
