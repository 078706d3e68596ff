"""The people's sheets of the village register: issuers, contracting parties and their families."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from coop.households import queries, service
from coop.households.models import Household, HouseholdMember, Issuer
from coop.households.rules import IdKind, PartyKind
from coop.households.service import (
    CodeOfAnotherVillage,
    DuplicateHead,
    DuplicateHouseholdCode,
    GroupOutOfRange,
    HouseholdDetails,
    IssuerDetails,
    MemberDetails,
)
from coop.organisations.importing import check_place, parse_division, repeated, several
from foundation.database.engine import db
from foundation.errors import DomainError, NotFound, StaleVersion
from foundation.identity.bank_card import luhn_remainder, mask_bank_card, parse_bank_account
from foundation.identity.credit_code import parse_credit_code
from foundation.identity.id_number import Sex, mask_id_number, parse_id_number
from foundation.identity.phone import mask_phone, parse_phone
from foundation.identity.registry_codes import parse_contractor_code, parse_issuer_code
from foundation.identity.written import compact
from foundation.imports.importing import Plan, Reading, choice, count, number, text, yes_no
from foundation.imports.rules import AppliedRow, CheckedRow, ImportContext
from foundation.names.organisation_name import parse_organisation_name
from foundation.names.person_name import parse_name
from foundation.secrets.keyring import blind_index
from foundation.typesetting.faces import unprintable
from foundation.wording import N_, Term
from foundation.workbooks.layouts import Content
from foundation.workbooks.reading import Row


class CodeOrPlaceMissing(DomainError):
    """承包方编码和所在村代码至少填写一项；没有编码的农户请填写所在村代码和村民小组。"""


class UnknownIssuer(DomainError):
    """发包方 %(code)s 既不在本文件的“发包方”表中（或该行有错误），也未登记；请先补充或改正发包方。"""


class UnknownHousehold(DomainError):
    """承包方 %(code)s 既不在本文件的“承包方”表中（或该行有错误），也未登记；请先补充或改正承包方。"""


class HeadElsewhere(DomainError):
    """该证件号码在 %(village)s 也登记为一户；如确属两处承包，可以继续导入。"""


class RareCharacter(DomainError):
    """“%(name)s”中的“%(characters)s”暂时打印不出来；可以导入，打印前请管理员补充字库。"""


class DoubtfulCard(DomainError):
    """银行账号未通过银行卡校验；如为存折账号可忽略，如为银行卡请核对。"""


class MemberElsewhere(DomainError):
    """该成员的证件号码在本表第 %(row)s 行已列入另一户；请核对是否分户。"""


Matched = TypeVar("Matched", Issuer, Household)
CARD_LENGTHS = range(16, 20)

read_contractor = lru_cache(maxsize=4096)(parse_contractor_code)
"""The rows of one household follow one another, each with its code."""

ISSUERS = Plan(
    N_("发包方"),
    (
        number("code", N_("发包方编码"), Content.ISSUER_CODE, parse_issuer_code, required=True),
        text("name", N_("发包方名称"), required=True),
        text("head_name", N_("负责人姓名"), limit=60),
        choice("head_id_kind", N_("负责人证件类型"), IdKind),
        number("head_id", N_("负责人证件号码"), Content.ID_NUMBER, mask=mask_id_number),
        number("phone", N_("联系电话"), Content.PHONE, parse_phone, mask=mask_phone),
        text("address", N_("发包方地址"), limit=200),
    ),
)

PARTIES = Plan(
    N_("承包方"),
    (
        number("code", N_("承包方编码"), Content.CONTRACTOR_CODE, read_contractor),
        choice("party_kind", N_("承包方类型"), PartyKind),
        text("head_name", N_("承包方名称"), limit=80, required=True),
        choice("id_kind", N_("证件类型"), IdKind),
        number("id_number", N_("证件号码"), Content.ID_NUMBER, mask=mask_id_number),
        number("phone", N_("联系电话"), Content.PHONE, parse_phone, mask=mask_phone),
        text("address", N_("承包方地址"), limit=200),
        number(
            "division_code",
            N_("所在村代码"),
            Content.TEXT,
            parse_division,
            note=N_("12 位；有承包方编码时可不填"),
        ),
        count("group_number", N_("村民小组"), note=N_("组号；村直属的户填 0")),
        text("bank_name", N_("开户银行")),
        number("bank_account", N_("银行账号"), Content.BANK_CARD, parse_bank_account, mask=mask_bank_card),
        yes_no("is_large_operator", N_("是否规模经营户")),
    ),
)

MEMBERS = Plan(
    N_("家庭成员"),
    (
        number("code", N_("承包方编码"), Content.CONTRACTOR_CODE, read_contractor, required=True),
        text("name", N_("成员姓名"), limit=60, required=True),
        choice("sex", N_("性别"), Sex),
        choice("id_kind", N_("证件类型"), IdKind),
        number("id_number", N_("证件号码"), Content.ID_NUMBER, mask=mask_id_number),
        text("relation", N_("与户主关系"), limit=20),
        yes_no("is_co_owner", N_("是否共有人")),
        text("note", N_("备注"), limit=200),
    ),
)


def held(row: object, plan: Plan) -> dict[str, Any]:
    """Return what the register holds of a row, by the column keys of its sheet."""
    return {key: getattr(row, key, None) for key in (*plan.by_key, "version")}


def read_person(
    context: ImportContext, reading: Reading, name: str, kind: str, number_: str, default: IdKind
) -> None:
    """Prove the name and the paper of a person; the kind of paper decides how its number is read."""
    if written := reading.get(name):
        reading.try_parse(name, lambda: parse_name(written))
        _warn_of_rare_characters(context, reading, name, written)
    if not (given := reading.get(number_)):
        return
    match reading.get(kind) or default:
        case IdKind.RESIDENT_ID:
            reading.try_parse(number_, lambda: parse_id_number(given, context.on).value)
        case IdKind.CREDIT_CODE:
            reading.try_parse(number_, lambda: parse_credit_code(given).value)
        case _:
            reading.given[number_] = compact(given)


def _warn_of_rare_characters(context: ImportContext, reading: Reading, column: str, written: str) -> None:
    """Warn when no face prints a character; the printable ones of a file are asked for once."""
    printable: set[str] = context.memory.setdefault("printable", set())
    if printable.issuperset(written):
        return
    missing = unprintable(written)
    printable.update(set(written) - missing)
    if missing:
        reading.warn(column, RareCharacter(name=written, characters="".join(sorted(missing))))


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


def issuers_at_hand(context: ImportContext, codes: set[str]) -> set[str]:
    """Return which of these issuers the file or the register knows."""
    known: set[str] = context.memory.setdefault("good issuers", set())
    return known | queries.issuers_by_codes(codes - known).keys()


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
        if other.division_code != place:
            reading.warn("id_number", HeadElsewhere(village=other.division_code))
    return PARTIES.verdict(reading, label, held(match, PARTIES) if match else None, own)


def parties_at_hand(context: ImportContext, codes: set[str]) -> set[str]:
    """Return which of these contracting parties the file (without a fault) or the register knows."""
    good: set[str] = context.memory.setdefault("good parties", set())
    listed = context.memory.get("codes", {})
    return good | queries.ids_by_codes(codes - listed.keys()).keys()


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


def apply_issuers(rows: Sequence[AppliedRow]) -> None:
    """Enter or change confirmed issuers."""
    found = queries.issuers_by_ids([row.subject_id for row in rows if row.subject_id])
    for row in rows:
        given = ISSUERS.unpack(row.payload)
        issuer = _matched(row, found) if row.subject_id else Issuer()
        known = {} if row.subject_id is None else _kept(issuer, IssuerDetails.__slots__)
        db.session.add(service.fill_issuer(issuer, IssuerDetails(**known | given)))
    db.session.flush()


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
        household = _matched(row, found) if row.subject_id else Household()
        known = {} if row.subject_id is None else _kept(household, HouseholdDetails.__slots__)
        details = HouseholdDetails(**_placed(code) | known | given)
        if issuer := issuers.get((code or "")[:14]):
            household.issuer_id = issuer.id
        db.session.add(service.fill(household, details))
    db.session.flush()


def _placed(code: str | None) -> dict[str, Any]:
    """Return the village and group that a household's code tells."""
    return {"division_code": code[:12], "group_number": int(code[12:14])} if code else {}


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
        known = {} if row.subject_id is None else _kept(member, MemberDetails.__slots__)
        db.session.add(service.fill_member(member, MemberDetails(**known | given)))
    db.session.flush()


def _kept(row: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _matched(row: AppliedRow, found: Mapping[int, Matched]) -> Matched:
    """Return the row of the register that was matched in the preview, unless it changed since."""
    matched = found.get(row.subject_id or 0)
    if matched is None:
        raise NotFound
    if matched.version != row.payload["version"]:
        raise StaleVersion
    return matched
