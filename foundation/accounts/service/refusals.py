"""What accounts refuse, in the words the user reads."""

from foundation.errors import DomainError, InvalidValue


class LoginRefused(DomainError):
    """登录未成功。"""


class WrongLogin(LoginRefused):
    """登录名或密码不正确；连续 5 次不正确，账号将锁定 15 分钟。忘记密码请联系系统管理员重置。"""


class AccountLocked(LoginRefused):
    """账号因连续输错密码已锁定；请于 15 分钟后再试，或联系系统管理员解除锁定。"""


class TooManyFailures(LoginRefused):
    """您所在的网络地址登录失败次数过多；请于 15 分钟后再试。"""


class WrongPassword(InvalidValue):
    """当前密码不正确；请重新输入。"""


class LoginNameTaken(InvalidValue):
    """登录名“%(login_name)s”已被 %(name)s 使用；请换一个登录名。"""


class PersonNameMissing(InvalidValue):
    """请填写使用人的姓名，最多 60 个字。"""


class ReasonMissing(InvalidValue):
    """请写明查看原因，例如“核对本人联系方式”。"""


class OwnAccount(DomainError):
    """不能停用或重置自己的账号；请由另一位管理员办理。"""
