"""Many clerks at once, each on a connection of his own: numbers without gaps, land promised once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from coop.contracts import queries, service
from coop.contracts.models import Contract
from foundation.access.grants import Viewer
from foundation.database.engine import db, writing
from tests.conftest import make_app, new_postgres_database
from tests.coop.contracts.builders import (
    NOW,
    collective_details,
    drafted,
    lease_details,
    make_clerk,
    make_household,
    order_details,
)

CLERKS = 4


@pytest.fixture
def office(database: str, tmp_path: Path, worker_id: str) -> Iterator[Flask]:
    """An installation with a database of its own, whose transactions are real."""
    url = (
        f"sqlite:///{tmp_path / 'office.db'}"
        if database == "sqlite"
        else new_postgres_database(f"office_{worker_id}")
    )
    app = make_app(tmp_path, url)
    with app.app_context():
        writing.set(True)
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def all_at_once(office: Flask, works: list[Callable[[], object]]) -> list[object]:
    """Do every work in a thread of its own from the same moment; return results, or the refusals."""
    start = Barrier(len(works))

    def do(work: Callable[[], object]) -> object:
        with office.app_context():
            writing.set(True)
            start.wait()
            try:
                result = work()
                db.session.commit()
            except service.ContractRefused as refusal:
                db.session.rollback()
                return refusal
            finally:
                db.session.remove()
            return result

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(do, works))


def submission(contract_id: int, clerk: Viewer) -> Callable[[], object]:
    """The work of handing one contract in."""

    def submit() -> object:
        contract = queries.get(clerk, contract_id)
        service.submit(contract, viewer=clerk, now=NOW)
        return contract.number

    return submit


def test_four_clerks_take_numbers_without_a_gap(office: Flask) -> None:
    clerk = make_clerk()
    made = [drafted(lease_details(), clerk).id for _ in range(CLERKS)]
    db.session.commit()
    numbers = all_at_once(office, [submission(one, clerk) for one in made])
    assert sorted(map(str, numbers)) == [f"邹供托〔2026〕{number:06d}号" for number in range(1, CLERKS + 1)]


def test_of_two_who_promise_the_same_land_one_is_refused(office: Flask) -> None:
    clerk, household = make_clerk(), make_household()
    rivals = [drafted(lease_details(household), clerk).id, drafted(order_details(household), clerk).id]
    db.session.commit()
    results = all_at_once(office, [submission(one, clerk) for one in rivals])
    refused = [result for result in results if isinstance(result, service.ContractRefused)]
    assert len(refused) == 1
    assert "已在合同" in str(refused[0])
    submitted = select(Contract).where(Contract.submitted_at.is_not(None))
    assert len(db.session.scalars(submitted).all()) == 1


def test_a_refused_submission_gives_its_number_back(office: Flask) -> None:
    clerk, household = make_clerk(), make_household()
    first = drafted(collective_details(clerk), clerk).id
    twins = [drafted(lease_details(household), clerk).id, drafted(order_details(household), clerk).id]
    db.session.commit()
    all_at_once(office, [submission(one, clerk) for one in (first, *twins)])
    db.session.expire_all()
    serials = db.session.scalars(select(Contract.serial).where(Contract.serial.is_not(None))).all()
    assert sorted(map(int, filter(None, serials))) == [1, 2]
