"""The book of accepted work: what is entered there and what is struck, in the transaction that accepts."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from coop.acceptance.queries.facts import lines_for_book
from coop.acceptance.rules.book import AcceptedWork, Book
from coop.acceptance.service.coding import flush
from coop.acceptance.service.refusals import NoBook, WordRefused
from coop.contracts.rules.findings import Finding, blocking
from coop.contracts.rules.terms import ContractNature
from coop.operations.models import OrderLine
from foundation.values.area import Mu

_books: list[Book] = []


def keep_book(book: Book) -> None:
    """Let accepted work be entered in this book; there is one, and the last that was named is it."""
    _books[:] = [book]


def the_book() -> Book:
    """Return the book; without one nothing may be accepted, for it would silently go uncounted."""
    if not _books:
        raise NoBook
    return _books[0]


def accepted_work(lines: Sequence[OrderLine]) -> list[AcceptedWork]:
    """Return accepted lines, read with order and contract, as the book takes them; nothing for no area."""
    return [_work(line, line.accepted_on) for line in lines if line.accepted_on and line.accepted_area]


def _work(line: OrderLine, accepted_on: date) -> AcceptedWork:
    return AcceptedWork(
        line_id=line.id,
        programme_id=line.order.programme_id,
        parcel_id=line.parcel_id,
        season_id=line.season_id,
        link_id=line.link_id,
        pass_number=line.pass_number,
        area=Mu(line.accepted_area or 0),
        basis_area=line.basis_area,
        price=line.price,
        household_id=line.household_id,
        contract_id=line.contract_id,
        provider_id=line.order.provider_id,
        is_entrusted=line.contract.nature is ContractNature.ENTRUSTMENT,
        is_deemed=line.is_deemed,
        division_code=line.division_code,
        worked_on=line.done_on or accepted_on,
        accepted_on=accepted_on,
    )


def enter(line_ids: Collection[int], *, has_reason: bool, now: datetime) -> list[Finding]:
    """Enter lines that were just accepted; return what the book has to say, or refuse what it forbids."""
    book = the_book()
    flush()
    works = accepted_work(lines_for_book(sorted(line_ids)))
    if not works:
        return []
    findings = book.findings(works)
    stops = blocking(findings, has_reason=has_reason)
    if stops:
        raise WordRefused(stops)
    book.enter(works, now=now)
    return findings


def strike(line_ids: Collection[int], *, reason: str, now: datetime) -> None:
    """Take lines whose acceptance falls out of the book."""
    the_book().strike(sorted(line_ids), reason=reason, now=now)
