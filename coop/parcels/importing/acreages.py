"""The three acreages in a row of the register: given in mu, in square metres, or both."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from coop.parcels import service
from coop.parcels.models import Parcel
from coop.parcels.rules import LARGEST_USUAL_AREA, AreaFact, AreaKind, current_areas
from coop.parcels.service import NoArea, NoSuchBasis
from foundation.errors import DomainError
from foundation.imports.importing import Reading, area, day
from foundation.imports.rules import ImportContext
from foundation.values.area import Mu, mu, mu_from_square_metres
from foundation.wording import N_

SOURCE = "村土地台账导入"
ACREAGES = tuple((kind, f"{kind}_area", f"{kind}_square_metres", f"{kind}_dated_on") for kind in AreaKind)
"""The columns of each of the three acreages."""

ON_IMPORT = N_("不填则为导入当天")
ACREAGE_COLUMNS = (
    area("title_square_metres", N_("确权面积(平方米)"), square=True),
    area("title_area", N_("确权面积(亩)")),
    day("title_dated_on", N_("确权面积日期"), note=ON_IMPORT),
    area("contract_square_metres", N_("合同面积(平方米)"), square=True),
    area("contract_area", N_("合同面积(亩)")),
    day("contract_dated_on", N_("合同面积日期"), note=ON_IMPORT),
    area("measured_square_metres", N_("实测面积(平方米)"), square=True),
    area("measured_area", N_("实测面积(亩)")),
    day("measured_dated_on", N_("实测面积日期"), note=ON_IMPORT),
)


class UnusuallyLarge(DomainError):
    """这块地有 %(area)s 亩，大大超过一般地块；请核对小数点和单位，确属大块地可以继续导入。"""


def complete_area(reading: Reading, in_mu: str, square: str) -> Mu | None:
    """Derive mu from square metres where only these are given, and prove both against each other."""
    given = reading.given
    area, square_metres = given.get(in_mu), given.get(square)
    if area is None:
        if square_metres is None:
            return None
        area = given[in_mu] = mu_from_square_metres(square_metres)
    try:
        service.check_acreage(area, square_metres)
    except DomainError as error:
        reading.refuse(in_mu, error)
    return Mu(area)


def check_areas(context: ImportContext, reading: Reading, parcel: Parcel | None) -> list[AreaFact]:
    """Prove the acreages of a row; return those of its ledger lines that the register holds already."""
    given, known = reading.given, set()
    for kind, in_mu, square, dated in ACREAGES:
        acreage = complete_area(reading, in_mu, square)
        if acreage is not None:
            known.add(kind)
            if acreage > LARGEST_USUAL_AREA:
                reading.warn(in_mu, UnusuallyLarge(area=mu(acreage)))
        dated_on = given.get(dated)
        if dated_on is not None and dated_on > context.on:
            reading.refuse(dated, service.AreaInFuture(day=dated_on))
    if parcel is None and not known and not reading.faults:
        reading.refuse(f"{AreaKind.CONTRACT}_area", NoArea())
    basis = given.get("basis")
    if basis is not None and basis not in known and (parcel is None or parcel.area_of(basis) is None):
        reading.refuse("basis", NoSuchBasis(kind=basis))
    return service.ledger(parcel) if parcel is not None else []


def new_facts(
    context: ImportContext, given: Mapping[str, Any], ledger: Sequence[AreaFact]
) -> Iterator[AreaFact]:
    """Yield the acreages of a row that its ledger does not hold as current."""
    current = current_areas(ledger)
    for kind, in_mu, square, dated in ACREAGES:
        acreage, known = given.get(in_mu), current.get(kind)
        if acreage is None:
            continue
        square_metres, dated_on = given.get(square), given.get(dated)
        is_known = known is not None and (
            known.area == acreage
            and square_metres in (None, known.square_metres)
            and dated_on in (None, known.dated_on)
        )
        if not is_known:
            yield AreaFact(
                kind=kind,
                area=acreage,
                square_metres=square_metres,
                dated_on=dated_on or context.on,
                source=SOURCE,
            )
