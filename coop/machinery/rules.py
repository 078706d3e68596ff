"""Kinds of machines, the papers they and their operators need, and who may keep them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol

from foundation.journal.rules.words import name_rows
from foundation.values.area import Mu
from foundation.wording import N_, Term

SOON_DAYS = 30
"""So many days before its end a licence is told to be ending."""


class MachineryPermission(Term):
    """What a person may do with machines and operators."""

    VIEW = "coop.machinery.view", N_("查看机具和机手")
    EDIT = "coop.machinery.edit", N_("登记和修改机具、机手")
    REVEAL = "coop.machinery.reveal", N_("查看机手的联系电话")
    EXPORT = "coop.machinery.export", N_("导出机具和机手")


class MachineryAct(Term):
    """What the journal calls the acts on machines and operators."""

    MACHINE_SAVED = "machinery.machine_saved", N_("登记机具")
    MACHINE_CLOSED = "machinery.machine_closed", N_("停用机具")
    MACHINE_REOPENED = "machinery.machine_reopened", N_("恢复机具")
    OPERATOR_SAVED = "machinery.operator_saved", N_("登记机手")
    OPERATOR_CLOSED = "machinery.operator_closed", N_("停用机手")
    OPERATOR_REOPENED = "machinery.operator_reopened", N_("恢复机手")
    REVEALED = "machinery.revealed", N_("查看机手联系电话")
    EXPORTED = "machinery.exported", N_("导出机具和机手")


class MachineKind(Term):
    """What a machine is for (GB/T 4960 and the registers of agricultural machinery)."""

    TRACTOR = "tractor", N_("拖拉机")
    TILLER = "tiller", N_("耕整地机械")
    DRILL = "drill", N_("播种机")
    SPRAYER = "sprayer", N_("喷杆喷雾机")
    DRONE = "drone", N_("植保无人机")
    HARVESTER = "harvester", N_("联合收割机")
    PUMP = "pump", N_("灌溉设备")
    BALER = "baler", N_("秸秆打捆机")
    DRYER = "dryer", N_("烘干机")
    OTHER = "other", N_("其他机具")


class LicenceState(Term):
    """How a licence stands on a day."""

    VALID = "valid", N_("有效")
    SOON = "soon", N_("即将到期")
    EXPIRED = "expired", N_("已过期")
    UNKNOWN = "unknown", N_("未登记")


class LicenceAsked(Term):
    """What a query bar asks of licences; those that end soon are asked for with those that ended."""

    ENDING = "ending", N_("已过期或 30 天内到期")
    EXPIRED = "expired", N_("已过期")
    VALID = "valid", N_("有效")
    UNKNOWN = "unknown", N_("未登记")


def licence_state(until: date | None, on: date) -> LicenceState:
    """Return how a licence that holds up to and including ``until`` stands on a day."""
    if until is None:
        return LicenceState.UNKNOWN
    if until < on:
        return LicenceState.EXPIRED
    return LicenceState.SOON if until <= on + timedelta(days=SOON_DAYS) else LicenceState.VALID


class LicensedMachine(Protocol):
    """What the proof of a machine's papers asks of it."""

    model: str
    plate: str
    licensed_until: date | None


class LicensedOperator(Protocol):
    """What the proof of an operator's papers asks of the person."""

    name: str
    licence_number: str
    licensed_from: date | None
    licensed_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceFault:
    """What is wrong with a paper on a day: whose (``machine`` or ``operator``), one sentence, its values."""

    place: str
    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in Chinese."""
        return self.sentence % self.values


MACHINE_EXPIRED = N_(
    "机具“%(name)s”的行驶证已于 %(until)s 到期，作业日 %(on)s 不在有效期内；请换机或先办理检验。"
)
OPERATOR_EXPIRED = N_(
    "机手“%(name)s”的驾驶证 %(number)s 已于 %(until)s 到期，作业日 %(on)s 不在有效期内；请换人或先办理换证。"
)
OPERATOR_EARLY = N_("机手“%(name)s”的驾驶证 %(number)s 自 %(since)s 起有效，作业日 %(on)s 尚未取得；请换人。")


def licence_findings(
    machine: LicensedMachine | None, operator: LicensedOperator | None, on: date
) -> list[LicenceFault]:
    """Return what is wrong with the papers of who works with what on a day; unknown papers are not judged."""
    found = []
    if machine is not None and licence_state(machine.licensed_until, on) is LicenceState.EXPIRED:
        name = f"{machine.model} {machine.plate}".strip()
        values = {"name": name, "until": machine.licensed_until, "on": on}
        found.append(LicenceFault(place="machine", sentence=MACHINE_EXPIRED, values=values))
    if operator is not None:
        values = {"name": operator.name, "number": operator.licence_number, "on": on}
        if licence_state(operator.licensed_until, on) is LicenceState.EXPIRED:
            values |= {"until": operator.licensed_until}
            found.append(LicenceFault(place="operator", sentence=OPERATOR_EXPIRED, values=values))
        elif operator.licensed_from is not None and on < operator.licensed_from:
            values |= {"since": operator.licensed_from}
            found.append(LicenceFault(place="operator", sentence=OPERATOR_EARLY, values=values))
    return found


class Working(Protocol):
    """What the sum of a park of machines asks of each."""

    kind: MachineKind
    daily_capacity: Mu

    @property
    def is_subcontracted(self) -> bool:
        """Whether it is somebody else's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """What a provider's machines of one kind can do in a day; the subcontracted ones are a part of it."""

    kind: MachineKind
    count: int
    daily: Mu
    subcontracted_count: int
    subcontracted_daily: Mu


def capacities(machines: Iterable[Working]) -> list[Capacity]:
    """Return the daily capacity by kind, in the order of the kinds."""
    by_kind: dict[MachineKind, list[Working]] = {kind: [] for kind in MachineKind}
    for machine in machines:
        by_kind[machine.kind].append(machine)
    return [_capacity(kind, park) for kind, park in by_kind.items() if park]


def _capacity(kind: MachineKind, park: list[Working]) -> Capacity:
    hired = [machine for machine in park if machine.is_subcontracted]
    return Capacity(
        kind=kind,
        count=len(park),
        daily=Mu(sum(machine.daily_capacity for machine in park)),
        subcontracted_count=len(hired),
        subcontracted_daily=Mu(sum(machine.daily_capacity for machine in hired)),
    )


name_rows(
    "machine",
    N_("机具"),
    kind=N_("机具类型"),
    owner_id=N_("机主组织序号"),
    owner_name=N_("机主姓名"),
    model=N_("型号"),
    plate=N_("号牌"),
    terminal_number=N_("终端编号"),
    width_cm=N_("作业幅宽（厘米）"),
    daily_capacity=N_("日作业能力（亩）"),
    licensed_until=N_("行驶证有效期至"),
)
name_rows(
    "operator",
    N_("机手"),
    name=N_("姓名"),
    employer_id=N_("派出组织序号"),
    licence_number=N_("驾驶证号"),
    licence_class=N_("准驾机型"),
    licensed_from=N_("驾驶证起始日期"),
    licensed_until=N_("驾驶证有效期至"),
    account_id=N_("手机账号序号"),
)
