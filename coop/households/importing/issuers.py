"""Issuers out of a register workbook."""

from collections.abc import Iterator, Sequence

from coop.households import queries, service
from coop.households.importing.columns import ISSUERS, held, kept, matched, read_person
from coop.households.models import Issuer
from coop.households.rules import IdKind
from coop.households.service import (
    IssuerDetails,
)
from coop.organisations.importing import check_place, repeated
from foundation.database.engine import db
from foundation.errors import DomainError
from foundation.imports.rules import AppliedRow, CheckedRow, ImportContext
from foundation.wording import Term
from foundation.workbooks.reading import Row


class UnknownIssuer(DomainError):
    """发包方 %(code)s 既不在本文件的“发包方”表中（或该行有错误），也未登记；请先补充或改正发包方。"""


def check_issuers(context: ImportContext, rows: Sequence[Row], permission: Term) -> Iterator[CheckedRow]:
    """Judge the issuers of a file; good ones may be named by the sheets that follow."""
    readings = [ISSUERS.read(row) for row in rows]
    known = queries.issuers_by_codes({code for one in readings if (code := one.get("code"))})
    good = context.memory.setdefault("good issuers", set())
    for reading in readings:
        code = reading.get("code")
        read_person(context, reading, "head_name", "head_id_kind", "head_id", IdKind.RESIDENT_ID)
        check_place(context, reading, "code", code and code[:12], permission)
        label = f"{reading.get('name') or ''} {code or ''}".strip()
        issuer = known.get(code or "")
        verdict = (code and repeated(context, "issuers", reading, code, label)) or ISSUERS.verdict(
            reading, label, held(issuer, ISSUERS) if issuer else None, issuer.id if issuer else None
        )
        if not verdict.faults:
            good.add(code)
        yield verdict


def issuers_at_hand(context: ImportContext, codes: set[str]) -> set[str]:
    """Return which of these issuers the file or the register knows."""
    known: set[str] = context.memory.setdefault("good issuers", set())
    return known | queries.issuers_by_codes(codes - known).keys()


def apply_issuers(rows: Sequence[AppliedRow]) -> None:
    """Enter or change confirmed issuers."""
    found = queries.issuers_by_ids([row.subject_id for row in rows if row.subject_id])
    for row in rows:
        given = ISSUERS.unpack(row.payload)
        issuer = matched(row, found) if row.subject_id else Issuer()
        known = {} if row.subject_id is None else kept(issuer, IssuerDetails.__slots__)
        db.session.add(service.fill_issuer(issuer, IssuerDetails(**known | given)))
    db.session.flush()
