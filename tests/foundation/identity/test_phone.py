import pytest

from foundation.identity.phone import NotAMobile, NotAPhone, mask_phone, parse_mobile, parse_phone


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "138-0013-8000",
        "138 0013 8000",
        "+86 13800138000",
        "8613800138000",
        "１３８００１３８０００",
    ],
)
def test_a_mobile_is_read_however_it_is_written(text: str) -> None:
    assert parse_mobile(text) == parse_phone(text) == "13800138000"


@pytest.mark.parametrize(
    "text", ["", "1380013800", "138001380000", "12800138000", "0543-4321234", "1.38E+10"]
)
def test_anything_else_is_no_mobile(text: str) -> None:
    with pytest.raises(NotAMobile, match="11 位"):
        parse_mobile(text)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("0543-4321234", "0543-4321234"),
        ("05434321234", "0543-4321234"),
        ("（0543）4321234", "0543-4321234"),
        ("010 62345678转801", "010-62345678转801"),
        ("010-62345678-801", "010-62345678转801"),
        ("400-123-4567", "4001234567"),
    ],
)
def test_an_office_may_give_its_landline(text: str, phone: str) -> None:
    assert parse_phone(text) == phone


@pytest.mark.parametrize("text", ["4321234", "110", "0543-12345678", "电话不详"])
def test_a_number_that_cannot_be_dialled_from_outside_is_refused(text: str) -> None:
    with pytest.raises(NotAPhone, match="区号"):
        parse_phone(text)


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800138000", "138****8000"),
        ("0543-4321234", "0543-****234"),
        ("010-62345678转801", "010-*****678"),
        ("4001234567", "400****567"),
    ],
)
def test_masking_hides_the_middle(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked
