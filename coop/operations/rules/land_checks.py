"""Checks of the land of a line: where it lies, what it is, whether it is taken, how much it has."""

from collections.abc import Iterator
from datetime import date

from coop.contracts.rules.findings import Finding, block, need_reason
from coop.households.rules import HouseholdStatus
from coop.operations.rules.facts import LandFact, OrderFact
from coop.parcels.rules import LandClass
from foundation.access.grants import code_bounds
from foundation.values.area import Mu, mu
from foundation.values.percent import WHOLE, BasisPoints, percent
from foundation.wording import N_

ARABLE = frozenset({LandClass.CONTRACTED, LandClass.PRIVATE_PLOT, LandClass.RESERVE})
"""Land that is tilled by its class; reclaimed and other collective land asks for a reason."""


def most_area(basis: Mu, tolerance: BasisPoints) -> Mu:
    """Return the most that may be worked on a parcel: its basis and the tolerance, cut to the hundredth.

    >>> most_area(Mu(3_33), BasisPoints(2_00))
    339
    """
    return Mu(basis * (WHOLE + tolerance) // WHOLE)


def place_findings(order: OrderFact, place: str, land: LandFact) -> Iterator[Finding]:
    """Row 1: no land of another county, none outside the divisions that the provider serves."""
    lower, upper = code_bounds(order.county_code)
    if not lower <= land.division_code < upper:
        yield block(
            place,
            N_(
                "地块 %(parcel)s 在%(where)s，不属于%(county)s；"
                "外县土地不能计入本县作业，请从作业单中撤销这块地。"
            ),
            parcel=land.parcel,
            where=land.place,
            county=order.county,
        )
    elif not order.provider.serves(land.division_code):
        yield block(
            place,
            N_(
                "地块 %(parcel)s 在%(where)s，不在%(provider)s登记的服务区域（%(places)s）内；"
                "请换服务组织，或先在组织名录中补登服务区域。"
            ),
            parcel=land.parcel,
            where=land.place,
            provider=order.provider.name,
            places=order.provider.places,
        )


def land_findings(order: OrderFact, place: str, land: LandFact, on: date) -> Iterator[Finding]:
    """Row 7: the land is tilled land, still exists, and its household still does."""
    if not land.is_open:
        yield block(
            place,
            N_("地块 %(parcel)s 已停用（合并、分割或灭失）；请撤销这一行，按现有地块重新编制。"),
            parcel=land.parcel,
        )
    if land.land_class not in ARABLE:
        yield need_reason(
            place,
            N_(
                "地块 %(parcel)s 登记为%(land_class)s，不是耕地，却安排了%(season)s%(link)s；"
                "请核实并说明理由。"
            ),
            parcel=land.parcel,
            land_class=land.land_class,
            season=order.season,
            link=order.link,
        )
    ended_on = land.household_ended_on
    if land.household_status is not HouseholdStatus.ACTIVE and (ended_on is None or ended_on <= on):
        yield block(
            place,
            N_(
                "地块 %(parcel)s 的农户 %(household)s %(status)s（%(ended)s）；"
                "请先办理承包关系变更，或撤销这块地。"
            ),
            parcel=land.parcel,
            household=land.household,
            status=land.household_status,
            ended=ended_on or N_("日期未登记"),
        )


def rival_findings(order: OrderFact, place: str, land: LandFact) -> Iterator[Finding]:
    """Row 7: one parcel has one piece of work per season, link and pass, in whatever order."""
    for rival in land.rivals:
        yield block(
            place,
            N_(
                "地块 %(parcel)s 的%(season)s%(link)s第 %(pass_number)s 遍已列入作业单 %(order)s"
                "（%(provider)s，合同 %(contract)s，%(programme)s，%(area)s 亩）；"
                "同一作业只能计一次，请删去，或先撤销那一行。"
            ),
            parcel=land.parcel,
            season=order.season,
            link=order.link,
            pass_number=order.pass_number,
            order=rival.order,
            provider=rival.provider,
            contract=rival.contract,
            programme=rival.programme,
            area=mu(rival.area),
        )


def area_findings(order: OrderFact, place: str, land: LandFact, area: Mu) -> Iterator[Finding]:
    """Row 2: no more than the parcel has, and the tolerance."""
    most = most_area(land.basis_area, order.tolerance)
    if area > most:
        yield block(
            place,
            N_(
                "地块 %(parcel)s 作业合计 %(area)s 亩，超过结算面积 %(basis)s 亩（允许误差 %(tolerance)s，"
                "最多 %(most)s 亩）；请改小，或先复测并变更结算面积。"
            ),
            parcel=land.parcel,
            area=mu(area),
            basis=mu(land.basis_area),
            tolerance=percent(order.tolerance),
            most=mu(most),
        )
