"""What a contracting party is, who may see and change one, and how namesakes are told apart."""

from dataclasses import dataclass

from foundation.journal.rules.words import name_rows
from foundation.wording import N_, Term


class HouseholdPermission(Term):
    """What a person may do with households and their parcels."""

    VIEW = "coop.households.view", N_("查看农户")
    EDIT = "coop.households.edit", N_("登记和修改农户")
    EXPORT = "coop.households.export", N_("导出农户")
    REVEAL = "coop.households.reveal", N_("查看农户的敏感信息")


class PartyKind(Term):
    """The register's kinds of contracting parties (承包方类型 1, 2, 3)."""

    HOUSEHOLD = "household", N_("农户")
    INDIVIDUAL = "individual", N_("个人")
    ORGANISATION = "organisation", N_("单位")


class IdKind(Term):
    """The register's kinds of papers that prove who somebody is (证件类型 1 to 9)."""

    RESIDENT_ID = "resident_id", N_("居民身份证")
    MILITARY_ID = "military_id", N_("军官证")
    CREDIT_CODE = "credit_code", N_("统一社会信用代码")
    HOUSEHOLD_BOOK = "household_book", N_("户口簿")
    PASSPORT = "passport", N_("护照")
    OTHER = "other", N_("其他证件")


class HouseholdStatus(Term):
    """Whether a household can still sign; nothing is ever deleted, it only ceases."""

    ACTIVE = "active", N_("正常")
    MOVED = "moved", N_("已迁出")
    DIED_OUT = "died_out", N_("已消亡")
    MERGED = "merged", N_("已并户")
    CLOSED = "closed", N_("已停用")


class SensitiveField(Term):
    """The fields that are shown masked and revealed one at a time, with a reason."""

    ID_NUMBER = "id_number", N_("证件号码")
    PHONE = "phone", N_("联系电话")
    BANK_ACCOUNT = "bank_account", N_("银行账号")


class HouseholdAct(Term):
    """What the journal calls the acts on households."""

    REGISTERED = "households.registered", N_("登记农户")
    CHANGED = "households.changed", N_("修改农户")
    DEACTIVATED = "households.deactivated", N_("停用农户")
    REACTIVATED = "households.reactivated", N_("恢复农户")
    FAMILY_CHANGED = "households.family_changed", N_("修改家庭成员")
    EXPORTED = "households.exported", N_("导出农户")
    REVEALED = "households.revealed", N_("查看农户敏感信息")


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdLabel:
    """The parts that tell namesakes apart: name, village, villager group and the ID's last four."""

    name: str
    village: str
    group: str
    id_tail: str

    def __str__(self) -> str:
        """Return one line: ``张建国 · 某某村 · 3组 · 尾号1234``."""
        tail = f"尾号{self.id_tail}" if self.id_tail else ""
        return " · ".join(part for part in (self.name, self.village, self.group, tail) if part)


def group_name(number: int) -> str:
    """The villager group as people say it; 0 is the village itself and has no name."""
    return f"{number}组" if number else ""


name_rows(
    "household",
    N_("农户"),
    issuer_id=N_("发包方序号"),
    party_kind=N_("承包方类型"),
    head_name=N_("承包方代表"),
    id_kind=N_("证件类型"),
    id_number=N_("证件号码"),
    group_number=N_("村民小组"),
    is_large_operator=N_("规模经营户"),
    status=N_("状态"),
    ended_on=N_("停用日期"),
    ended_reason=N_("停用原因"),
)
