"""What the register of machinery refuses, each with its cure, and the proofs that both kinds share."""

from coop.machinery.models import Machine, Operator
from coop.machinery.rules import MachineryPermission
from coop.organisations import queries as organisations
from coop.organisations.models import Organisation
from coop.organisations.service import demand_scope
from foundation.access.grants import Viewer
from foundation.errors import DomainError, StaleVersion


class TerminalTaken(DomainError):
    """终端编号 %(number)s 已登记在“%(provider)s”的“%(machine)s”上；一个终端只对应一台机具，请核对编号。"""


class NoCapacity(DomainError):
    """日作业能力应大于零；请按这台机具一天最多能作业的亩数填写。"""


class TwoOwners(DomainError):
    """机主只能填一个：是组织的选“机主（组织）”，是个人的填“机主（个人）”；自有机具两项都留空。"""


class OwnerIsProvider(DomainError):
    """“%(name)s”就是服务组织自己，自有机具不必填机主；请清空机主，或改选实际出租的组织。"""


class SenderIsProvider(DomainError):
    """“%(name)s”就是服务组织自己，本组织的机手不必填派出组织；请清空，或改选实际派出的组织。"""


class ProviderClosed(DomainError):
    """“%(name)s”已于 %(day)s 停用，不能再登记机具和机手；请改选在用的服务组织。"""


class LicenceReversed(DomainError):
    """驾驶证有效期止 %(until)s 早于起始日 %(since)s；请核对两个日期。"""


class LicenceTaken(DomainError):
    """驾驶证号 %(number)s 已登记在“%(name)s”名下；请核对证号，或直接修改那一条。"""


class AccountTaken(DomainError):
    """这个账号已与机手“%(name)s”绑定；一个账号只对应一名机手，请改选账号，或先在那一条中解除绑定。"""


class AccountElsewhere(DomainError):
    """所选账号不在您的管辖范围内，或已停用；请从列表中选择本辖区在用的账号。"""


def demand_provider(
    row: Machine | Operator, provider_id: int, *, version: int | None, viewer: Viewer
) -> Organisation:
    """Return the provider a row is kept under; refuse a stale row, and one that lies elsewhere."""
    if version is not None and row.version != version:
        raise StaleVersion
    provider = organisations.get(viewer, provider_id)
    if row.id is not None:
        demand_scope(viewer, MachineryPermission.EDIT, row.division_code)
    demand_scope(viewer, MachineryPermission.EDIT, provider.division_code)
    if provider.closed_on is not None and row.provider_id != provider.id:
        raise ProviderClosed(name=provider.name, day=provider.closed_on)
    return provider
