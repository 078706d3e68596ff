"""Kinds of organisations, what a provider's directory entry allows, and who may do what here."""

from datetime import date

from foundation.journal.rules.words import name_rows
from foundation.wording import N_, Term


class OrganisationPermission(Term):
    """What a person may do with organisations."""

    VIEW = "coop.organisations.view", N_("查看组织")
    EDIT = "coop.organisations.edit", N_("登记和修改组织")
    REVEAL = "coop.organisations.reveal", N_("查看组织的敏感信息")
    EXPORT = "coop.organisations.export", N_("导出组织")


class OrganisationKind(Term):
    """The kinds of bodies that the county's plan names, and the ones that they serve."""

    COUNTY_UNION = "county_union", N_("县级供销社")
    GRASSROOTS_COOP = "grassroots_coop", N_("基层供销社")
    LED_COOP = "led_coop", N_("领办合作社")
    COOPERATIVE = "cooperative", N_("农民合作社")
    FEDERATION = "federation", N_("联合社")
    LEADING_ENTERPRISE = "leading_enterprise", N_("龙头企业")
    MUTUAL_FUND_COOP = "mutual_fund_coop", N_("资金互助合作社")
    VILLAGE_COLLECTIVE = "village_collective", N_("村集体经济组织")
    SERVICE_CENTRE = "service_centre", N_("综合服务中心")
    JOINTLY_BUILT_VILLAGE = "jointly_built_village", N_("社村共建村")
    MACHINERY_PARTY = "machinery_party", N_("农机服务组织")
    OTHER = "other", N_("其他组织")


class SensitiveField(Term):
    """The fields that are shown masked and revealed one at a time, with a reason."""

    REPRESENTATIVE_ID = "representative_id", N_("法定代表人证件号码")
    PHONE = "phone", N_("联系电话")
    BANK_ACCOUNT = "bank_account", N_("银行账号")


class OrganisationAct(Term):
    """What the journal calls the acts on organisations."""

    REGISTERED = "organisations.registered", N_("登记组织")
    CHANGED = "organisations.changed", N_("修改组织")
    CLOSED = "organisations.closed", N_("停用组织")
    REOPENED = "organisations.reopened", N_("恢复组织")
    ENTERED_DIRECTORY = "organisations.entered_directory", N_("列入服务主体名录")
    LEFT_DIRECTORY = "organisations.left_directory", N_("移出服务主体名录")
    REVEALED = "organisations.revealed", N_("查看组织敏感信息")
    EXPORTED = "organisations.exported", N_("导出组织")


def is_listed_provider(listed_on: date | None, removed_on: date | None, on: date) -> bool:
    """Tell whether a directory entry in force from ``listed_on`` until before ``removed_on`` holds ``on``."""
    return listed_on is not None and listed_on <= on and (removed_on is None or on < removed_on)


name_rows(
    "organisation",
    N_("组织"),
    kind=N_("组织类型"),
    credit_code=N_("统一社会信用代码"),
    legal_representative=N_("法定代表人"),
    representative_id=N_("法定代表人身份证号"),
    founded_on=N_("成立日期"),
    listed_on=N_("列入名录日期"),
    removed_on=N_("移出名录日期"),
)
