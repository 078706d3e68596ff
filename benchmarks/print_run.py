"""A thousand contracts in one PDF: frozen copies out of the database, drawn with their QR codes, bound."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import insert

from benchmarks import plain_pages
from benchmarks.measuring import Measurement, best_of
from benchmarks.stage import COUNTY, installation
from coop.contracts.document import draw_contract, freeze_many
from coop.contracts.models import Contract, ContractRevision
from coop.contracts.rules.terms import NATURES, ContractMode, PaymentMode, ReceiverKind
from coop.contracts.snapshot import ContractSnapshot
from coop.organisations.models import Organisation
from coop.organisations.rules import OrganisationKind
from foundation.access.grants import Viewer
from foundation.clock import now
from foundation.database.engine import db
from foundation.papers.rules import Seal
from foundation.typesetting import render_all
from foundation.typesetting.faces import VENDORED
from tests.coop.contracts.papers import NAMES, contract_snapshot

COUNT = 1_000
GOAL = 2.0
RUNS = 3
DAY = date(2026, 3, 1)


def measure() -> Iterator[Measurement]:
    """Freeze and draw all contracts; the baseline draws as many pages of plain lines with bare ReportLab."""
    with installation() as (_app, viewer):
        ids = _fill(viewer)
        made: list[bytes] = []
        took = best_of(RUNS, lambda: made.append(_draw(viewer, ids)))
        pages = made[-1].count(b"/Type /Page\n") or made[-1].count(b"/Type /Page ")
        yield Measurement(
            claim=f"{len(ids):,} contracts of {pages:,} pages in one PDF of {len(made[-1]) / 1e6:.1f} MB, "
            "query and QR codes included",
            took=took,
            baseline=f"as many pages of {plain_pages.LINES} plain lines by ReportLab alone",
            baseline_took=plain_pages.timing(pages, str(VENDORED / "song.ttf"), RUNS),
            goal=GOAL,
        )


def _draw(viewer: Viewer, ids: list[int]) -> bytes:
    db.session.rollback()
    documents = [
        draw_contract(frozen.snapshot, _seal(place)) for place, frozen in enumerate(freeze_many(viewer, ids))
    ]
    return render_all(documents, title="测量")


def _seal(place: int) -> Seal:
    return Seal(version=1, verify_url=f"https://shecun.example.gov.cn/verify/{place:016X}")


def _fill(viewer: Viewer) -> list[int]:
    provider = Organisation(name="测量供销合作社", kind=OrganisationKind.COOPERATIVE, division_code=COUNTY)
    db.session.add(provider)
    db.session.flush()
    snapshots = [_snapshot(number) for number in range(1, COUNT + 1)]
    contracts = [_contract(n, one, provider, viewer.account_id) for n, one in enumerate(snapshots, 1)]
    db.session.execute(insert(Contract), contracts)
    db.session.execute(
        insert(ContractRevision),
        [
            {
                "contract_id": n,
                "number": 1,
                "snapshot": one.write(),
                "digest": one.digest,
                "frozen_at": now(),
            }
            for n, one in enumerate(snapshots, 1)
        ],
    )
    db.session.commit()
    return list(range(1, COUNT + 1))


def _snapshot(number: int) -> ContractSnapshot:
    made = contract_snapshot(ContractMode.MENU)
    name = f"{NAMES[number % len(NAMES)]}"
    receiver = replace(made.receiver, name=name, representative=name)
    return replace(made, number=f"邹供托〔2026〕{number:06d}号", receiver=receiver)


def _contract(number: int, one: ContractSnapshot, provider: Organisation, drafter: int) -> dict[str, Any]:
    return {
        "id": number,
        "number": one.number,
        "serial": number,
        "county_code": COUNTY,
        "division_code": "371681108204",
        "dated_on": DAY,
        "mode": one.mode,
        "nature": NATURES[one.mode],
        "receiver_kind": ReceiverKind.ORGANISATION,
        "receiver_organisation_id": provider.id,
        "receiver_name": one.receiver.name,
        "provider_id": provider.id,
        "provider_name": provider.name,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "area": one.area,
        "total": one.total,
        "payment_mode": PaymentMode.INSTALMENTS,
        "submitted_at": now(),
        "approved_at": now(),
        "revision": 1,
        "drafter_id": drafter,
        "version": 1,
    }
