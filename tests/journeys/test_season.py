"""A season of a village of 200 households: ordered, done, accepted, counted, printed; and counted by hand."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from app.config import Settings
from app.doctor.checks import examine
from app.doctor.findings import Verdict
from app.factory import create_app
from coop.catalogue.models import CropSeason, Link, RequiredLink
from coop.contracts.models import MenuLine
from coop.parcels.models import Parcel
from coop.programmes.models import Programme
from coop.programmes.rules import DEFAULT_WEIGHTS, ProgrammeKind
from coop.trusteeship.models import AcreageSummary
from foundation.clock import today
from foundation.database.engine import db
from foundation.values.rounding import half_up
from tests.journeys import ground
from tests.journeys.fieldwork import Fieldwork, let_days_pass
from tests.journeys.ground import APPROVER
from tests.journeys.registers import GUCHENG

BY_TELEPHONE, ON_PAPER, DRIVEN = 12, 5, 6

Book = dict[tuple[int, int, int], int]
"""Accepted hundredths of a mu by parcel, link and pass: the journey's own account."""


@pytest.fixture
def county(sample_home: Path, tmp_path: Path) -> Iterator[Flask]:
    """The sample county on a copy of its own; jobs are done on the spot."""
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    overrides: dict[str, object] = {"TESTING": True, "WTF_CSRF_ENABLED": False, "JOBS_IMMEDIATE": True}
    app = create_app(Settings(home=home, overrides=overrides))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def work(county: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fieldwork:
    """The village under contract, on the first day of its season."""
    with county.app_context():
        laid = ground.lay(tmp_path, today())
    work = Fieldwork(app=county, ground=laid, day=laid.starts_on)
    let_days_pass(work, monkeypatch)
    return work


def test_a_season_is_ordered_done_accepted_counted_and_printed(work: Fieldwork) -> None:
    book: Book = {}
    for number, (link, pass_number) in enumerate(menu_of(work)):
        work.move_to(work.ground.starts_on + timedelta(days=1 + number * 18))
        order_id = work.plan(link, pass_number)
        assert len({line.household_id for line in work.lines(order_id)}) == 200
        work.move_to(work.day + timedelta(days=3))
        if number == 0:
            work.drive(order_id, DRIVEN, work.day)
        work.report(order_id, work.day)
        book |= accept(work, order_id, disputed=number == 0)
    expected = recount(work, book)
    assert ledger_of(work) == expected
    assert_printed(work, expected)
    with work.app.app_context():
        assert not [one.title for one in examine(work.app) if one.verdict is Verdict.FAULT]


def menu_of(work: Fieldwork) -> list[tuple[str, int]]:
    """Every pass of every link that the village's contract promises."""
    with work.rows():
        own = select(Link.name, MenuLine.passes).join(MenuLine, MenuLine.link_id == Link.id)
        lines = db.session.execute(own.where(MenuLine.contract_id == work.ground.contract_id)).all()
    return [(link, number) for link, passes in lines for number in range(1, passes + 1)]


def accept(work: Fieldwork, order_id: int, *, disputed: bool) -> Book:
    """Let some answer by telephone, some on paper, the rest by silence; return what was accepted of what.

    Where ``disputed`` one household owns to half of its first parcel and is right, another to nothing of it
    and signs for the whole in the end.
    """
    lines, codes = work.lines(order_id), work.codes(order_id)
    slips = work.slips(order_id)
    assert len(codes) == len(slips) == 200
    book = {(line.parcel_id, line.link_id, line.pass_number): line.done_area for line in lines}
    work.tell(slips)
    slips = work.slips(order_id)
    smaller, undone = (first_line(lines, slip.household_id) for slip in slips[2:4])
    half = smaller.done_area // 2
    said = {slips[2].id: {smaller.id: f"{half / 100:.2f}"}, slips[3].id: {undone.id: ""}} if disputed else {}
    for code, slip in zip(codes[:BY_TELEPHONE], slips, strict=False):
        work.answer(code, said.get(slip.id))
    for number, slip in enumerate(slips[BY_TELEPHONE : BY_TELEPHONE + ON_PAPER]):
        work.record_paper(slip, order_id * 1000 + number)
    if disputed:
        work.resolve(smaller.id, "farmer_right")
        work.resolve(undone.id, "report_right")
        book[smaller.parcel_id, smaller.link_id, smaller.pass_number] = half
    work.move_to(work.day + timedelta(days=9))
    work.deem(slips[BY_TELEPHONE + ON_PAPER :])
    return book


def first_line(lines: list[SimpleNamespace], household_id: int) -> SimpleNamespace:
    """Return a household's first line of an order."""
    return next(line for line in lines if line.household_id == household_id)


def recount(work: Fieldwork, book: Book) -> dict[str, int]:
    """Count the season by hand, parcel by parcel, from what was accepted."""
    with work.rows():
        basis = dict(db.session.execute(select(Parcel.id, Parcel.area)).all())
        codes = dict(db.session.execute(select(Link.id, Link.code)).all())
        crop = db.session.get_one(CropSeason, work.ground.season_id).crop_id
        needed = select(RequiredLink.link_id).where(
            RequiredLink.crop_id == crop, RequiredLink.season_id.is_(None)
        )
        required = set(db.session.scalars(needed))
    most: dict[int, dict[int, int]] = {}
    for (parcel, link, _pass), area in book.items():
        links = most.setdefault(parcel, {})
        links[link] = max(links.get(link, 0), min(area, basis[parcel]))
    return {
        "parcels": len(most),
        "mu_times": sum(book.values()),
        "physical": sum(max(links.values()) for links in most.values()),
        "weighted": sum(weighed(links, codes) for links in most.values()),
        "whole": sum(min(links.get(link, 0) for link in required) for links in most.values()),
        "households": len(work.ground.households),
    }


def weighed(links: dict[int, int], codes: dict[int, str]) -> int:
    """0.36 of what was tilled, 0.27 of sown, 0.10 of protected and 0.27 of harvested land, as shipped."""
    return half_up(sum(DEFAULT_WEIGHTS.get(codes[link], 0) * area for link, area in links.items()), 10_000)


def ledger_of(work: Fieldwork) -> dict[str, int]:
    """What the summary says of the village in this season, by the county's general count."""
    own = (
        select(AcreageSummary)
        .join(Programme, Programme.id == AcreageSummary.programme_id)
        .where(
            Programme.kind == ProgrammeKind.GENERAL,
            AcreageSummary.season_key == work.ground.season_id,
            AcreageSummary.code == GUCHENG.code,
        )
    )
    with work.rows():
        row = db.session.scalars(own).one()
        names = ("parcels", "mu_times", "physical", "weighted", "whole")
        found = {name: int(getattr(row, name)) for name in names}
        return found | {"households": row.small_households + row.large_households}


def assert_printed(work: Fieldwork, expected: dict[str, int]) -> None:
    """The statistics sheet, on screen and as an official document, names the same figures."""
    work.move_to(work.ground.ends_on)
    with work.rows():
        own = select(Programme.id).join(AcreageSummary, AcreageSummary.programme_id == Programme.id)
        programme = db.session.scalars(
            own.where(
                Programme.kind == ProgrammeKind.GENERAL,
                AcreageSummary.season_key == work.ground.season_id,
                AcreageSummary.code == GUCHENG.code,
            )
        ).one()
    place = f"programme={programme}&season={work.ground.season_id}&division={GUCHENG.code[:9]}000"
    page = work.as_person(APPROVER).get(f"/coop/trusteeship/statistics?{place}").get_data(as_text=True)
    printed = work.post(f"/coop/trusteeship/statistics/print?{place}", {}, APPROVER)
    paper = "".join(one.extract_text() for one in PdfReader(BytesIO(printed.data)).pages)
    for name in ("mu_times", "physical", "weighted", "whole"):
        figure = f"{expected[name] / 100:.2f}"
        assert figure in page
        assert figure in paper
