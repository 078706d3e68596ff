"""Whoever works in another township meets nothing of this one: every address, list, export, picker, paper."""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.config import Settings
from app.factory import create_app
from app.sample import PASSWORD
from coop.acceptance.models import AcceptanceSlip, Dispute
from coop.amendments.models import Amendment
from coop.contracts.models import Contract
from coop.households.models import Household
from coop.machinery.models import Machine, Operator
from coop.mandates.models import Mandate
from coop.operations.models import OrderLine, WorkOrder, WorkReport
from coop.organisations.models import Organisation
from coop.parcels.models import Parcel
from coop.programmes.models import Programme
from coop.tracks.models import RemeasureTask, Track
from coop.trusteeship.models import AcreageSheet
from foundation.accounts.models import Account, LoginSession
from foundation.attachments.models import Attachment
from foundation.database.base import Base
from foundation.database.engine import db, writing
from foundation.imports.models import ImportBatch
from foundation.jobs.models import Job
from foundation.journal.models import JournalEntry
from foundation.papers.models import PrintedPaper
from foundation.postings.models import Posting, Role
from foundation.units.models import Unit

VILLAGE, COLLECTIVE = "371681101266", "邹平市长山镇范公村股份经济合作社"
INSIDER, OUTSIDERS = "zhangwei.cs", ("liuyan.jq", "wangchangshun", "sunlei.jq")
SCAN = "范公村签字页.png"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082"
)
HIDDEN = (403, 404)
OPEN_TO_ALL = {
    "static": "style sheets and scripts",
    "verify.show_public": "whoever holds the paper may verify it",
    "coop.acceptance.reply.show": "whoever holds the code may answer",
    "coop.acceptance.reply.send": "whoever holds the code may answer",
    "foundation.imports.template": "an empty workbook",
    "coop.catalogue.edit": "crops and links are the county's",
    "coop.catalogue.change": "crops and links are the county's",
    "coop.catalogue.new": "crops and links are the county's",
    "coop.catalogue.create": "crops and links are the county's",
    "coop.programmes.show": "a county's programmes concern all who work in it",
    "coop.catalogue.required": "crops and seasons are the county's",
    "coop.catalogue.require": "crops and seasons are the county's",
    "foundation.divisions.show": "every division is common knowledge",
    "foundation.drafts.show": "a key opens only one's own draft",
    "foundation.drafts.keep": "a key keeps only one's own draft",
    "foundation.drafts.discard": "a key discards only one's own draft",
}
"""Addresses with a part that names no row of a township, and why."""

NOT_WALKED = {"foundation.accounts.log_out", "foundation.accounts.log_in"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Township:
    """Rows of the first township by the names that addresses have for them, and what only it knows."""

    ids: Mapping[str, object]
    secrets: tuple[str, ...]


@pytest.fixture(scope="module")
def county(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The sample county on a copy of its own; jobs are done on the spot."""
    home = tmp_path_factory.mktemp("walk") / "home"
    shutil.copytree(sample_home, home)
    overrides: dict[str, object] = {"TESTING": True, "WTF_CSRF_ENABLED": False, "JOBS_IMMEDIATE": True}
    app = create_app(Settings(home=home, overrides=overrides))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def entered(county: Flask, login_name: str) -> FlaskClient:
    """A browser in which a person has logged in."""
    client = county.test_client()
    typed = {"login_name": login_name, "password": PASSWORD}
    assert client.post("/foundation/accounts/login", data=typed).status_code == 302
    return client


def first(model: type[Base], **where: object) -> int:
    """Return the first row of a model that answers a condition."""
    found: int = db.session.scalars(
        select(model.__table__.c.id).filter_by(**where).order_by("id").limit(1)
    ).one()
    return found


def told(model: type[Base], column: str, key: object) -> str:
    """Return what a row says in one column."""
    return str(db.session.scalars(select(model.__table__.c[column]).where(model.__table__.c.id == key)).one())


@pytest.fixture(scope="module")
def township(county: Flask) -> Township:
    """A paper, a scan, a batch and a job besides the rows that 长山 has already."""
    insider = entered(county, INSIDER)
    with county.app_context():
        writing.set(True)
        within = Contract.division_code == VILLAGE, Contract.signed_on.is_not(None)
        contract = db.session.scalars(select(Contract.id).where(*within).order_by(Contract.id.desc())).first()
    printed = insider.post(f"/foundation/papers/contract/{contract}/print")
    assert printed.status_code == 200
    insider.post(f"/foundation/attachments/contract/{contract}", data={"files": (BytesIO(PIXEL), SCAN)})
    assert insider.post("/coop/trusteeship/statistics/print").status_code == 200
    insider.post("/coop/contracts/print", data={"extent": "selected", "selected": [contract]})
    with county.app_context():
        writing.set(True)
        return Township(ids=_ids(contract), secrets=_secrets(contract))


def _ids(contract: int | None) -> dict[str, object]:
    insider = first(Account, login_name=INSIDER)
    household = first(Household, division_code=VILLAGE)
    return {
        "contract_id": contract,
        "household_id": household,
        "parcel_id": first(Parcel, household_id=household),
        "mandate_id": first(Mandate, household_id=household),
        "amendment_id": first(Amendment, division_code=VILLAGE),
        "order_id": first(WorkOrder, division_code=VILLAGE),
        "line_id": first(OrderLine, division_code=VILLAGE),
        "report_id": first(WorkReport, line_id=first(OrderLine, division_code=VILLAGE)),
        "slip_id": first(AcceptanceSlip, division_code=VILLAGE),
        "dispute_id": first(Dispute, division_code=VILLAGE),
        "organisation_id": first(Organisation, name=COLLECTIVE),
        "machine_id": first(Machine, division_code=f"{VILLAGE[:9]}000"),
        "operator_id": first(Operator, division_code=f"{VILLAGE[:9]}000"),
        "programme_id": first(Programme),
        "track_id": first(Track, division_code=VILLAGE),
        "task_id": first(RemeasureTask, division_code=VILLAGE),
        "sheet_id": first(AcreageSheet, division_code=f"{VILLAGE[:9]}000"),
        "batch_id": first(ImportBatch, account_id=insider),
        "job_id": first(Job, account_id=insider),
        "paper_id": first(PrintedPaper, subject_id=contract),
        "attachment_id": first(Attachment, owner_id=contract),
        "owner_type": "contract",
        "owner_id": contract,
        "kind": "contract",
        "subject_id": contract,
        "name": SCAN,
        "field": "phone",
        "account_id": insider,
        "session_id": first(LoginSession, account_id=insider),
        "posting_id": first(Posting, account_id=insider),
        "unit_id": first(Unit, name="长山供销合作社"),
        "role_id": first(Role),
        "entry_id": first(JournalEntry),
        "code": f"{VILLAGE}",
    }


def _secrets(contract: int | None) -> tuple[str, ...]:
    household = first(Household, division_code=VILLAGE)
    return (
        told(Contract, "number", contract),
        told(Household, "code", household),
        told(Parcel, "code", first(Parcel, household_id=household)),
        told(Mandate, "number", first(Mandate, household_id=household)),
        told(Machine, "terminal_number", first(Machine, division_code=f"{VILLAGE[:9]}000")),
        told(Operator, "licence_number", first(Operator, division_code=f"{VILLAGE[:9]}000")),
        told(Track, "file_name", first(Track, division_code=VILLAGE)),
        told(Amendment, "number", first(Amendment, division_code=VILLAGE)),
        told(WorkOrder, "number", first(WorkOrder, division_code=VILLAGE)),
        told(PrintedPaper, "token", first(PrintedPaper, subject_id=contract)),
        told(Organisation, "credit_code", first(Organisation, name=COLLECTIVE)),
        "changshan_fangong.xlsx",
        SCAN,
    )


@pytest.fixture(scope="module", params=OUTSIDERS)
def outsider(county: Flask, request: pytest.FixtureRequest) -> FlaskClient:
    """Somebody of another township: who drafts, who approves, who only reads."""
    return entered(county, request.param)


def rules(county: Flask) -> list[Rule]:
    """Every address of the application; new ones come by themselves."""
    return [rule for rule in county.url_map.iter_rules() if rule.endpoint not in NOT_WALKED]


def test_every_part_of_an_address_is_known_to_the_walk(county: Flask, township: Township) -> None:
    unknown = {
        f"{rule.rule}: {name}"
        for rule in rules(county)
        if rule.endpoint not in OPEN_TO_ALL
        for name in rule.arguments - set(township.ids)
    }
    assert not unknown, "map these parts to rows of the first township"


def test_no_address_opens_a_row_of_another_township(
    county: Flask, township: Township, outsider: FlaskClient
) -> None:
    opened = []
    for rule in rules(county):
        if not rule.arguments or rule.endpoint in OPEN_TO_ALL:
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            answer = _ask(county, outsider, rule, method, township)
            is_run = rule.endpoint == "foundation.papers.start_run"
            if answer.status_code not in HIDDEN and not is_run:
                opened.append(f"{answer.status_code} {method} {rule.rule}")
    assert opened == []


def test_no_list_picker_or_form_tells_of_another_township(
    county: Flask, township: Township, outsider: FlaskClient
) -> None:
    leaks = []
    for rule in rules(county):
        if "GET" not in (rule.methods or set()) or rule.arguments:
            continue
        for asked in ({}, *_questions(township)):
            answer = outsider.get(rule.rule, query_string=asked)
            assert answer.status_code < 500, f"{rule.rule} {asked}"
            body = answer.get_data(as_text=True)
            leaks += [f"{rule.rule} {asked}: {one}" for one in township.secrets if one in body]
    assert leaks == []


def _questions(township: Township) -> list[dict[str, object]]:
    """What a person may type into a query bar, a picker or the address to get at the other township."""
    return [
        {"q": "范公", "text": "范公", "number": "邹"},
        {"q": "fgc", "text": "fgc"},
        {"division": VILLAGE, "q": VILLAGE},
        {"contract": township.ids["contract_id"], "household": township.ids["household_id"]},
        {"parcel": township.ids["parcel_id"], "organisation": township.ids["organisation_id"]},
    ]


def _ask(county: Flask, client: FlaskClient, rule: Rule, method: str, township: Township) -> TestResponse:
    with county.test_request_context():
        values = {name: township.ids[name] for name in rule.arguments}
        address = county.url_map.bind("localhost").build(rule.endpoint, values, method=method)
    chosen = {
        "selected": [township.ids["contract_id"]],
        "extent": "selected",
        "reason": "想看看",
        "version": "1",
    }
    files = {"files": (BytesIO(PIXEL), SCAN), "scans": (BytesIO(PIXEL), SCAN)}
    return client.open(address, method=method, data=chosen | files if method == "POST" else None)


def test_an_export_has_the_rows_of_its_list_and_no_other(county: Flask, township: Township) -> None:
    for login_name in (OUTSIDERS[0], OUTSIDERS[1]):
        client = entered(county, login_name)
        for place in ("contracts", "mandates"):
            listed = client.get(f"/coop/{place}/").get_data(as_text=True)
            shown = re.search(r'class="found"[^>]*>[^\d]*([\d,]+)', listed)
            assert shown is not None
            answer = client.post(f"/coop/{place}/export", data={"extent": "all"})
            rows = _rows(answer)
            assert len(rows) == int(shown[1].replace(",", ""))
            assert not set(township.secrets) & {cell for row in rows for cell in row}


def test_an_export_of_chosen_rows_leaves_those_of_another_township_out(
    county: Flask, township: Township
) -> None:
    client = entered(county, OUTSIDERS[0])
    for place, key in (("contracts", "contract_id"), ("mandates", "mandate_id")):
        chosen = {"extent": "selected", "selected": [township.ids[key]]}
        assert _rows(client.post(f"/coop/{place}/export", data=chosen)) == []


def test_a_register_export_has_nothing_of_another_township(county: Flask, township: Township) -> None:
    client = entered(county, OUTSIDERS[0])
    answer = client.post("/coop/parcels/register", data={"division": VILLAGE})
    assert not _is_workbook(answer) or not any(
        secret in cell for row in _rows(answer) for cell in row for secret in township.secrets
    )


def _is_workbook(answer: TestResponse) -> bool:
    return answer.status_code == 200 and answer.data[:2] == b"PK"


def _rows(answer: TestResponse) -> list[list[str]]:
    """Return the rows of all sheets of a workbook, without the headings."""
    assert _is_workbook(answer), answer.status
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    return [[str(cell) for cell in row] for sheet in sheets for row in sheet[1:]]


def test_a_print_run_over_another_township_prints_nothing(county: Flask, township: Township) -> None:
    client = entered(county, OUTSIDERS[0])

    def printed() -> int:
        with county.app_context():
            return db.session.scalar(select(func.count()).select_from(PrintedPaper)) or 0

    before = printed()
    chosen = {"extent": "selected", "selected": [township.ids["contract_id"]]}
    for address in ("/coop/contracts/print", "/foundation/papers/contract/run"):
        assert client.post(address, data=chosen).status_code < 500
    assert printed() == before


def test_the_townships_own_clerk_opens_the_same_rows(county: Flask, township: Township) -> None:
    """Else the walk would prove nothing."""
    client, ids = entered(county, INSIDER), township.ids
    for place in ("contract", "household", "parcel", "mandate", "amendment", "organisation"):
        assert client.get(f"/coop/{place}s/{ids[f'{place}_id']}").status_code == 200
    assert client.get(f"/foundation/papers/{ids['paper_id']}").status_code == 200
    assert client.get(f"/foundation/jobs/{ids['job_id']}").status_code == 200
    assert client.get(f"/foundation/imports/{ids['batch_id']}").status_code == 200
    assert client.get(f"/foundation/attachments/file/{ids['attachment_id']}/{SCAN}").status_code == 200
