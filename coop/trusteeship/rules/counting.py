"""How the work on one parcel in one crop season is counted: each mu once, every pass, and by weight.

The three numbers are never mixed. Land (托管土地面积) counts each mu once; mu-times (作业亩次) every link and
pass, those that silence accepted (视同验收) told apart; weighted mu (折算面积) are the four links of
production by the programme's coefficients, a pass more of the same link weighing nothing unless the programme
says so.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from coop.catalogue.rules import LinkKind
from coop.programmes.rules import Weight
from foundation.values.area import Mu
from foundation.values.money import Fen, per_mu
from foundation.values.percent import WHOLE
from foundation.values.rounding import half_up

Land = Mapping[int, Mu]
"""The settlement basis of a parcel by part; a parcel that was not merged this year has one part, 0."""

Required = Mapping[int, int]
"""The links without which a crop is not served whole, each with its least passes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """An entry as far as counting asks: one pass of one link on one part of the parcel."""

    link_id: int
    kind: LinkKind
    pass_number: int
    part: int
    area: Mu
    income: Fen
    is_deemed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What the links of a crop weigh by one version of a programme; a pass more weighs only on demand."""

    weights: Mapping[int, Weight]
    weighs_every_pass: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCount:
    """The land of one part that was worked, and what of it has all that its crop requires."""

    physical: Mu
    whole: Mu


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The figures of one parcel in one crop season by one programme; ``parts`` tells the land apart."""

    basis_area: Mu
    tilled: Mu
    sown: Mu
    protected: Mu
    protected_times: Mu
    harvested: Mu
    mu_times: Mu
    deemed_times: Mu
    physical: Mu
    weighted: Mu
    whole: Mu
    income: Fen
    subsidy: Fen
    parts: Mapping[int, PartCount]


Passes = Mapping[int, Sequence[Mu]]
"""By link the areas of its passes, the largest first."""


def count(works: Collection[Work], *, land: Land, scale: Scale, required: Required) -> Count:
    """Count the work on one parcel in one crop season.

    Work beyond the land of its part (a tolerance is allowed) adds to the mu-times only. Weighted mu are at
    most the land: 0.36 till + 0.27 sow + 0.10 protect + 0.27 harvest are one (provincial plan of 2024).
    """
    kinds = {work.link_id: work.kind for work in works}
    worked = _passes(works, land)
    parts = {part: _part(passes, required) for part, passes in worked.items()}
    weighed = {link: _weighed(worked.values(), link, scale) for link in kinds if link in scale.weights}
    physical = sum(part.physical for part in parts.values())
    exact = sum(scale.weights[link].weight * area for link, area in weighed.items())
    by_kind: dict[LinkKind, list[int]] = defaultdict(list)
    for link, kind in kinds.items():
        by_kind[kind].append(link)
    return Count(
        basis_area=Mu(sum(land.values())),
        tilled=_once(worked.values(), by_kind[LinkKind.TILL]),
        sown=_once(worked.values(), by_kind[LinkKind.SOW]),
        protected=_once(worked.values(), by_kind[LinkKind.PROTECT]),
        protected_times=Mu(sum(work.area for work in works if work.kind is LinkKind.PROTECT)),
        harvested=_once(worked.values(), by_kind[LinkKind.HARVEST]),
        mu_times=Mu(sum(work.area for work in works)),
        deemed_times=Mu(sum(work.area for work in works if work.is_deemed)),
        physical=Mu(physical),
        weighted=Mu(min(physical, half_up(exact, WHOLE))),
        whole=Mu(sum(part.whole for part in parts.values())),
        income=Fen(sum(work.income for work in works)),
        subsidy=Fen(sum(_subsidy(scale.weights[link], area) for link, area in weighed.items())),
        parts=parts,
    )


def over_the_year(counts: Sequence[Count]) -> list[tuple[Mu, Mu]]:
    """Return, season by season, the land and the wholly served land that no earlier one has counted.

    Two seasons rightly count a mu twice in mu-times and in weighted mu, but once in the land of the year.
    """
    land: dict[int, int] = defaultdict(int)
    whole: dict[int, int] = defaultdict(int)
    new: list[tuple[Mu, Mu]] = []
    for one in counts:
        before = sum(land.values()), sum(whole.values())
        for part, found in one.parts.items():
            land[part] = max(land[part], found.physical)
            whole[part] = max(whole[part], found.whole)
        new.append((Mu(sum(land.values()) - before[0]), Mu(sum(whole.values()) - before[1])))
    return new


def _passes(works: Iterable[Work], land: Land) -> dict[int, Passes]:
    """Return the work on each part by link, no pass for more than the land there is."""
    found: dict[int, dict[int, list[Mu]]] = {part: {} for part in land}
    for work in works:
        if work.part in found:
            passes = found[work.part].setdefault(work.link_id, [])
            passes.append(min(work.area, land[work.part]))
            passes.sort(reverse=True)
    return {**found}


def _part(passes: Passes, required: Required) -> PartCount:
    """Count one part; whole is what every required link has reached often enough (no-till maize: no 耕)."""
    physical = max((areas[0] for areas in passes.values()), default=Mu(0))
    reached = [_nth(passes.get(link, ()), least) for link, least in required.items()]
    return PartCount(physical=physical, whole=min(reached, default=Mu(0)))


def _nth(areas: Sequence[Mu], number: int) -> Mu:
    return areas[number - 1] if len(areas) >= number else Mu(0)


def _once(worked: Iterable[Passes], links: Collection[int]) -> Mu:
    """Return the land on which any of these links was done, each mu once."""
    return Mu(sum(max((passes[link][0] for link in links if link in passes), default=0) for passes in worked))


def _weighed(worked: Iterable[Passes], link: int, scale: Scale) -> Mu:
    """Return the mu of one link that weigh: each once a season, or once a pass."""
    areas = (passes[link] for passes in worked if link in passes)
    return Mu(sum(sum(each) if scale.weighs_every_pass else each[0] for each in areas))


def _subsidy(weight: Weight, area: Mu) -> Fen:
    return Fen(0) if weight.rate is None else per_mu(weight.rate, area)
