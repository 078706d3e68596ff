"""Forms of households; sealed fields stay empty on the page, and empty means unchanged."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField

from coop.households.models import Household, HouseholdMember
from coop.households.rules import HouseholdStatus, IdKind, PartyKind, SensitiveField
from coop.households.service import HouseholdDetails, MemberDetails
from foundation.clock import today
from foundation.errors import DomainError
from foundation.identity.bank_card import parse_bank_account
from foundation.identity.credit_code import parse_credit_code
from foundation.identity.id_number import Sex, parse_id_number
from foundation.identity.registry_codes import parse_contractor_code
from foundation.identity.written import compact
from foundation.names.organisation_name import parse_organisation_name
from foundation.names.person_name import parse_name
from foundation.web.fields import (
    CheckField,
    CountField,
    DateField,
    DivisionField,
    ParsedField,
    PhoneField,
    TermField,
    TextField,
)
from foundation.web.forms import EditForm, Form, QueryForm, Required

SEALED = frozenset(field.value for field in SensitiveField)


def read_number(kind: IdKind | None, text: str | None) -> str | None:
    """Return the number of a paper as its kind writes it, or raise a ``DomainError``."""
    if not text:
        return None
    if kind is IdKind.RESIDENT_ID:
        return parse_id_number(text, today()).value
    return parse_credit_code(text).value if kind is IdKind.CREDIT_CODE else compact(text)


class HouseholdForm(EditForm):
    """What is registered of a contracting party."""

    head_name = TextField(_l("承包方名称（户主姓名）"), [Required()], limit=60)
    party_kind = TermField(_l("承包方类型"), [Required()], terms=PartyKind, default=PartyKind.HOUSEHOLD)
    division_code = DivisionField(_l("所在村"), [Required()])
    group_number = CountField(_l("村民小组号"), most=99, default=0)
    code = ParsedField(_l("承包方编码"), parse=parse_contractor_code)
    id_kind = TermField(_l("证件类型"), [Required()], terms=IdKind, default=IdKind.RESIDENT_ID)
    id_number = TextField(_l("证件号码"), limit=30)
    phone = PhoneField(_l("联系电话"))
    address = TextField(_l("地址"), limit=200)
    bank_name = TextField(_l("开户银行"), limit=100)
    bank_account = ParsedField(_l("银行账号"), parse=parse_bank_account)
    is_large_operator = CheckField(_l("规模经营户"))

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Prove the name and the number by the kinds that were chosen."""
        is_good = super().validate(extra_validators)
        is_body = self.party_kind.data is PartyKind.ORGANISATION
        try:
            name = self.head_name.data or ""
            self.head_name.data = parse_organisation_name(name) if is_body else parse_name(name)
        except DomainError as refusal:
            if not self.head_name.errors:
                self.refuse("head_name", refusal)
            is_good = False
        try:
            self.id_number.data = read_number(self.id_kind.data, self.id_number.data)
        except DomainError as refusal:
            self.refuse("id_number", refusal)
            is_good = False
        return is_good

    def details(self, household: Household | None = None) -> HouseholdDetails:
        """Return what was filled in; an empty sealed field keeps what the row holds."""
        values = {name: self[name].data for name in HouseholdDetails.__slots__}
        values |= {name: values[name] or "" for name in ("address", "bank_name")}
        values["group_number"] = values["group_number"] or 0
        if household is not None:
            values |= {name: values[name] or getattr(household, name) for name in SEALED}
        return HouseholdDetails(**values)


def form_of(household: Household) -> HouseholdForm:
    """Return the form filled from a row, its sealed fields left empty."""
    values = {name: getattr(household, name) for name in HouseholdDetails.__slots__ if name not in SEALED}
    return HouseholdForm(formdata=None, data=values | {"version": household.version})


class MemberForm(Form):
    """One line of the family list; a line without a name is left out."""

    name = ParsedField(_l("姓名"), parse=parse_name)
    sex = TermField(_l("性别"), terms=Sex)
    relation = TextField(_l("与户主关系"), limit=20)
    id_number = ParsedField(_l("身份证号"), parse=lambda text: read_number(IdKind.RESIDENT_ID, text))
    is_co_owner = CheckField(_l("共有人"), default=True)
    note = TextField(_l("备注"), limit=200)

    def details(self, member: HouseholdMember | None) -> MemberDetails:
        """Return the line; an empty number keeps what the row in this place holds."""
        kept = member if member is not None and member.name == self.name.data else None
        return MemberDetails(
            name=self.name.data or "",
            sex=self.sex.data,
            id_kind=kept.id_kind if kept is not None and not self.id_number.data else IdKind.RESIDENT_ID,
            id_number=self.id_number.data or (kept.id_number if kept is not None else None),
            relation=self.relation.data or "",
            is_co_owner=self.is_co_owner.data,
            note=self.note.data or "",
        )


class FamilyForm(EditForm):
    """The family list of a household, with spare lines at its end."""

    members = FieldList(FormField(MemberForm), label=_l("家庭成员"))

    def details(self, household: Household) -> list[MemberDetails]:
        """Return the filled lines in their order."""
        rows: list[HouseholdMember | None] = [*household.members]
        lines = list(self.members)
        rows += [None] * (len(lines) - len(rows))
        return [line.form.details(row) for line, row in zip(lines, rows, strict=False) if line.form.name.data]


SPARE_LINES = 3


def family_form_of(household: Household) -> FamilyForm:
    """Return the family form filled from a household whose members are loaded."""
    shown = ("name", "sex", "relation", "is_co_owner", "note")
    lines = [{name: getattr(member, name) for name in shown} for member in household.members]
    spare: list[dict[str, object]] = [{"is_co_owner": True} for _ in range(SPARE_LINES)]
    return FamilyForm(formdata=None, data={"members": lines + spare, "version": household.version})


class HouseholdQuery(QueryForm):
    """The query bar of the list."""

    text = TextField(_l("姓名、首字母、编码、证件尾号或电话"))
    division = DivisionField(_l("镇村"))
    group = CountField(_l("组"), most=99)
    party_kind = TermField(_l("类型"), terms=PartyKind, blank=_l("全部"))
    status = TermField(_l("状态"), terms=HouseholdStatus, blank=_l("正常"))
    large = CheckField(_l("规模经营户"))


ENDINGS = tuple(status for status in HouseholdStatus if status is not HouseholdStatus.ACTIVE)


class EndForm(Form):
    """The day, the kind and the reason of a household's end."""

    status = TermField(_l("去向"), [Required()], terms=ENDINGS)
    on = DateField(_l("日期"), [Required()])
    reason = TextField(_l("事由"), [Required()], limit=200)
