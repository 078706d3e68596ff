"""The forms of logging in, of passwords and of accounts."""

import wtforms
from flask_babel import lazy_gettext as _l

from foundation.accounts.service import AccountDetails
from foundation.web.fields import PhoneField, TextField
from foundation.web.forms import EditForm, Form, QueryForm, Required


class LoginForm(Form):
    """Login name and password."""

    login_name = TextField(
        _l("登录名"), [Required()], limit=60, render_kw={"autocomplete": "username", "autocapitalize": "none"}
    )
    password = wtforms.PasswordField(
        _l("密码"), [Required()], render_kw={"autocomplete": "current-password", "maxlength": "200"}
    )


class PasswordForm(Form):
    """One's own password, the old and the new one twice."""

    old = wtforms.PasswordField(_l("当前密码"), [Required()], render_kw={"autocomplete": "current-password"})
    new = wtforms.PasswordField(
        _l("新密码"),
        [Required()],
        description=_l("至少 10 位，大小写字母、数字、符号中至少两类，不含登录名，不与最近五次相同。"),
        render_kw={"autocomplete": "new-password"},
    )
    again = wtforms.PasswordField(
        _l("再次输入新密码"),
        [Required(), wtforms.validators.EqualTo("new", message=_l("两次输入的新密码不一致；请重新输入。"))],
        render_kw={"autocomplete": "new-password"},
    )


class AccountForm(EditForm):
    """A person who may log in."""

    login_name = TextField(
        _l("登录名"),
        [Required()],
        limit=40,
        description=_l("对应到本人，如姓名拼音 wangxiuying；以字母开头，可含数字、点、横线、下划线。"),
        render_kw={"autocapitalize": "none", "autocomplete": "off"},
    )
    name = TextField(_l("姓名"), [Required()], limit=60, render_kw={"autocomplete": "off"})
    phone = PhoneField(_l("联系电话"))

    def details(self) -> AccountDetails:
        """Return what was filled in."""
        return AccountDetails(
            login_name=self.login_name.data or "", name=self.name.data or "", phone=self.phone.data
        )


class AccountQuery(QueryForm):
    """The query bar over the accounts."""

    text = TextField(_l("姓名或登录名"))
