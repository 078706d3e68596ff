"""Slips with open codes over reported orders, pictures, and a small real book, for acceptance tests."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import select

from coop.acceptance import queries, service
from coop.acceptance.models import AcceptanceSlip
from coop.acceptance.rules.book import AcceptedWork
from coop.acceptance.rules.codes import ALPHABET, DRAWN, check_character
from coop.acceptance.rules.terms import AcceptancePermission, Respondent, Verdict
from coop.acceptance.service import Answer, LineWord, PaperWord, Speaker, works
from coop.contracts.rules.findings import Finding, block
from coop.operations.models import OrderLine, WorkOrder
from coop.operations.rules.terms import OperationPermission
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.values.area import Mu
from tests.coop.operations import builders as operations
from tests.foundation.accounts.builders import COUNTY, make_viewer

NOW = datetime(2026, 7, 2, 1, 30, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"picture of a signature"
_numbers = count(1)


class SmallBook:
    """A book that holds what it was told, and refuses the same work on the same land twice."""

    def __init__(self) -> None:
        self.works: dict[int, AcceptedWork] = {}
        self.struck: list[tuple[int, str]] = []

    def findings(self, works: Sequence[AcceptedWork]) -> list[Finding]:
        """Refuse a parcel that is counted already in the same season, link and pass."""
        keys = {_key(work): work.line_id for work in self.works.values()}
        return [
            block("ledger", "地块 %(parcel)s 已计入", parcel=work.parcel_id)
            for work in works
            if keys.get(_key(work), work.line_id) != work.line_id
        ]

    def enter(self, works: Sequence[AcceptedWork], *, now: datetime) -> None:
        """Count works; a line that is counted already is a fault of ours."""
        for work in works:
            assert work.line_id not in self.works, "a line was entered twice"
            self.works[work.line_id] = work

    def strike(self, line_ids: Collection[int], *, reason: str, now: datetime) -> None:
        """Take lines out."""
        for line_id in line_ids:
            if self.works.pop(line_id, None) is not None:
                self.struck.append((line_id, reason))


def _key(work: AcceptedWork) -> tuple[int, int, int, int]:
    return work.parcel_id, work.season_id, work.link_id, work.pass_number


@contextmanager
def small_book() -> Iterator[SmallBook]:
    """Let acceptance keep a small book for a while."""
    before, book = list(works._books), SmallBook()
    service.keep_book(book)
    try:
        yield book
    finally:
        works._books[:] = before


def make_desk(division_code: str = COUNTY, *left_out: AcceptancePermission) -> Viewer:
    """Someone who does everything at the desk of acceptance, but ``left_out``."""
    held = [permission for permission in AcceptancePermission if permission not in left_out]
    return make_viewer(*held, *OperationPermission, division_code=division_code)


def picture() -> tuple[str, bytes]:
    """A picture that nobody has sent before."""
    return "签字.png", PNG + str(next(_numbers)).encode()


def make_reported(*, areas: Sequence[int] = (3_50, 2_00), households: int = 1, **given: Any) -> WorkOrder:
    """An order on which every line was reported done."""
    order = operations.make_order(areas=areas, households=households, **given)
    for line in order.lines:
        operations.report_done(line)
    return operations.whole(order.id)


def make_slip(
    order: WorkOrder | None = None, *, viewer: Viewer | None = None, at: datetime = NOW
) -> tuple[AcceptanceSlip, str]:
    """The first slip of an order, everything reported, with its open code."""
    order = order or make_reported()
    codes = service.make_codes(order, viewer=viewer or make_desk(), now=at)
    household_id = min(codes)
    slip = db.session.scalars(
        select(AcceptanceSlip).where(
            AcceptanceSlip.order_id == order.id, AcceptanceSlip.household_id == household_id
        )
    ).one()
    return queries.reload(slip.id), codes[household_id]


def lines_of(slip: AcceptanceSlip) -> list[OrderLine]:
    """The living lines of a slip as the database now has them."""
    db.session.expire_all()
    return service.lines_of(queries.reload(slip.id))


def accepting(*lines: OrderLine, **given: Any) -> Answer:
    """An answer of the farmer that accepts lines."""
    words = tuple(LineWord(line_id=line.id, verdict=Verdict.ACCEPTED) for line in lines)
    return Answer(words=words, speaker=Speaker(respondent=Respondent.FARMER, satisfaction=5), **given)


def saying(line: OrderLine, verdict: Verdict, area: int | None = None, note: str = "") -> LineWord:
    """A word on a line."""
    return LineWord(line_id=line.id, verdict=verdict, area=None if area is None else Mu(area), note=note)


def on_paper(*words: LineWord, **given: Any) -> PaperWord:
    """A signed slip with a fresh picture."""
    values: dict[str, Any] = {
        "speaker": Speaker(respondent=Respondent.FARMER),
        "signed_on": operations.TODAY,
        "picture": picture(),
    }
    return PaperWord(words=tuple(words), **(values | given))


def guess(number: int) -> str:
    """A well-formed code that nobody was given."""
    drawn = ""
    for _ in range(DRAWN):
        number, digit = divmod(number * 7919 + 13, len(ALPHABET))
        drawn += ALPHABET[digit]
    return drawn + check_character(drawn)
