"""Forms of organisations; sealed fields stay empty on the page, and empty means unchanged."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l

from coop.organisations.importing import parse_divisions
from coop.organisations.models import Organisation
from coop.organisations.rules import OrganisationKind, SensitiveField
from coop.organisations.service import FIELDS, OrganisationDetails
from foundation.identity.bank_card import parse_bank_account
from foundation.identity.credit_code import parse_credit_code
from foundation.names.organisation_name import parse_organisation_name
from foundation.names.person_name import parse_name
from foundation.web.fields import (
    CheckField,
    DateField,
    DivisionField,
    IdNumberField,
    ParsedField,
    PhoneField,
    ReadField,
    TermField,
    TextField,
)
from foundation.web.forms import EditForm, Form, QueryForm, Required

SEALED = frozenset(field.value for field in SensitiveField)


class DivisionsField(ReadField):
    """Several division codes in one box."""

    def read(self, text: str) -> tuple[str, ...]:
        """Return the codes."""
        return parse_divisions(text)

    def show(self, value: tuple[str, ...]) -> str:
        """Return the codes as they stand in the box."""
        return "、".join(value)


class OrganisationForm(EditForm):
    """What is registered of an organisation."""

    name = ParsedField(_l("组织名称"), [Required()], parse=parse_organisation_name)
    kind = TermField(_l("组织类型"), [Required()], terms=OrganisationKind)
    division_code = DivisionField(_l("所在区划"), [Required()])
    credit_code = ParsedField(_l("统一社会信用代码"), parse=lambda text: parse_credit_code(text).value)
    legal_representative = ParsedField(_l("法定代表人"), parse=parse_name)
    representative_id = IdNumberField(_l("法定代表人身份证号"))
    phone = PhoneField(_l("联系电话"))
    address = TextField(_l("地址"), limit=200)
    bank_name = TextField(_l("开户银行"), limit=100)
    bank_account = ParsedField(_l("银行账号"), parse=parse_bank_account)
    founded_on = DateField(_l("成立日期"))
    listed_on = DateField(_l("列入服务主体名录日期"))
    removed_on = DateField(_l("移出名录日期"))
    service_divisions = DivisionsField(
        _l("服务区域代码"), description=_l("可填多个 12 位区划代码，以顿号分隔")
    )

    texts: ClassVar = ("legal_representative", "address", "bank_name")

    def details(self, organisation: Organisation | None = None) -> OrganisationDetails:
        """Return what was filled in; an empty sealed field keeps what the row holds."""
        values = {name: self[name].data for name in FIELDS}
        values |= {name: values[name] or "" for name in self.texts}
        if organisation is not None:
            values |= {name: values[name] or getattr(organisation, name) for name in SEALED}
        return OrganisationDetails(**values, service_divisions=self.service_divisions.data or ())


def form_of(organisation: Organisation) -> OrganisationForm:
    """Return the form filled from a row, its sealed fields left empty."""
    values = {name: getattr(organisation, name) for name in FIELDS if name not in SEALED}
    values["service_divisions"] = tuple(sorted(row.division_code for row in organisation.service_divisions))
    return OrganisationForm(formdata=None, data=values | {"version": organisation.version})


class OrganisationQuery(QueryForm):
    """The query bar of the list."""

    text = TextField(_l("名称、首字母或信用代码"))
    kind = TermField(_l("组织类型"), terms=OrganisationKind, blank=_l("全部"))
    division = DivisionField(_l("区划"))
    provider = CheckField(_l("只看名录内服务主体"))
    closed = CheckField(_l("含已停用"))


class CloseForm(Form):
    """The day and the reason of an end."""

    on = DateField(_l("停用日期"), [Required()])
    reason = TextField(_l("事由"), [Required()], limit=200)
