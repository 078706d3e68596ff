"""The rules of acceptance: codes that survive a hand, guesses that never end, states, days and findings."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.acceptance.rules import checks
from coop.acceptance.rules.checks import UsedPicture, WordFacts, WorkFact, check_word
from coop.acceptance.rules.codes import (
    ALPHABET,
    CodeMistyped,
    NoCode,
    NotInCodes,
    chance_of_a_hit,
    derived_code,
    read_code,
    written,
)
from coop.acceptance.rules.guesses import GuessGuard
from coop.acceptance.rules.slips import CodeState, SlipFacts, code_state, due_day, may_deem, slip_state
from coop.acceptance.rules.terms import AcceptanceWay, SlipState
from coop.contracts.rules.terms import Severity

NOON = datetime(2026, 7, 2, 4, 0, tzinfo=UTC)
DAY = date(2026, 7, 2)


def sign(text: str) -> bytes:
    return sha256(text.encode()).digest()


def test_a_code_is_the_same_for_ever_and_the_next_one_another() -> None:
    assert derived_code(7, 1, sign) == derived_code(7, 1, sign)
    assert derived_code(7, 1, sign) != derived_code(7, 2, sign)
    assert derived_code(7, 1, sign) != derived_code(71, 1, sign)


def test_a_code_holds_no_character_that_looks_like_another() -> None:
    assert not set(ALPHABET) & set("01258BILOQSUZ")


@given(st.integers(1, 10**9), st.integers(1, 50))
def test_a_code_reads_back_however_it_is_written(slip: int, serial: int) -> None:
    code = derived_code(slip, serial, sign)
    full_width = code.translate({ord(c): ord(c) + 0xFEE0 for c in ALPHABET})
    for text in (written(code), code.lower(), written(code).replace("-", " "), full_width, f" {code} "):
        assert read_code(text) == code


@given(st.integers(1, 10**6), st.integers(0, 19), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_told_at_once(slip: int, place: int, other: str) -> None:
    code = derived_code(slip, 1, sign)
    if code[place] != other:
        with pytest.raises(CodeMistyped):
            read_code(code[:place] + other + code[place + 1 :])


@given(st.integers(1, 10**6), st.integers(0, 17))
def test_two_neighbours_exchanged_are_told_at_once(slip: int, place: int) -> None:
    code = derived_code(slip, 1, sign)
    if code[place] != code[place + 1]:
        with pytest.raises(CodeMistyped):
            read_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


def test_a_code_cut_short_or_with_strange_characters_is_refused_with_the_cure() -> None:
    with pytest.raises(NoCode, match="有 3 位"):
        read_code("ACD")
    with pytest.raises(NotInCodes, match="“0”"):
        read_code("0" * 20)


def test_a_thousand_guesses_a_minute_for_a_year_find_nothing() -> None:
    year = 60 * 24 * 365
    assert chance_of_a_hit(per_minute=1_000, minutes=year, open_codes=1_000_000) < 1e-11
    assert chance_of_a_hit(per_minute=16 * 300, minutes=10 * year, open_codes=1_000_000) < 1e-9


def test_an_address_is_heard_ten_times_and_again_when_its_time_is_over() -> None:
    guard = GuessGuard()
    heard = 0
    for second in range(1_000):
        at = NOON + timedelta(milliseconds=60 * second)
        if guard.admits("10.0.0.1", at):
            heard += 1
            guard.note_wrong("10.0.0.1", at)
    assert heard == 10
    assert guard.admits("10.0.0.2", NOON)
    assert guard.admits("10.0.0.1", NOON + timedelta(minutes=12))


def test_in_a_storm_from_many_addresses_only_those_never_wrong_are_heard() -> None:
    guard = GuessGuard()
    for number in range(1_000):
        if guard.admits(f"10.1.{number % 250}.1", NOON):
            guard.note_wrong(f"10.1.{number % 250}.1", NOON)
    assert not guard.admits("10.1.3.1", NOON)
    assert guard.admits("10.9.9.9", NOON)


def test_the_memory_of_addresses_is_bounded() -> None:
    guard = GuessGuard(addresses=100)
    for number in range(1_000):
        guard.note_wrong(str(number), NOON)
    assert len(guard._wrong) <= 100


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"unreported": 1}, SlipState.NOT_READY),
        ({"waiting": 1}, SlipState.UNTOLD),
        ({"waiting": 1, "noticed_on": DAY, "due_on": DAY}, SlipState.WAITING),
        ({"waiting": 1, "noticed_on": DAY, "due_on": DAY - timedelta(days=1)}, SlipState.OVERDUE),
        ({"waiting": 1, "disputed": 1}, SlipState.DISPUTED),
        ({"accepted": 2}, SlipState.ANSWERED),
        ({"accepted": 2, "deemed": 1}, SlipState.DEEMED),
        ({"unreported": 1, "accepted": 1}, SlipState.NOT_READY),
        ({}, SlipState.NOTHING),
    ],
)
def test_a_slip_stands_where_its_facts_say(facts: dict[str, object], state: SlipState) -> None:
    assert slip_state(SlipFacts(**facts), DAY) is state  # type: ignore[arg-type]


def test_a_code_is_none_open_spent_revoked_or_expired() -> None:
    later, before = NOON + timedelta(days=1), NOON - timedelta(days=1)
    facts = {"coded_at": before, "answered_at": None, "revoked_at": None, "expires_at": later}
    assert code_state(**{**facts, "coded_at": None}, now=NOON) is CodeState.NONE
    assert code_state(**facts, now=NOON) is CodeState.OPEN
    assert code_state(**{**facts, "expires_at": NOON}, now=NOON) is CodeState.EXPIRED
    assert code_state(**{**facts, "answered_at": before, "expires_at": before}, now=NOON) is CodeState.SPENT
    assert code_state(**{**facts, "answered_at": before, "revoked_at": before}, now=NOON) is CodeState.REVOKED


def test_silence_counts_only_after_notice_after_its_days_and_without_later_reports() -> None:
    told = date(2026, 6, 20)
    due = due_day(told, 7)
    assert not may_deem(None, None, told, DAY)
    assert not may_deem(told, due, told, due)
    assert may_deem(told, due, told, due + timedelta(days=1))
    assert not may_deem(told, due, told + timedelta(days=1), due + timedelta(days=1))


def facts(**given: object) -> WordFacts:
    values: dict[str, object] = {
        "order": "邹作业〔2026〕000001号",
        "household": "王秀英",
        "way": AcceptanceWay.PAPER,
        "answered_on": DAY,
        "today": DAY,
        "has_picture": True,
        "recorder": "张伟",
    }
    return WordFacts(**(values | given))  # type: ignore[arg-type]


def test_a_sound_paper_has_nothing_said_of_it() -> None:
    assert check_word(facts()) == []


def test_a_paper_without_a_picture_of_its_signature_is_blocked() -> None:
    (found,) = check_word(facts(has_picture=False))
    assert found.severity is Severity.BLOCK
    assert "王秀英" in found.text
    assert "没有签字或指印照片" in found.text


def test_a_picture_that_was_used_is_blocked_with_the_place_of_its_first_use() -> None:
    used = UsedPicture(order="邹作业〔2026〕000009号", household="李国强", on=date(2026, 6, 30))
    (found,) = check_word(facts(used_picture=used))
    assert found.severity is Severity.BLOCK
    assert all(word in found.text for word in ("2026-06-30", "邹作业〔2026〕000009号", "李国强", "王秀英"))


def test_dozens_of_households_in_a_day_by_one_hand_want_a_reason() -> None:
    assert check_word(facts(recorded_that_day=checks.CROWD - 2)) == []
    (found,) = check_word(facts(recorded_that_day=checks.CROWD - 1))
    assert found.severity is Severity.REASON
    assert all(word in found.text for word in ("张伟", "2026-07-02", "24 户"))


def test_one_telephone_for_many_households_is_told() -> None:
    (found,) = check_word(facts(way=AcceptanceWay.CODE, from_one_telephone=2))
    assert found.severity is Severity.NOTE
    assert "同一部手机已为 3 户" in found.text


def test_one_network_for_many_households_is_told_later_than_one_telephone() -> None:
    assert check_word(facts(way=AcceptanceWay.CODE, from_one_network=8)) == []
    (found,) = check_word(facts(way=AcceptanceWay.CODE, from_one_network=9))
    assert "同一网络地址已为 10 户" in found.text


def test_acceptance_before_work_is_blocked_with_both_days() -> None:
    line = WorkFact(place="line-1", parcel="3716811012660400001", done_on=DAY + timedelta(days=0))
    assert check_word(facts(lines=(line,))) == []
    (found,) = check_word(facts(lines=(line,), answered_on=DAY - timedelta(days=1)))
    assert found.severity is Severity.BLOCK
    assert all(word in found.text for word in ("3716811012660400001", "2026-07-02", "2026-07-01"))


def test_acceptance_in_the_future_is_blocked() -> None:
    (found,) = check_word(facts(answered_on=DAY + timedelta(days=1)))
    assert "晚于今天" in found.text
