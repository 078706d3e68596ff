"""The columns of the people's sheets, and what a person's name and paper must be."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from coop.households.models import Household, Issuer
from coop.households.rules import IdKind, PartyKind
from coop.organisations.importing import parse_division
from foundation.errors import DomainError, NotFound, StaleVersion
from foundation.identity.bank_card import mask_bank_card, parse_bank_account
from foundation.identity.credit_code import parse_credit_code
from foundation.identity.id_number import Sex, mask_id_number, parse_id_number
from foundation.identity.phone import mask_phone, parse_phone
from foundation.identity.registry_codes import parse_contractor_code, parse_issuer_code
from foundation.identity.written import compact
from foundation.imports.importing import Plan, Reading, choice, count, number, text, yes_no
from foundation.imports.rules import AppliedRow, ImportContext
from foundation.names.person_name import parse_name
from foundation.typesetting.faces import unprintable
from foundation.wording import N_
from foundation.workbooks.layouts import Content


class RareCharacter(DomainError):
    """“%(name)s”中的“%(characters)s”暂时打印不出来；可以导入，打印前请管理员补充字库。"""


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
        warn_of_rare_characters(context, reading, name, written)
    if not (given := reading.get(number_)):
        return
    match reading.get(kind) or default:
        case IdKind.RESIDENT_ID:
            reading.try_parse(number_, lambda: parse_id_number(given, context.on).value)
        case IdKind.CREDIT_CODE:
            reading.try_parse(number_, lambda: parse_credit_code(given).value)
        case _:
            reading.given[number_] = compact(given)


def warn_of_rare_characters(context: ImportContext, reading: Reading, column: str, written: str) -> None:
    """Warn when no face prints a character; the printable ones of a file are asked for once."""
    printable: set[str] = context.memory.setdefault("printable", set())
    if printable.issuperset(written):
        return
    missing = unprintable(written)
    printable.update(set(written) - missing)
    if missing:
        reading.warn(column, RareCharacter(name=written, characters="".join(sorted(missing))))


Matched = TypeVar("Matched", Issuer, Household)


def kept(row: object, names: Iterable[str]) -> dict[str, Any]:
    """Return what a row of the register holds in these fields."""
    return {name: getattr(row, name) for name in names}


def matched(row: AppliedRow, found: Mapping[int, Matched]) -> Matched:
    """Return the row of the register that was matched in the preview, unless it changed since."""
    matched = found.get(row.subject_id or 0)
    if matched is None:
        raise NotFound
    if matched.version != row.payload["version"]:
        raise StaleVersion
    return matched
