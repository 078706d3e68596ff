from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.identity.id_number import check_digit
from foundation.workbooks.damage import DamageKind, find_damage
from foundation.workbooks.layouts import Content

SOUND_ID = "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "content", "kind", "recovered"),
    [
        ("3.71626E+17", Content.ID_NUMBER, DamageKind.DIGITS_LOST, None),
        ("3.71626197001010E+17", Content.ID_NUMBER, DamageKind.DIGITS_LOST, None),
        ("371626197001010000", Content.ID_NUMBER, DamageKind.ZEROED_TAIL, None),
        ("371626197001010000.0", Content.ID_NUMBER, DamageKind.ZEROED_TAIL, None),
        ("4.4E+17", Content.ID_NUMBER, DamageKind.DIGITS_LOST, None),
        ("9.13716E+17", Content.CREDIT_CODE, DamageKind.DIGITS_LOST, None),
        ("913716261234567000", Content.CREDIT_CODE, DamageKind.ZEROED_TAIL, None),
        ("6.22848E+18", Content.BANK_CARD, DamageKind.DIGITS_LOST, None),
        ("6228481234567890000", Content.BANK_CARD, DamageKind.ZEROED_TAIL, None),
        ("3.71681E+18", Content.PARCEL_CODE, DamageKind.DIGITS_LOST, None),
        ("3716811002010100000", Content.PARCEL_CODE, DamageKind.ZEROED_TAIL, None),
        ("371681100201010000", Content.CONTRACTOR_CODE, DamageKind.ZEROED_TAIL, None),
        ("3.71681E+13", Content.ISSUER_CODE, DamageKind.DIGITS_LOST, None),
        ("37168110020103.0", Content.ISSUER_CODE, DamageKind.DECIMAL_POINT, "37168110020103"),
        ("13800000000.0", Content.PHONE, DamageKind.DECIMAL_POINT, "13800000000"),
        ("1.3800138001E+10", Content.PHONE, DamageKind.SCIENTIFIC, "13800138001"),
        ("1.38E+10", Content.PHONE, DamageKind.DIGITS_LOST, None),
        ("5434321234", Content.PHONE, DamageKind.LEADING_ZERO, "05434321234"),
        ("543-4321234", Content.PHONE, DamageKind.LEADING_ZERO, "0543-4321234"),
        ("46082", Content.DATE, DamageKind.DATE_SERIAL, "2026-03-01"),
        ("46082.0", Content.DATE, DamageKind.DATE_SERIAL, "2026-03-01"),
        ("12.340000000000001", Content.MU, DamageKind.FLOAT_NOISE, "12.34"),
        ("899.99999999999989", Content.YUAN, DamageKind.FLOAT_NOISE, "900.00"),
        ("1.2E+05", Content.YUAN, DamageKind.DIGITS_LOST, None),
        ("########", Content.DATE, DamageKind.CELL_OVERFLOW, None),
        ("#N/A", Content.TEXT, DamageKind.FORMULA_ERROR, None),
        ("#REF!", Content.MU, DamageKind.FORMULA_ERROR, None),
    ],
)
def test_damage_is_told_and_what_can_be_recovered_is(
    text: str, content: Content, kind: DamageKind, recovered: str | None
) -> None:
    damage = find_damage(text, content)
    assert damage is not None
    assert (damage.kind, damage.recovered) == (kind, recovered)
    assert damage.message.endswith("。")


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("", Content.ID_NUMBER),
        (SOUND_ID, Content.ID_NUMBER),
        ("110105194912310021", Content.ID_NUMBER),
        ("37168110020101000", Content.ID_NUMBER),
        ("3716811002010100120", Content.PARCEL_CODE),
        ("371681100201011000", Content.CONTRACTOR_CODE),
        ("37168110020100", Content.ISSUER_CODE),
        ("91110000600037341L", Content.CREDIT_CODE),
        ("371681100201010012J", Content.LAND_CONTRACT_CODE),
        ("13800138000", Content.PHONE),
        ("0543-4321234", Content.PHONE),
        ("2026-03-01", Content.DATE),
        ("20260301", Content.DATE),
        ("12.34", Content.MU),
        ("12.345", Content.MU),
        ("3.333333333333", Content.MU),
        ("5", Content.COUNT),
        ("3.71E+17", Content.TEXT),
        ("#3 组", Content.TEXT),
        ("王建国", Content.ID_NUMBER),
    ],
)
def test_a_sound_cell_and_an_ordinary_slip_are_left_to_other_checks(text: str, content: Content) -> None:
    assert find_damage(text, content) is None


@given(st.integers(10**16, 10**17 - 1).map(str))
def test_a_sound_id_is_never_called_damaged(first_17: str) -> None:
    assert find_damage(first_17 + check_digit(first_17), Content.ID_NUMBER) is None


@given(st.dates(date(1954, 10, 4), date(2190, 1, 1)))
def test_every_serial_gives_back_its_day(day: date) -> None:
    damage = find_damage(str((day - date(1899, 12, 30)) // timedelta(days=1)), Content.DATE)
    assert damage is not None
    assert damage.recovered == day.isoformat()
