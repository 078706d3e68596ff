"""The forms of roles and postings."""

from collections.abc import Iterable, Sequence

import wtforms
from flask_babel import lazy_gettext as _l

from foundation.postings.rules import RoleKind
from foundation.web.fields import ChoiceField, DateField, TermField, TextField
from foundation.web.forms import EditForm, Form, QueryForm, Required
from foundation.web.wording import term
from foundation.wording import Term


class TermsField(wtforms.SelectMultipleField):
    """Any number of permissions as check boxes."""

    widget = wtforms.widgets.ListWidget(prefix_label=False)
    option_widget = wtforms.widgets.CheckboxInput()


class RoleForm(EditForm):
    """A role and what it may do."""

    name = TextField(_l("角色名称"), [Required()], limit=60)
    code = TextField(_l("角色代码"), [Required()], limit=40, description=_l("如 coop-clerk；建立后不变。"))
    kind = TermField(_l("类别"), [Required()], terms=RoleKind, description=_l("管理员不能带业务权限。"))
    permissions = TermsField(_l("权限"))

    def offer(self, permissions: Iterable[Term]) -> None:
        """Put the permissions on offer."""
        self.permissions.choices = [
            (member.value, f"{term(member)}（{member.value}）") for member in permissions
        ]


class PostingForm(Form):
    """A role at a unit for a time."""

    role_id = ChoiceField(_l("角色"), [Required()])
    unit_id = ChoiceField(_l("单位"), [Required()])
    since = DateField(_l("任职起"), [Required()])
    until = DateField(_l("任职止"), description=_l("当日起不再有权限；留空为长期。"))
    reason = TextField(_l("依据"), [Required()], limit=200, description=_l("任命文件、申请单等。"))

    def offer(self, roles: Sequence[tuple[int, str]], units: Sequence[tuple[int, str]]) -> None:
        """Put the roles and units on offer."""
        self.role_id.choices, self.unit_id.choices = roles, units


class PersonQuery(QueryForm):
    """The query bar over the people."""

    text = TextField(_l("姓名或登录名"))
