import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.identity.credit_code import (
    CreditCodeKind,
    LetterNotInCreditCode,
    OldLicenceNumber,
    WrongCreditCodeCheck,
    WrongCreditCodeLength,
    WrongCreditCodeShape,
    check_character,
    parse_credit_code,
)

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
bodies = st.builds(
    lambda head, area, tail: f"{head}{area}{tail}",
    st.sampled_from(["91", "93", "12", "52", "N1", "N2", "N3", "A1", "Y1"]),
    st.integers(110000, 659999),
    st.text(ALPHABET, min_size=9, max_size=9),
)


@pytest.mark.parametrize(
    "text", ["91110000600037341L", "9144030071526726xg", " 9111 0108 5513 85082Q", "91350100M000100Y43"]
)
def test_codes_of_real_companies_pass(text: str) -> None:
    code = parse_credit_code(text)
    assert code.kind is CreditCodeKind.COMPANY
    assert code.has_sound_organisation_code


@given(bodies)
def test_every_registrar_passes_with_the_right_check_and_fails_with_another(body: str) -> None:
    right = check_character(body)
    assert parse_credit_code(body + right).value == body + right
    wrong = ALPHABET[(ALPHABET.index(right) + 7) % 31]
    with pytest.raises(WrongCreditCodeCheck, match=f"校验位应为 {right}，现为 {wrong}"):
        parse_credit_code(body + wrong)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("N1", CreditCodeKind.GROUP_COLLECTIVE),
        ("N2", CreditCodeKind.VILLAGE_COLLECTIVE),
        ("N3", CreditCodeKind.TOWNSHIP_COLLECTIVE),
        ("93", CreditCodeKind.FARMER_COOPERATIVE),
        ("12", CreditCodeKind.INSTITUTION),
        ("52", CreditCodeKind.CIVIL),
        ("Y1", CreditCodeKind.OTHER),
    ],
)
def test_the_first_two_characters_name_the_kind(head: str, kind: CreditCodeKind) -> None:
    body = f"{head}371681MF1234567"
    code = parse_credit_code(body + check_character(body))
    assert code.kind is kind
    assert code.division == "371681"
    assert code.organisation_code == "MF1234567"


def test_a_check_character_of_zero_is_sound() -> None:
    body = next(b for n in range(100) if check_character(b := f"93371681MF12345{n:02d}") == "0")
    assert parse_credit_code(body + "0").value.endswith("0")


def test_an_odd_inner_organisation_code_is_no_refusal() -> None:
    body = "91110000600037340"
    assert not parse_credit_code(body + check_character(body)).has_sound_organisation_code


def test_letters_that_look_like_figures_are_named() -> None:
    with pytest.raises(LetterNotInCreditCode, match="OI"):
        parse_credit_code("9111OOOO6OOO37341I")


def test_wrong_lengths_and_shapes_are_refused_with_a_cure() -> None:
    with pytest.raises(OldLicenceNumber, match="三证合一"):
        parse_credit_code("371626200012345")
    with pytest.raises(WrongCreditCodeLength, match="现为 17 位"):
        parse_credit_code("91110000600037341")
    with pytest.raises(WrongCreditCodeShape, match="行政区划"):
        parse_credit_code("9111A000600037341L")
