"""Land classes, the three acreages of a parcel and what the land register demands of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foundation.journal.rules.words import name_rows
from foundation.values.area import Mu, SquareMetres, mu_from_square_metres
from foundation.values.money import allocate
from foundation.wording import N_, Term

MU_TOLERANCE = Mu(1)
"""Mu and square metres of one parcel may differ by one hundredth of a mu, the rounding of the paper."""

OUTLINE_TOLERANCE = 5
"""Percent by which the area of an outline may differ from the registered one without a word."""

LARGEST_USUAL_AREA = Mu(200_00)
"""A household's parcel above this is more often a slip of the decimal point than land (a warning)."""


class ParcelPermission(Term):
    """What a person may do with parcels and the village register."""

    VIEW = "coop.parcels.view", N_("查看地块")
    EDIT = "coop.parcels.edit", N_("登记和修改地块")
    EXPORT = "coop.parcels.export", N_("导出地块和村土地台账")
    IMPORT = "coop.parcels.import", N_("导入村土地台账")


class LandClass(Term):
    """The register's classes of land (地块类别 10, 21, 22, 23, 99)."""

    CONTRACTED = "10", N_("承包地块")
    PRIVATE_PLOT = "21", N_("自留地")
    RESERVE = "22", N_("机动地")
    RECLAIMED = "23", N_("开荒地")
    OTHER = "99", N_("其他集体土地")


class ObtainedBy(Term):
    """How the contracting party came to the land (承包经营权取得方式)."""

    HOUSEHOLD_CONTRACT = "110", N_("家庭承包")
    OTHER_CONTRACT = "120", N_("其他方式承包")
    TRANSFER = "200", N_("转让")
    EXCHANGE = "300", N_("互换")
    SHARES = "400", N_("入股")
    OTHER = "900", N_("其他方式")


class AreaKind(Term):
    """The three acreages that one parcel has (N1)."""

    TITLE = "title", N_("确权面积")
    CONTRACT = "contract", N_("合同面积")
    MEASURED = "measured", N_("实测面积")


class Alike(Term):
    """In what parcels must agree to be merged: columns of the register."""

    ISSUER = "issuer_id", N_("发包方")
    HOLDER = "household_id", N_("承包方")
    LAND_CONTRACT = "land_contract_id", N_("承包合同")
    LAND_CLASS = "land_class", N_("地块类别")
    BASIS = "basis", N_("结算面积依据")


class OutlineOutcome(Term):
    """What came of one shape of a file of outlines."""

    NEW = "new", N_("新增")
    REPLACED = "replaced", N_("更新")
    SAME = "same", N_("无变化")
    REFUSED = "refused", N_("有错误")


class ParcelAct(Term):
    """What the journal calls the acts on parcels."""

    REGISTERED = "parcels.registered", N_("登记地块")
    CHANGED = "parcels.changed", N_("修改地块")
    AREA_RECORDED = "parcels.area_recorded", N_("登记面积")
    BASIS_CHANGED = "parcels.basis_changed", N_("变更结算面积依据")
    CLOSED = "parcels.closed", N_("停用地块")
    SPLIT = "parcels.split", N_("分割地块")
    MERGED = "parcels.merged", N_("合并地块")
    OUTLINED = "parcels.outlined", N_("登记地块界线")
    OUTLINES_EXPORTED = "parcels.outlines_exported", N_("导出地块界线")
    REOPENED = "parcels.reopened", N_("恢复地块")
    EXPORTED = "parcels.exported", N_("导出地块清单")
    REGISTER_EXPORTED = "parcels.register_exported", N_("导出村土地台账")


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFact:
    """One line of the three-acreage ledger: which acreage, how much, of which day, from which source."""

    kind: AreaKind
    area: Mu
    square_metres: SquareMetres | None
    dated_on: date
    source: str


@dataclass(frozen=True, slots=True)
class LandShare:
    """How much of one parcel's land lies in another; of a parcel in itself when nothing happened to it."""

    from_id: int
    to_id: int
    area: Mu


def shares_after(
    areas: Mapping[int, Mu], lineage: Mapping[int, Sequence[LandShare]]
) -> dict[int, tuple[LandShare, ...]]:
    """Follow the land of parcels through every split and merge to where it lies now; nothing is lost.

    ``lineage`` holds what went out of each parcel. A parcel is always younger than those it came from, so
    the smallest key at hand has received all it will ever receive. Of parcels asked together no successor
    receives more than its part of their sum.
    """
    at_hand = {place: {place: area} for place, area in areas.items()}
    settled: dict[int, list[LandShare]] = {one: [] for one in areas}
    while at_hand:
        place = min(at_hand)
        amounts, onward = at_hand.pop(place), lineage.get(place, ())
        if not onward:
            for origin, amount in amounts.items():
                settled[origin].append(LandShare(origin, place, amount))
            continue
        for step, received in zip(onward, _passed_on(amounts, [step.area for step in onward]), strict=True):
            there = at_hand.setdefault(step.to_id, {})
            for origin, amount in received.items():
                there[origin] = Mu(there.get(origin, 0) + amount)
    return {one: tuple(shares) for one, shares in settled.items()}


def _passed_on(amounts: Mapping[int, Mu], weights: Sequence[Mu]) -> list[dict[int, Mu]]:
    """Return what each onward parcel receives of every origin: rows and columns both add up."""
    room = allocate(sum(amounts.values()), weights)
    received: list[dict[int, Mu]] = [{} for _ in weights]
    for origin, amount in amounts.items():
        parts = allocate(amount, room) if amount else [0] * len(room)
        for place, part in enumerate(parts):
            room[place] -= part
            if part:
                received[place][origin] = Mu(part)
    return received


def portions(fact: AreaFact, areas: Sequence[Mu]) -> list[tuple[Mu, SquareMetres | None]]:
    """Return one acreage of a parcel shared out by ``areas``, square metres with the mu; nothing is lost."""
    shared = [Mu(part) for part in allocate(fact.area, areas)]
    if fact.square_metres is None:
        return [(part, None) for part in shared]
    squares = allocate(fact.square_metres, shared)
    return [(part, SquareMetres(square)) for part, square in zip(shared, squares, strict=True)]


def areas_agree(area: Mu, square_metres: SquareMetres) -> bool:
    """Tell whether both columns of the register name the same land: mu = ㎡ × 3/2000, within 0.01 mu."""
    return abs(mu_from_square_metres(square_metres) - area) <= MU_TOLERANCE


def differs_much(outline: Mu, held: Mu) -> bool:
    """Tell whether an outline is another size than the register says, beyond the tolerance."""
    return abs(outline - held) * 100 > held * OUTLINE_TOLERANCE


def current_areas(facts: Iterable[AreaFact]) -> dict[AreaKind, AreaFact]:
    """Return the fact in force per kind: the latest dated one, the later recorded one of a day."""
    latest: dict[AreaKind, AreaFact] = {}
    for fact in facts:
        known = latest.get(fact.kind)
        if known is None or fact.dated_on >= known.dated_on:
            latest[fact.kind] = fact
    return latest


BASIS_ORDER = (AreaKind.CONTRACT, AreaKind.TITLE, AreaKind.MEASURED)


def default_basis(known: Iterable[AreaKind]) -> AreaKind:
    """Return the acreage a settlement goes by unless another is chosen: contract, title, measured."""
    kinds = set(known)
    return next((kind for kind in BASIS_ORDER if kind in kinds), AreaKind.CONTRACT)


name_rows(
    "parcel",
    N_("地块"),
    issuer_id=N_("发包方序号"),
    land_contract_id=N_("承包合同序号"),
    land_class=N_("地块类别"),
    grade=N_("地力等级"),
    east=N_("东至"),
    south=N_("南至"),
    west=N_("西至"),
    north=N_("北至"),
    obtained_by=N_("取得方式"),
    is_confirmed=N_("是否确权"),
    title_area=N_("登记面积"),
    contract_area=N_("合同面积"),
    measured_area=N_("实测面积"),
    basis=N_("结算面积依据"),
    area=N_("结算面积"),
)
