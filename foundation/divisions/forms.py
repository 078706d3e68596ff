"""The forms of divisions: adding, renaming, transferring."""

from flask_babel import lazy_gettext as _l

from foundation.divisions.service import DivisionDetails
from foundation.web.fields import DateField, DivisionField, TextField
from foundation.web.forms import EditForm, Form, QueryForm, Required


class AddForm(Form):
    """A new division below a parent."""

    code = TextField(_l("区划编码"), [Required()], limit=12, description=_l("12 位，前几位与上级相同。"))
    name = TextField(_l("名称"), [Required()], limit=60, description=_l("登记全称，如 西范村委会。"))
    valid_from = DateField(_l("启用日期"))

    def details(self, parent_code: str) -> DivisionDetails:
        """Return what was filled in."""
        return DivisionDetails(
            code=self.code.data or "",
            name=self.name.data or "",
            parent_code=parent_code,
            valid_from=self.valid_from.data,
        )


class RenameForm(EditForm):
    """Another name under the same code."""

    name = TextField(_l("新名称"), [Required()], limit=60)
    reason = TextField(_l("批准文件"), [Required()], limit=200)


class TransferForm(Form):
    """Another parent and another code from a day on."""

    parent_code = DivisionField(_l("划入的上级"), [Required()], description=_l("填编码、名称或拼音首字母。"))
    new_code = TextField(_l("新的区划编码"), [Required()], limit=12)
    on = DateField(_l("划转日期"), [Required()], description=_l("当日以前的业务仍归原上级。"))
    reason = TextField(_l("批准文件"), [Required()], limit=200)


class GroupForm(Form):
    """A villager group."""

    number = TextField(_l("小组编号"), [Required()], limit=2)
    name = TextField(_l("小组名称"), limit=60, description=_l("留空则为“几组”。"))


class DivisionQuery(QueryForm):
    """The search over the divisions."""

    q = TextField(_l("名称、拼音首字母或编码"))
