"""Contracting parties out of a register workbook: matched by code, then by the ID of the head."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from coop.households import queries, service
from coop.households.importing.columns import PARTIES, held, kept, matched, read_person
from coop.households.importing.issuers import UnknownIssuer, issuers_at_hand
from coop.households.models import Household
from coop.households.rules import HouseholdPermission, IdKind, PartyKind
from coop.households.service import (
    CodeOfAnotherVillage,
    DuplicateHead,
    DuplicateHouseholdCode,
    GroupOutOfRange,
    HouseholdDetails,
)
from coop.organisations.importing import check_place, repeated, several
from foundation.database.engine import db
from foundation.divisions import queries as divisions
from foundation.errors import DomainError
from foundation.identity.bank_card import luhn_remainder
from foundation.imports.importing import Reading
from foundation.imports.rules import AppliedRow, CheckedRow, ImportContext
from foundation.names.organisation_name import parse_organisation_name
from foundation.secrets.keyring import blind_index
from foundation.wording import Term
from foundation.workbooks.reading import Row


class CodeOrPlaceMissing(DomainError):
    """承包方编码和所在村代码至少填写一项；没有编码的农户请填写所在村代码和村民小组。"""


class UnknownHousehold(DomainError):
    """承包方 %(code)s 既不在本文件的“承包方”表中（或该行有错误），也未登记；请先补充或改正承包方。"""


class HeadElsewhere(DomainError):
    """该证件号码在 %(village)s 也登记为一户；如确属两处承包，可以继续导入。"""


class DoubtfulCard(DomainError):
    """银行账号未通过银行卡校验；如为存折账号可忽略，如为银行卡请核对。"""


CARD_LENGTHS = range(16, 20)


def check_parties(context: ImportContext, rows: Sequence[Row], permission: Term) -> Iterator[CheckedRow]:
    """Judge the contracting parties of a file: by code, then by the ID of the head."""
    readings = [_read_party(context, row, permission) for row in rows]
    codes = {code for one in readings if (code := one.get("code"))}
    issuers = issuers_at_hand(context, {code[:14] for code in codes})
    indexes = {blind_index(number_) for one in readings if (number_ := one.get("id_number"))}
    names = {name for one in readings if not one.get("code") and (name := one.get("head_name"))}
    known = _Register(queries.held_by(codes, {index for index in indexes if index}, names))
    good = context.memory.setdefault("good parties", set())
    for reading in readings:
        code = reading.get("code")
        if code and code[:14] not in issuers:
            reading.refuse("code", UnknownIssuer(code=code[:14]))
        verdict = _judge_party(context, reading, known)
        if code and not verdict.faults:
            good.add(code)
        yield verdict


def _read_party(context: ImportContext, row: Row, permission: Term) -> Reading:
    reading = PARTIES.read(row)
    code, place = reading.get("code"), reading.get("division_code")
    if reading.get("party_kind") is PartyKind.ORGANISATION:
        name = reading.given.pop("head_name", "")
        read_person(context, reading, "head_name", "id_kind", "id_number", IdKind.CREDIT_CODE)
        reading.try_parse("head_name", lambda: parse_organisation_name(name))
    else:
        read_person(context, reading, "head_name", "id_kind", "id_number", IdKind.RESIDENT_ID)
    if code is None and place is None and not reading.faults:
        reading.refuse("code", CodeOrPlaceMissing())
    if code and place and code[:12] != place:
        reading.refuse("code", CodeOfAnotherVillage(code=code, division=place))
    check_place(
        context, reading, "code" if code else "division_code", code[:12] if code else place, permission
    )
    if (group := reading.get("group_number")) is not None and group > service.LAST_GROUP:
        reading.refuse("group_number", GroupOutOfRange(number=group))
    account = reading.get("bank_account")
    if account and len(account) in CARD_LENGTHS and luhn_remainder(account):
        reading.warn("bank_account", DoubtfulCard())
    return reading


class _Register:
    """The households of the register that a chunk of rows may mean."""

    def __init__(self, households: Iterable[Household]) -> None:
        self.by_code: dict[str, Household] = {}
        self.by_id: dict[str, list[Household]] = {}
        self.by_name: dict[tuple[str, str, int], list[Household]] = {}
        for one in households:
            if one.code:
                self.by_code[one.code] = one
            if one.id_number and one.is_active:
                self.by_id.setdefault(one.id_number, []).append(one)
            self.by_name.setdefault((one.head_name, one.division_code, one.group_number), []).append(one)


def _judge_party(context: ImportContext, reading: Reading, known: _Register) -> CheckedRow:
    code, id_number = reading.get("code"), reading.get("id_number")
    place = code[:12] if code else reading.get("division_code")
    label = f"{reading.get('head_name') or ''} {code or ''}".strip()
    tail = reading.tails.get("id_number", "")
    bare = None if code or id_number else (label, place, reading.get("group_number"), tail)
    for ledger, key in (("codes", code), ("heads", id_number and (id_number, place)), ("bare heads", bare)):
        doubled = key and repeated(context, ledger, reading, key, label)
        if doubled:
            return doubled
    here = [one for one in known.by_id.get(id_number or "", ()) if one.division_code == place]
    match = known.by_code.get(code or "")
    if match is None:
        loose = [one for one in here if code is None or one.code is None]
        if code is None and id_number is None:
            loose = known.by_name.get(
                (reading.get("head_name") or "", place or "", reading.get("group_number") or 0), []
            )
            loose = [one for one in loose if one.id_tail.endswith(tail)]
        if len(loose) > 1:
            return several(reading, label, len(loose))
        match = loose[0] if loose else None
    own = match.id if match else None
    for other in here:
        if other.id != own and code:
            reading.refuse("id_number", DuplicateHead(tail=other.id_tail, name=other.head_name))
    for other in known.by_id.get(id_number or "", ()):
        elsewhere = other.division_code
        if elsewhere != place and context.viewer.sees(HouseholdPermission.VIEW, elsewhere):
            reading.warn("id_number", HeadElsewhere(village=divisions.path(elsewhere).short))
    return PARTIES.verdict(reading, label, held(match, PARTIES) if match else None, own)


def parties_at_hand(context: ImportContext, codes: set[str]) -> set[str]:
    """Return which of these contracting parties the file (without a fault) or the register knows."""
    good: set[str] = context.memory.setdefault("good parties", set())
    listed = context.memory.get("codes", {})
    return good | queries.ids_by_codes(codes - listed.keys()).keys()


def apply_parties(rows: Sequence[AppliedRow]) -> None:
    """Enter or change confirmed contracting parties; a code that came into use meanwhile is refused."""
    payloads = [PARTIES.unpack(row.payload) for row in rows]
    codes = {code for given in payloads if (code := given.get("code"))}
    issuers = queries.issuers_by_codes({code[:14] for code in codes})
    taken = {one.code: one for one in queries.held_by(codes)}
    found = queries.by_ids([row.subject_id for row in rows if row.subject_id])
    for row, given in zip(rows, payloads, strict=True):
        code = given.get("code")
        twin = taken.get(code)
        if code and twin is not None and twin.id != row.subject_id:
            raise DuplicateHouseholdCode(code=code, name=twin.head_name)
        household = matched(row, found) if row.subject_id else Household()
        known = {} if row.subject_id is None else kept(household, HouseholdDetails.__slots__)
        details = HouseholdDetails(**_placed(code) | known | given)
        if issuer := issuers.get((code or "")[:14]):
            household.issuer_id = issuer.id
        db.session.add(service.fill(household, details))
    db.session.flush()


def _placed(code: str | None) -> dict[str, Any]:
    """Return the village and group that a household's code tells."""
    return {"division_code": code[:12], "group_number": int(code[12:14])} if code else {}
