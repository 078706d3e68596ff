"""The pages of accounts: the entrance for everyone, the accounts for the system administrator."""

from foundation.accounts.rules import AccountPermission
from foundation.accounts.views import entrance, people
from foundation.accounts.views.frame import blueprint
from foundation.web.menu import Door, MenuEntry
from foundation.wording import N_

__all__ = ["MENU", "blueprint", "entrance", "people"]

MENU = (
    MenuEntry(door=Door.WORKTABLE, label=N_("我的登录"), endpoint="foundation.accounts.sessions"),
    MenuEntry(door=Door.WORKTABLE, label=N_("修改密码"), endpoint="foundation.accounts.password"),
    MenuEntry(
        door=Door.SYSTEM,
        label=N_("账号"),
        endpoint="foundation.accounts.index",
        permissions=(AccountPermission.MANAGE,),
    ),
    MenuEntry(
        door=Door.SYSTEM,
        label=N_("在线用户"),
        endpoint="foundation.accounts.online",
        permissions=(AccountPermission.SESSIONS,),
    ),
)
