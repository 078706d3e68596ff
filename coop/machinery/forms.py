"""The forms of machines and operators, and the query bars of their lists."""

from typing import Any

from flask_babel import lazy_gettext as _l

from coop.machinery.models import Machine, Operator
from coop.machinery.rules import LicenceAsked, MachineKind
from coop.machinery.service import MachineDetails, OperatorDetails
from foundation.names.person_name import parse_name
from foundation.values.area import Mu
from foundation.web.acts import ActForm
from foundation.web.fields import (
    CheckField,
    ChoiceField,
    CountField,
    DateField,
    DivisionField,
    MuField,
    ParsedField,
    PhoneField,
    PickerField,
    TermField,
    TextField,
)
from foundation.web.forms import AtMost, EditForm, QueryForm, Required

PROVIDERS = "/coop/organisations/search?providers=1"
ORGANISATIONS = "/coop/organisations/search"
WIDEST_CM = 5000
MOST_A_DAY = Mu(5000_00)


class MachineQuery(QueryForm):
    """The query bar of the machines."""

    text = TextField(_l("型号、号牌或终端编号"))
    provider = PickerField(_l("服务组织"), source=PROVIDERS)
    kind = TermField(_l("机具类型"), terms=MachineKind, blank=_l("全部"))
    division = DivisionField(_l("区划"))
    licence = TermField(_l("行驶证"), terms=LicenceAsked, blank=_l("全部"))
    subcontracted = CheckField(_l("只看外租"))
    closed = CheckField(_l("含已停用"))


class OperatorQuery(QueryForm):
    """The query bar of the operators."""

    text = TextField(_l("姓名、驾驶证号或电话"))
    provider = PickerField(_l("服务组织"), source=PROVIDERS)
    division = DivisionField(_l("区划"))
    licence = TermField(_l("驾驶证"), terms=LicenceAsked, blank=_l("全部"))
    subcontracted = CheckField(_l("只看外派"))
    closed = CheckField(_l("含已停用"))


class MachineForm(EditForm):
    """A machine."""

    provider_id = PickerField(
        _l("服务组织"), [Required()], source=PROVIDERS, description=_l("输入名称、首字母或信用代码")
    )
    kind = TermField(_l("机具类型"), [Required()], terms=MachineKind)
    model = TextField(_l("型号"), [Required()], limit=60)
    plate = TextField(_l("号牌"), limit=30)
    daily_capacity = MuField(_l("日作业能力（亩）"), [Required(), AtMost(MOST_A_DAY)])
    width_cm = CountField(_l("作业幅宽（厘米）"), least=1, most=WIDEST_CM)
    terminal_number = TextField(_l("终端编号"), limit=40, description=_l("北斗终端的编号，一机一号"))
    licensed_until = DateField(_l("行驶证有效期至"))
    owner_id = PickerField(_l("机主（组织）"), source=ORGANISATIONS, description=_l("自有机具留空"))
    owner_name = TextField(_l("机主（个人）"), limit=60, description=_l("向个人租用的填写"))

    def details(self) -> MachineDetails:
        """Return what was filled in."""
        return MachineDetails(
            provider_id=int(self.provider_id.data),
            kind=self.kind.data,
            model=self.model.data,
            plate=self.plate.data or "",
            daily_capacity=self.daily_capacity.data,
            width_cm=self.width_cm.data,
            terminal_number=self.terminal_number.data,
            licensed_until=self.licensed_until.data,
            owner_id=number_of(self.owner_id),
            owner_name=self.owner_name.data or "",
        )


class OperatorForm(EditForm):
    """An operator; the telephone stays empty on the page, and empty means unchanged."""

    provider_id = PickerField(
        _l("服务组织"), [Required()], source=PROVIDERS, description=_l("输入名称、首字母或信用代码")
    )
    name = ParsedField(_l("姓名"), [Required()], parse=parse_name)
    phone = PhoneField(_l("联系电话"))
    licence_number = TextField(_l("驾驶证号"), limit=40)
    licence_class = TextField(_l("准驾机型"), limit=30, description=_l("如：G2 K2 R"))
    licensed_from = DateField(_l("驾驶证起始日期"))
    licensed_until = DateField(_l("驾驶证有效期至"))
    employer_id = PickerField(_l("派出组织"), source=ORGANISATIONS, description=_l("外单位派来的填写"))
    account_id = ChoiceField(
        _l("手机账号"), blank=_l("不绑定"), description=_l("绑定后可用手机登记自己的作业")
    )

    def details(self, operator: Operator | None = None) -> OperatorDetails:
        """Return what was filled in; an empty telephone keeps what the row holds."""
        return OperatorDetails(
            provider_id=int(self.provider_id.data),
            name=self.name.data,
            phone=self.phone.data or (operator.phone if operator is not None else None),
            licence_number=self.licence_number.data or "",
            licence_class=self.licence_class.data or "",
            licensed_from=self.licensed_from.data,
            licensed_until=self.licensed_until.data,
            employer_id=number_of(self.employer_id),
            account_id=self.account_id.data,
        )


class CloseForm(ActForm):
    """The day and the reason of an end."""

    on = DateField(_l("停用日期"), [Required()])
    reason = TextField(_l("事由"), [Required()], limit=200)


class ReopenForm(ActForm):
    """The reason of a return."""

    reason = TextField(_l("恢复事由"), [Required()], limit=200)


def number_of(field: Any) -> int | None:
    """Return the number of the row that a picker chose, if it chose one."""
    return int(field.data) if field.data else None


def values_of(form: type[EditForm], row: Machine | Operator) -> dict[str, Any]:
    """Return a row's values under the names of the form's fields; a sealed one stays empty."""
    names = [name for name in form(formdata=None)._fields if hasattr(row, name) and name != "phone"]
    return {name: getattr(row, name) for name in names}
