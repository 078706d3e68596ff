"""Family members out of a register workbook: matched by ID, else by name, within their household."""

from collections.abc import Iterator, Sequence

from coop.households import queries, service
from coop.households.importing.columns import MEMBERS, held, kept, read_person
from coop.households.importing.parties import UnknownHousehold, parties_at_hand
from coop.households.models import HouseholdMember
from coop.households.rules import IdKind
from coop.households.service import (
    MemberDetails,
)
from coop.organisations.importing import check_place, repeated, several
from foundation.database.engine import db
from foundation.errors import DomainError, NotFound
from foundation.imports.importing import Reading
from foundation.imports.rules import AppliedRow, CheckedRow, ImportContext
from foundation.wording import Term
from foundation.workbooks.reading import Row


class MemberElsewhere(DomainError):
    """该成员的证件号码在本表第 %(row)s 行已列入另一户；请核对是否分户。"""


def check_members(context: ImportContext, rows: Sequence[Row], permission: Term) -> Iterator[CheckedRow]:
    """Judge the family members of a file: by ID, else by name, within their household."""
    readings = [MEMBERS.read(row) for row in rows]
    codes = {code for one in readings if (code := one.get("code"))}
    parties = parties_at_hand(context, codes)
    keys = queries.ids_by_codes(codes)
    families = queries.members_of(keys.values())
    for reading in readings:
        code = reading.get("code")
        read_person(context, reading, "name", "id_kind", "id_number", IdKind.RESIDENT_ID)
        check_place(context, reading, "code", code and code[:12], permission)
        if code and code not in parties:
            reading.refuse("code", UnknownHousehold(code=code))
        yield _judge_member(context, reading, families.get(keys.get(code or "", 0), []))


def _judge_member(context: ImportContext, reading: Reading, family: Sequence[HouseholdMember]) -> CheckedRow:
    code, name, id_number = reading.get("code"), reading.get("name") or "", reading.get("id_number")
    label = f"{name} {code or ''}".strip()
    tail = reading.tails.get("id_number", "")
    doubled = repeated(context, "members", reading, (code, id_number or (name, tail)), label)
    if doubled:
        return doubled
    if id_number:
        first = context.memory.setdefault("persons", {}).setdefault(id_number, (code, reading.row_number))
        if first[0] != code:
            reading.warn("id_number", MemberElsewhere(row=first[1]))
    same = [one for one in family if id_number and one.id_number == id_number]
    same = same or [
        one
        for one in family
        if one.name == name
        and (id_number is None or one.id_number is None)
        and (one.id_number or "").endswith(tail)
    ]
    if len(same) > 1:
        return several(reading, label, len(same))
    if not same:
        return MEMBERS.verdict(reading, label, None)
    return MEMBERS.verdict(reading, label, held(same[0], MEMBERS) | {"code": code}, same[0].id)


def apply_members(rows: Sequence[AppliedRow]) -> None:
    """Enter or change confirmed family members."""
    payloads = [MEMBERS.unpack(row.payload) for row in rows]
    keys = queries.ids_by_codes({given["code"] for given in payloads})
    found = queries.members_by_ids([row.subject_id for row in rows if row.subject_id])
    for row, given in zip(rows, payloads, strict=True):
        code = given.pop("code")
        if code not in keys:
            raise UnknownHousehold(code=code)
        member = found.get(row.subject_id or 0) or HouseholdMember(household_id=keys[code])
        if row.subject_id is not None and member.id is None:
            raise NotFound
        known = {} if row.subject_id is None else kept(member, MemberDetails.__slots__)
        db.session.add(service.fill_member(member, MemberDetails(**known | given)))
    db.session.flush()
