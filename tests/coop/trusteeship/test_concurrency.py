"""Several clerks count work of one village at the same moment: nothing is lost, nobody waits in a circle."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask

from coop.acceptance.rules.book import AcceptedWork
from coop.trusteeship.service import LEDGER, AlreadyCounted
from foundation.database.engine import db, writing
from tests.conftest import make_app, new_postgres_database
from tests.coop.trusteeship import plainly
from tests.coop.trusteeship.builders import (
    NOW,
    accept,
    make_general,
    make_household,
    make_line,
    make_parcel,
    make_project,
    work_of,
)

CLERKS = 4
PERSON = "372330196501011235"


@pytest.fixture
def office(database: str, tmp_path: Path, worker_id: str) -> Iterator[Flask]:
    """An installation with a database of its own, whose transactions are real."""
    url = (
        f"sqlite:///{tmp_path / 'ledger.db'}"
        if database == "sqlite"
        else new_postgres_database(f"ledger_{worker_id}")
    )
    app = make_app(tmp_path, url)
    with app.app_context():
        writing.set(True)
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def all_at_once(office: Flask, works: list[Callable[[], object]]) -> list[object]:
    """Do every work in a thread and a transaction of its own from the same moment; return the refusals."""
    start = Barrier(len(works))

    def do(work: Callable[[], object]) -> object:
        with office.app_context():
            writing.set(True)
            start.wait()
            try:
                work()
                db.session.commit()
            except AlreadyCounted as refusal:
                db.session.rollback()
                return refusal
            finally:
                db.session.remove()
        return None

    with ThreadPoolExecutor(len(works)) as pool:
        return [refusal for refusal in pool.map(do, works) if refusal is not None]


def entering(*works: AcceptedWork) -> Callable[[], object]:
    """The act of counting these works."""
    return lambda: LEDGER.enter(works, now=NOW)


def test_clerks_who_count_one_village_at_once_lose_nothing(office: Flask) -> None:
    household = make_household(number=PERSON)
    project = make_project({"04": 20_00})
    works = [
        [
            work_of(make_line(make_parcel(household), "04", programme=programme))
            for programme in (project, make_general())
        ]
        for _ in range(CLERKS)
    ]
    db.session.commit()
    turned = [pair if number % 2 else pair[::-1] for number, pair in enumerate(works)]
    assert all_at_once(office, [entering(*pair) for pair in turned]) == []
    db.session.expire_all()
    plainly.check()
    assert {row["small_households"] + row["large_households"] for row in plainly.kept_summary().values()} == {
        1
    }


def test_the_first_works_of_a_year_begin_it_once(office: Flask) -> None:
    household = make_household()
    project = make_project({"04": 20_00})
    works = [work_of(make_line(make_parcel(household), programme=project)) for _ in range(CLERKS)]
    db.session.commit()
    assert all_at_once(office, [entering(work) for work in works]) == []
    db.session.expire_all()
    plainly.check()


def test_of_two_who_count_the_same_work_one_is_refused(office: Flask) -> None:
    parcel = make_parcel(make_household())
    first = make_line(parcel)
    first.cancelled_at = NOW
    works = [work_of(first), work_of(make_line(parcel))]
    db.session.commit()
    (refusal,) = all_at_once(office, [entering(work) for work in works])
    assert "已经计入" in str(refusal)


def test_counting_and_striking_at_once_leave_what_stands(office: Flask) -> None:
    household = make_household()
    standing = [make_line(make_parcel(household)) for _ in range(CLERKS)]
    for line in standing:
        accept(line)
    coming = [work_of(make_line(make_parcel(household), "08")) for _ in range(CLERKS)]
    for line in standing:
        line.accepted_area, line.accepted_on = None, None
    lines = [line.id for line in standing]
    db.session.commit()
    strikes = [lambda one=one: LEDGER.strike([one], reason="撤回", now=NOW) for one in lines]
    assert all_at_once(office, [*strikes, *(entering(work) for work in coming)]) == []
    db.session.expire_all()
    plainly.check()


def test_what_the_checks_found_holds_until_the_work_is_counted(office: Flask) -> None:
    household = make_household()
    parcel = make_parcel(household)
    works = [work_of(make_line(parcel, link)) for link in ("04", "08")]
    accept(make_line(make_parcel(household)))
    db.session.commit()

    def accepting(work: AcceptedWork) -> Callable[[], object]:
        def act() -> None:
            assert not LEDGER.findings([work])
            LEDGER.enter([work], now=NOW)

        return act

    assert all_at_once(office, [accepting(work) for work in works]) == []
    db.session.expire_all()
    plainly.check()
