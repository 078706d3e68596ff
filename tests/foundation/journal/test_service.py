"""The journal keeps what happened, and only that; the database itself refuses to change it."""

from datetime import date

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from foundation.accounts.rules import AccountAct
from foundation.database.engine import ReadOnly, writing
from foundation.journal import queries
from foundation.journal.models import JournalEntry, JournalHead
from foundation.journal.service import origin, record
from tests.conftest import NOW
from tests.foundation.accounts.builders import make_account, make_unit, make_viewer


def entries(session: Session) -> list[JournalEntry]:
    return list(session.scalars(select(JournalEntry).order_by(JournalEntry.id)))


def test_an_entry_says_who_did_what_to_whom_when_and_from_where(session: Session) -> None:
    unit, viewer = make_unit("青阳供销社"), make_viewer(name="李建国")
    origin.set("10.1.2.3")
    record(AccountAct.CHANGED, unit, viewer=viewer, now=NOW, reason="核对", note="说明")
    session.commit()
    origin.set("")
    (entry,) = entries(session)
    assert (entry.at, entry.actor_name, entry.act, entry.address) == (
        NOW,
        "李建国",
        "accounts.changed",
        "10.1.2.3",
    )
    assert (entry.subject_type, entry.subject_id, entry.subject_label) == ("unit", str(unit.id), "青阳供销社")
    assert (entry.division_code, entry.reason, entry.note) == ("371681000000", "核对", "说明")


def test_changed_fields_are_kept_before_and_after_even_over_two_flushes(
    session: Session,
) -> None:
    unit, viewer = make_unit("青阳供销社"), make_viewer()
    session.commit()
    unit.name = "青阳镇供销社"
    session.flush()
    unit.valid_from = date(2026, 1, 1)
    record(AccountAct.CHANGED, unit, viewer=viewer, now=NOW)
    session.commit()
    (entry,) = entries(session)
    assert entry.changes == {"name": ["青阳供销社", "青阳镇供销社"], "valid_from": [None, "2026-01-01"]}


def test_a_created_row_is_kept_with_its_first_values(session: Session) -> None:
    viewer = make_viewer()
    session.commit()
    account = make_account("李建国", "lijianguo")
    account.phone = "13905431234"
    session.flush()
    record(AccountAct.CREATED, account, viewer=viewer, now=NOW)
    account.name = "李建囯"
    record(AccountAct.CHANGED, account, viewer=viewer, now=NOW)
    session.commit()
    created, changed = entries(session)
    assert created.changes["login_name"] == [None, "lijianguo"]
    assert created.changes["phone"] == ["", "已变更"]
    assert {"id", "version", "locked_until", "former_hashes"}.isdisjoint(created.changes)
    assert changed.changes == {"name": ["李建国", "李建囯"]}


def test_each_act_on_one_row_keeps_its_own_changes(session: Session) -> None:
    unit, viewer = make_unit("甲"), make_viewer()
    session.commit()
    for name in ("乙", "丙"):
        unit.name = name
        record(AccountAct.CHANGED, unit, viewer=viewer, now=NOW)
    session.commit()
    assert [entry.changes["name"] for entry in entries(session)] == [["甲", "乙"], ["乙", "丙"]]


def test_a_change_made_in_a_finished_step_is_still_known_after_it(session: Session) -> None:
    unit, viewer = make_unit("甲"), make_viewer()
    session.commit()
    with session.begin_nested():
        unit.name = "乙"
    record(AccountAct.CHANGED, unit, viewer=viewer, now=NOW)
    session.commit()
    assert entries(session)[0].changes == {"name": ["甲", "乙"]}


def test_a_field_that_returns_to_its_value_has_not_changed(session: Session) -> None:
    unit, viewer = make_unit("甲"), make_viewer()
    session.commit()
    for name in ("乙", "甲"):
        unit.name = name
        session.flush()
    record(AccountAct.CHANGED, unit, viewer=viewer, now=NOW)
    session.commit()
    assert entries(session)[0].changes == {}


def test_sealed_and_secret_values_appear_only_as_changed(session: Session) -> None:
    account, viewer = make_account(), make_viewer()
    session.commit()
    account.phone = "13905431234"
    account.password_hash = "another"
    record(AccountAct.CHANGED, account, viewer=viewer, now=NOW)
    session.commit()
    (entry,) = entries(session)
    assert entry.changes == {"phone": ["", "已变更"], "password_hash": ["", "已变更"]}


def test_work_that_is_rolled_back_leaves_no_entry(session: Session) -> None:
    unit, viewer = make_unit(), make_viewer()
    session.commit()
    record(AccountAct.CHANGED, unit, viewer=viewer, now=NOW, note="withdrawn")
    session.rollback()
    record(AccountAct.CHANGED, unit, viewer=viewer, now=NOW, note="kept")
    session.commit()
    assert [entry.note for entry in entries(session)] == ["kept"]


def test_a_step_that_is_rolled_back_takes_only_its_own_entries_along(session: Session) -> None:
    viewer = make_viewer()
    session.commit()
    record(AccountAct.CHANGED, None, viewer=viewer, now=NOW, note="before")
    with session.begin_nested():
        record(AccountAct.CHANGED, None, viewer=viewer, now=NOW, note="kept step")
    step = session.begin_nested()
    record(AccountAct.CHANGED, None, viewer=viewer, now=NOW, note="undone step")
    step.rollback()
    session.commit()
    assert [entry.note for entry in entries(session)] == ["before", "kept step"]


def test_a_reading_request_cannot_write_the_journal(session: Session) -> None:
    viewer = make_viewer()
    session.commit()
    writing.set(False)
    record(AccountAct.CHANGED, None, viewer=viewer, now=NOW)
    with pytest.raises(ReadOnly):
        session.commit()
    session.rollback()


@pytest.mark.parametrize("statement", [update(JournalEntry).values(note="other"), delete(JournalEntry)])
def test_the_database_refuses_to_change_or_remove_an_entry(session: Session, statement: object) -> None:
    record(AccountAct.CHANGED, None, viewer=make_viewer(), now=NOW)
    session.commit()
    with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
        session.execute(statement)  # type: ignore[call-overload]


def written(session: Session, count: int = 5) -> None:
    viewer = make_viewer()
    for number in range(count):
        record(AccountAct.CHANGED, make_unit(f"单位{number}"), viewer=viewer, now=NOW, note=str(number))
        if number % 2:
            session.commit()
    session.commit()


def tamper(session: Session, statement: str) -> None:
    """Change the journal as somebody with the database in hand would: the guards taken away first."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER journal_entry_refuses_update"))
        session.execute(text("DROP TRIGGER journal_entry_refuses_delete"))
    else:
        session.execute(text("ALTER TABLE journal_entry DISABLE TRIGGER USER"))
    session.execute(text(statement))
    session.expire_all()


def test_a_whole_chain_holds(session: Session) -> None:
    assert queries.verify(session) is None
    written(session)
    assert queries.verify(session) is None


@pytest.mark.parametrize(
    ("statement", "entry_id"),
    [
        ("UPDATE journal_entry SET actor_name = '他人' WHERE id = 3", 3),
        ("UPDATE journal_entry SET note = 'x' WHERE id = 1", 1),
        ("DELETE FROM journal_entry WHERE id = 2", 2),
        ("DELETE FROM journal_entry WHERE id = 5", 5),
        ("DELETE FROM journal_entry", 1),
        ("UPDATE journal_entry SET digest = substr(digest, 2) || 'x' WHERE id = 4", 4),
    ],
)
def test_the_first_broken_entry_is_named(session: Session, statement: str, entry_id: int) -> None:
    written(session)
    tamper(session, statement)
    broken = queries.verify(session)
    assert broken is not None
    assert broken.entry_id == entry_id
    assert broken.fault


def test_an_entry_added_behind_the_back_of_the_chain_is_found(session: Session) -> None:
    written(session)
    last = entries(session)[-1]
    forged = {column.name: getattr(last, column.key) for column in JournalEntry.__table__.columns}
    row = {**forged, "id": 6, "previous": last.digest, "digest": "0" * 64}
    session.execute(insert(JournalEntry), [row])
    broken = queries.verify(session)
    assert broken is not None
    assert broken.entry_id == 6


def test_the_head_names_the_last_entry(session: Session) -> None:
    written(session)
    head = session.get_one(JournalHead, 1)
    assert (head.last_id, head.digest) == (5, entries(session)[-1].digest)
