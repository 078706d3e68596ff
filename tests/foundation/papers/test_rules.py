"""Tokens, and how often one address may ask."""

from datetime import timedelta

from foundation.papers.rules import Throttle, token_of
from tests.conftest import KEYS, NOW


def token(**changes: object) -> str:
    said = {"kind": "contract", "number": "A-1", "version": 1, "digest": "d"} | changes
    return token_of(**said, sign=KEYS.signature)  # type: ignore[arg-type]


def test_equal_papers_have_equal_tokens_and_every_difference_gives_another() -> None:
    tokens = {token(), token(kind="mandate"), token(number="A-2"), token(version=2), token(digest="e")}
    assert token() == token()
    assert len(tokens) == 5


def test_a_token_is_sixteen_letters_that_a_small_qr_code_holds() -> None:
    assert len(token()) == 16
    assert token().isalnum()
    assert token() == token().upper()


def test_too_many_questions_from_one_address_wait_and_others_do_not() -> None:
    throttle = Throttle(most=3)
    assert [throttle.admits("a", NOW) for _ in range(4)] == [True, True, True, False]
    assert throttle.admits("b", NOW)
    assert throttle.admits("a", NOW + timedelta(minutes=2))
