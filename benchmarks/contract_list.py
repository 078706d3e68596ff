"""The list of contracts over 100,000 rows: the first page and the page at row 99,950."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select, text

from benchmarks.measuring import Measurement, best_of
from benchmarks.stage import COUNTY, installation
from coop.contracts import queries
from coop.contracts.models import Contract
from coop.contracts.rules.terms import NATURES, ContractMode, PaymentMode, ReceiverKind
from coop.organisations.models import Organisation
from coop.organisations.rules import OrganisationKind
from foundation.access.grants import Viewer
from foundation.clock import now, today
from foundation.database.engine import db
from foundation.database.paging import Cut
from foundation.divisions.models import Division
from foundation.divisions.rules import DivisionLevel

ROWS = 100_000
DEEP = 99_950
SIZE = 50
RUNS = 7
FIRST_DAY = date(2022, 1, 1)
NEWEST_FIRST = ("dated_on", True)

BARE = """select id, number, dated_on, receiver_name, provider_name, division_code, area, total, ends_on
from contract where (dated_on, id) < (:day, :id) order by dated_on desc, id desc limit 51"""


def measure() -> Iterator[Measurement]:
    """Fill the register and measure both pages, each against the bare keyed SELECT of its rows."""
    with installation() as (_app, viewer):
        _fill(viewer)
        for row, after in ((1, None), (DEEP, _key_of_row(DEEP - 1))):
            cut = Cut(size=SIZE, after=after)
            start = after or (date(2100, 1, 1), 0)
            bare = best_of(RUNS, lambda start=start: _bare(start))  # type: ignore[misc]
            page = best_of(RUNS, lambda cut=cut: _page(viewer, cut))  # type: ignore[misc]
            yield Measurement(
                claim=f"list of {ROWS:,} contracts, {SIZE} rows from row {row:,}, with count and totals",
                took=page,
                baseline="the bare keyed SELECT of these rows",
                baseline_took=bare,
            )


def _page(viewer: Viewer, cut: Cut) -> None:
    db.session.rollback()
    found = queries.page(viewer, queries.ContractFilter(), NEWEST_FIRST, cut, today())
    assert found.rows, "a page without rows measures nothing"  # noqa: S101


def _bare(start: tuple[Any, ...]) -> None:
    db.session.rollback()
    rows = db.session.execute(text(BARE), {"day": str(start[0]), "id": start[1]}).all()
    assert rows, "a page without rows measures nothing"  # noqa: S101


def _key_of_row(row: int) -> tuple[date, int]:
    ordered = select(Contract.dated_on, Contract.id).order_by(Contract.dated_on.desc(), Contract.id.desc())
    day, contract_id = db.session.execute(ordered.offset(row - 1).limit(1)).one()
    return day, contract_id


def _fill(viewer: Viewer) -> None:
    villages = db.session.scalars(select(Division.code).where(Division.level == DivisionLevel.VILLAGE)).all()
    provider = Organisation(name="测量农机合作社", kind=OrganisationKind.COOPERATIVE, division_code=COUNTY)
    db.session.add(provider)
    db.session.flush()
    modes = list(ContractMode)
    for first in range(0, ROWS, 5000):
        numbers = range(first, first + 5000)
        rows = [_row(n, villages, modes, provider, viewer.account_id) for n in numbers]
        db.session.execute(insert(Contract), rows)
    db.session.commit()
    db.session.execute(text("ANALYZE"))
    db.session.commit()


def _row(
    n: int, villages: Any, modes: list[ContractMode], provider: Organisation, drafter: int
) -> dict[str, Any]:
    day = FIRST_DAY + timedelta(days=n * 1500 // ROWS)
    mode = modes[n % len(modes)]
    return {
        "number": f"邹供托〔{day.year}〕{n:06d}号",
        "serial": n,
        "county_code": COUNTY,
        "division_code": villages[n * 7 % len(villages)],
        "dated_on": day,
        "mode": mode,
        "nature": NATURES[mode],
        "receiver_kind": ReceiverKind.ORGANISATION,
        "receiver_organisation_id": provider.id,
        "receiver_name": f"第{n}村集体",
        "provider_id": provider.id,
        "provider_name": provider.name,
        "starts_on": day,
        "ends_on": day + timedelta(days=365),
        "area": n % 90_000 + 100,
        "total": n % 900_000 + 5_000,
        "payment_mode": next(iter(PaymentMode)),
        "submitted_at": now(),
        "approved_at": now(),
        "signed_on": day,
        "drafter_id": drafter,
        "version": 1,
    }
