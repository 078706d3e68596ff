"""The thirty contracts of the sample county: who with whom, in which mode, and what became of each."""

from dataclasses import dataclass
from enum import StrEnum

from coop.contracts.rules.terms import ContractMode, ReceiverKind

FANGONG, AIXIAN = "371681101266", "371681108226"
FANGONG_BODY, AIXIAN_BODY = "邹平市长山镇范公村股份经济合作社", "邹平市焦桥镇爱贤村股份经济合作社"
CHANGSHAN, JIAOQIAO = "长山供销合作社", "焦桥供销合作社"
HUINONG, GRAIN = "邹平市长山惠农土地托管专业合作社", "邹平市范公粮食种植专业合作社"
FUMIN, WOFENG = "邹平市焦桥富民农业服务专业合作社", "邹平市沃丰农业服务有限公司"
ZHONGLI = "邹平市众力农机服务专业合作社"

MENU, ORDER, LEASE, SHARE = ContractMode


class Fate(StrEnum):
    """What becomes of a contract in the story."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    RETURNED_ONCE = "returned_once"
    COMPLETED = "completed"
    TERMINATED = "terminated"
    VOID = "void"


class Term(StrEnum):
    """For when a contract is made, seen from the day of loading."""

    LAST_SEASON = "last_season"
    SEASON_BEFORE_LAST = "season_before_last"
    THIS_SEASON = "this_season"
    NEXT_SEASON = "next_season"
    LAST_YEAR = "last_year"
    THIS_YEAR = "this_year"
    SOON = "soon"


class Agreement(StrEnum):
    """How far the supplementary agreement of a contract has come."""

    SIGNED = "signed"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A contract to be: the receiver is a household (group, serial) or the collective for whole groups."""

    village: str
    mode: ContractMode
    fate: Fate
    term: Term
    provider: str
    household: tuple[int, int] | None = None
    groups: tuple[int, ...] = ()
    years: int = 1
    kind: ReceiverKind = ReceiverKind.HOUSEHOLD
    provider_first: bool = False
    in_grain: bool = False
    hands_on: bool = False
    """Whether this is the second tier: what the plan before it handed to the collective."""

    agreement: Agreement | None = None


def _household(
    village: str,
    household: tuple[int, int],
    mode: ContractMode,
    fate: Fate,
    term: Term,
    provider: str,
    *,
    years: int = 1,
    kind: ReceiverKind = ReceiverKind.HOUSEHOLD,
    provider_first: bool = False,
    in_grain: bool = False,
) -> Plan:
    return Plan(
        village=village,
        household=household,
        mode=mode,
        fate=fate,
        term=term,
        provider=provider,
        years=years,
        kind=kind,
        provider_first=provider_first,
        in_grain=in_grain,
    )


def _collective(
    village: str,
    groups: tuple[int, ...],
    mode: ContractMode,
    fate: Fate,
    term: Term,
    provider: str,
    *,
    years: int,
    hands_on: bool = False,
    agreement: Agreement | None = None,
) -> Plan:
    return Plan(
        village=village,
        groups=groups,
        mode=mode,
        fate=fate,
        term=term,
        provider=provider,
        years=years,
        kind=ReceiverKind.COLLECTIVE,
        hands_on=hands_on,
        agreement=agreement,
    )


_BIG = ReceiverKind.LARGE_HOUSEHOLD
F, A = FANGONG, AIXIAN
SIGNED, SUBMITTED = Agreement
PLANS: tuple[Plan, ...] = (
    _collective(F, (1, 2), LEASE, Fate.IN_FORCE, Term.THIS_YEAR, FANGONG_BODY, years=3),
    _collective(F, (), ORDER, Fate.IN_FORCE, Term.THIS_YEAR, CHANGSHAN, years=3, hands_on=True),
    _collective(F, (3,), ORDER, Fate.RETURNED_ONCE, Term.THIS_YEAR, CHANGSHAN, years=2, agreement=SIGNED),
    _household(F, (4, 1), MENU, Fate.COMPLETED, Term.LAST_SEASON, HUINONG),
    _household(F, (4, 1), MENU, Fate.IN_FORCE, Term.THIS_SEASON, HUINONG),
    _household(F, (4, 2), MENU, Fate.COMPLETED, Term.SEASON_BEFORE_LAST, HUINONG),
    _household(F, (4, 3), MENU, Fate.RETURNED_ONCE, Term.THIS_SEASON, CHANGSHAN),
    _household(F, (4, 4), MENU, Fate.DRAFT, Term.NEXT_SEASON, CHANGSHAN),
    _household(F, (4, 5), MENU, Fate.SUBMITTED, Term.NEXT_SEASON, CHANGSHAN),
    _household(F, (4, 6), MENU, Fate.RETURNED, Term.NEXT_SEASON, HUINONG),
    _household(F, (4, 7), MENU, Fate.APPROVED, Term.NEXT_SEASON, CHANGSHAN),
    _household(F, (4, 8), MENU, Fate.SIGNED, Term.NEXT_SEASON, HUINONG),
    _household(F, (4, 9), LEASE, Fate.TERMINATED, Term.LAST_YEAR, GRAIN, years=3),
    _household(F, (4, 10), LEASE, Fate.IN_FORCE, Term.THIS_YEAR, GRAIN, years=5, in_grain=True),
    _household(F, (4, 11), ORDER, Fate.VOID, Term.SOON, CHANGSHAN),
    _household(F, (4, 12), SHARE, Fate.IN_FORCE, Term.THIS_YEAR, GRAIN, years=3),
    _collective(A, (1,), SHARE, Fate.IN_FORCE, Term.THIS_YEAR, JIAOQIAO, years=3, agreement=SUBMITTED),
    _collective(A, (2,), LEASE, Fate.SIGNED, Term.SOON, WOFENG, years=3),
    _household(A, (3, 12), MENU, Fate.IN_FORCE, Term.THIS_SEASON, ZHONGLI, kind=_BIG),
    _household(A, (4, 1), ORDER, Fate.COMPLETED, Term.LAST_YEAR, JIAOQIAO),
    _household(A, (4, 2), ORDER, Fate.SUBMITTED, Term.SOON, JIAOQIAO),
    _household(A, (4, 3), ORDER, Fate.IN_FORCE, Term.THIS_YEAR, JIAOQIAO, years=2, provider_first=True),
    _household(A, (4, 4), LEASE, Fate.DRAFT, Term.SOON, FUMIN, years=3, in_grain=True),
    _household(A, (4, 5), SHARE, Fate.RETURNED, Term.SOON, FUMIN, years=3),
    _household(A, (4, 6), SHARE, Fate.TERMINATED, Term.LAST_YEAR, FUMIN, years=3),
    _household(A, (4, 7), MENU, Fate.IN_FORCE, Term.THIS_SEASON, FUMIN),
    _household(A, (4, 8), MENU, Fate.VOID, Term.NEXT_SEASON, FUMIN),
    _household(A, (4, 9), MENU, Fate.COMPLETED, Term.LAST_SEASON, ZHONGLI),
    _household(A, (4, 10), LEASE, Fate.APPROVED, Term.SOON, WOFENG, years=2),
    _household(A, (4, 11), MENU, Fate.SUBMITTED, Term.NEXT_SEASON, ZHONGLI),
)
