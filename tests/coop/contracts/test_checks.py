"""Every check of a contract, each with the place and the severity that it finds."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.catalogue.rules import Band
from coop.contracts.rules.annex_checks import collides
from coop.contracts.rules.checks import check
from coop.contracts.rules.details import (
    AnnexHouseholdDetails,
    AnnexParcelDetails,
    ContractDetails,
    DepositDetails,
    DividendShareDetails,
    MenuLineDetails,
    PackageDetails,
    PaymentDetails,
    RentDetails,
    ShareDetails,
    StandardDetails,
)
from coop.contracts.rules.facts import (
    Facts,
    HouseholdFact,
    LinkFact,
    MandateFact,
    OrganisationFact,
    ParcelFact,
    Promise,
    SeasonFact,
    UpstreamFact,
)
from coop.contracts.rules.findings import Finding, blocking
from coop.contracts.rules.money import total
from coop.contracts.rules.terms import (
    ContractMode,
    ContractNature,
    DepositKind,
    Kilograms,
    ReceiverKind,
    RentKind,
    Severity,
)
from coop.mandates.rules import Authority, MandateTerm
from coop.parcels.rules import AreaKind
from foundation.values.area import Mu
from foundation.values.dates import Period
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints

START, END = date(2026, 3, 1), date(2026, 11, 30)
VILLAGE = "371681112205"
COLLECTIVE, PROVIDER, COMPANY = 1, 2, 3
SEASON = SeasonFact(
    label="2026年夏玉米", crop_id=2, year=2026, days=Period(date(2026, 6, 1), date(2026, 10, 20))
)


def mandate(household: int, **given: Any) -> MandateFact:
    fact = MandateFact(
        number=f"邹委托〔2026〕00000{household}号",
        household_id=household,
        agent_id=COLLECTIVE,
        authority=Authority.SIGN,
        term=MandateTerm(signed_on=START, starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31)),
        consents_to_self_dealing=False,
    )
    return replace(fact, **given)


FACTS = Facts(
    households={
        number: HouseholdFact(label=f"农户{number}", division_code=VILLAGE, is_active=True)
        for number in (1, 2)
    },
    parcels={
        number: ParcelFact(
            label=f"地块{number}",
            household_id=1 if number < 3 else 2,
            is_open=True,
            areas={AreaKind.CONTRACT: Mu(3_50)},
            land_contract_ends_on=date(2056, 12, 31),
        )
        for number in (1, 2, 3)
    },
    mandates={1: mandate(1), 2: mandate(2)},
    organisations={
        COLLECTIVE: OrganisationFact(name="西董村", is_open=True, is_listed=False, is_collective=True),
        PROVIDER: OrganisationFact(name="青阳供销社", is_open=True, is_listed=True, is_collective=False),
        COMPANY: OrganisationFact(name="某公司", is_open=True, is_listed=False, is_collective=False),
    },
    links={
        1: LinkFact(name="种植", is_open=True, per_pass=False),
        2: LinkFact(name="植保", is_open=True, per_pass=True),
        3: LinkFact(name="旧环节", is_open=False, per_pass=False),
    },
    seasons={1: SEASON},
    bands={(1, None, 2026): Band(least=Fen(20_00), most=Fen(40_00))},
)


def annex(*rows: tuple[int, int | None, tuple[int, ...]]) -> tuple[AnnexHouseholdDetails, ...]:
    return tuple(
        AnnexHouseholdDetails(
            household_id=household,
            mandate_id=held,
            parcels=tuple(AnnexParcelDetails(parcel_id=one, area=Mu(3_50)) for one in parcels),
        )
        for household, held, parcels in rows
    )


def balanced(details: ContractDetails) -> ContractDetails:
    rest = Fen(total(details) - details.deposit.amount)
    return replace(details, payments=(PaymentDetails(label="尾款", amount=rest, days_after_acceptance=10),))


SOUND = balanced(
    ContractDetails(
        mode=ContractMode.ORDER,
        receiver_kind=ReceiverKind.COLLECTIVE,
        receiver_organisation_id=COLLECTIVE,
        provider_id=PROVIDER,
        division_code=VILLAGE,
        starts_on=START,
        ends_on=END,
        area=Mu(10_50),
        package=PackageDetails(fee=Fen(680_00)),
        annex=annex((1, 1, (1, 2)), (2, 2, (3,))),
        standards=(StandardDetails(item="种植", content="种植方式", agreed="免耕播"),),
    )
)
MENU = balanced(
    replace(
        SOUND,
        mode=ContractMode.MENU,
        package=None,
        menu=(MenuLineDetails(link_id=1, season_id=1, price=Fen(30_00), area=Mu(10_50)),),
    )
)
LEASE = balanced(
    replace(
        SOUND, mode=ContractMode.LEASE, package=None, rent=RentDetails(kind=RentKind.CASH, cash=Fen(900_00))
    )
)
SPLIT = (
    DividendShareDetails(holder="农户", rate=BasisPoints(70_00)),
    DividendShareDetails(holder="供销社", rate=BasisPoints(30_00)),
)
LESS = (replace(SPLIT[0], rate=BasisPoints(60_00)), SPLIT[1])
SHARE = balanced(
    replace(
        SOUND, mode=ContractMode.SHARE, package=None, share=ShareDetails(floor=Fen(800_00), dividend=SPLIT)
    )
)


@pytest.mark.parametrize("details", [SOUND, MENU, LEASE, SHARE])
def test_a_sound_contract_has_nothing_said_of_it(details: ContractDetails) -> None:
    assert check(details, FACTS) == []


def line(**given: Any) -> ContractDetails:
    return balanced(replace(MENU, menu=(replace(MENU.menu[0], **given),)))


def deposit(kind: DepositKind, amount: int, rate: int = 0) -> ContractDetails:
    paid = DepositDetails(kind=kind, amount=Fen(amount), rate=BasisPoints(rate))
    return balanced(replace(SOUND, deposit=paid))


def parcel(**given: Any) -> ContractDetails:
    first = SOUND.annex[0]
    changed = replace(first, parcels=(replace(first.parcels[0], **given), first.parcels[1]))
    whole = replace(SOUND, annex=(changed, SOUND.annex[1]))
    return balanced(replace(whole, area=whole.annex_area))


BLOCKED = {
    "reversed dates": (replace(SOUND, ends_on=date(2025, 1, 1)), "ends_on", "早于起始日"),
    "unknown provider": (replace(SOUND, provider_id=99), "provider", "服务方不存在"),
    "unknown receiver": (replace(SOUND, receiver_organisation_id=99), "receiver", "接受方组织不存在"),
    "receiver is no collective": (replace(SOUND, receiver_organisation_id=COMPANY), "receiver", "不是村集体"),
    "self-dealing without consent": (replace(SOUND, provider_id=COLLECTIVE), "annex-0", "民法典第168条"),
    "twenty-one years": (balanced(replace(SOUND, ends_on=date(2046, 3, 2))), "ends_on", "超过 20 年"),
    "no menu": (balanced(replace(MENU, menu=())), "menu", "至少要有一个服务环节"),
    "no fee": (replace(SOUND, package=None, payments=()), "package", "打包服务费"),
    "guarantee without compensation": (
        replace(SOUND, package=PackageDetails(fee=Fen(680_00), guaranteed_yield=Kilograms(500_00))),
        "package",
        "补偿",
    ),
    "no rent": (replace(LEASE, rent=None, payments=()), "rent", "租金"),
    "no cash": (replace(LEASE, rent=RentDetails(kind=RentKind.CASH), payments=()), "rent", "固定租金"),
    "no grain": (replace(LEASE, rent=RentDetails(kind=RentKind.GRAIN), payments=()), "rent", "公斤数"),
    "no floor": (replace(SHARE, share=None, payments=()), "share", "保底收益"),
    "split of 90 %": (
        balanced(replace(SHARE, share=ShareDetails(floor=Fen(800_00), dividend=LESS))),
        "share",
        "合计为 90%",
    ),
    "closed link": (line(link_id=3), "menu-0-link", "第 1 行的环节"),
    "unknown season": (line(season_id=9), "menu-0-season", "第 1 行的作物季"),
    "line larger than contract": (line(area=Mu(10_51)), "menu-0-area", "不超过合同面积 10.50"),
    "two passes of a single link": (line(passes=2), "menu-0-passes", "只按一次计"),
    "season outside the term": (
        replace(line(), ends_on=date(2026, 5, 1)),
        "menu-0-season",
        "不在合同期限内",
    ),
    "line twice": (balanced(replace(MENU, menu=(*MENU.menu, *MENU.menu))), "menu-1", "第 2 行重复"),
    "deposit without kind": (deposit(DepositKind.NONE, 100), "deposit", "订金还是定金"),
    "deposit without amount": (deposit(DepositKind.PREPAYMENT, 0), "deposit", "应大于零"),
    "earnest above a fifth": (deposit(DepositKind.EARNEST, 1_428_01), "deposit", "20%（1,428.00 元）"),
    "rate and amount disagree": (deposit(DepositKind.PREPAYMENT, 100_00, 10_00), "deposit", "应为 714.00"),
    "plan does not add up": (
        replace(SOUND, payments=(replace(SOUND.payments[0], amount=Fen(1)),)),
        "payments",
        "不等于合同总额 7,140.00",
    ),
    "instalment without time": (
        replace(SOUND, payments=(replace(SOUND.payments[0], days_after_acceptance=None),)),
        "payments-0-due_on",
        "二者选一",
    ),
    "instalment with two times": (
        replace(SOUND, payments=(replace(SOUND.payments[0], due_on=END),)),
        "payments-0-due_on",
        "二者选一",
    ),
    "annex and area differ": (balanced(replace(SOUND, area=Mu(10_51))), "area", "相差 -0.01 亩"),
    "no annex": (replace(SOUND, annex=()), "annex", "农户清单"),
    "unknown household": (replace(SOUND, annex=annex((9, None, (1, 2)), (2, 2, (3,)))), "annex-0", "不存在"),
    "household twice": (replace(SOUND, annex=annex((1, 1, (1, 2)), (1, 1, (3,)))), "annex-1", "重复"),
    "household without land": (replace(SOUND, annex=annex((1, 1, (1, 2, 3)), (2, 2, ()))), "annex-1", "没有"),
    "household elsewhere": (replace(SOUND, division_code="371681112206"), "annex-0", "不属于合同所在地"),
    "no mandate": (replace(SOUND, annex=annex((1, None, (1, 2)), (2, 2, (3,)))), "annex-0", "没有委托书"),
    "another's mandate": (replace(SOUND, annex=annex((1, 2, (1, 2)), (2, 2, (3,)))), "annex-0", "没有委托书"),
    "mandate ends early": (balanced(replace(SOUND, ends_on=date(2029, 1, 1))), "annex-0", "不覆盖合同期"),
    "unknown parcel": (parcel(parcel_id=99), "annex-0-parcels-0", "地块不存在"),
    "parcel twice": (parcel(parcel_id=2), "annex-0-parcels-1", "在清单中重复"),
    "parcel of another": (parcel(parcel_id=3), "annex-0-parcels-0", "不在 农户1 名下"),
    "more than the parcel has": (parcel(area=Mu(3_51)), "annex-0-parcels-0-area", "超过合同面积 3.50 亩"),
    "nothing of the parcel": (parcel(area=Mu(0)), "annex-0-parcels-0-area", "应大于零"),
    "acreage that is not known": (parcel(basis=AreaKind.MEASURED), "annex-0-parcels-0-area", "没有实测面积"),
    "longer than the land is held": (
        balanced(replace(LEASE, starts_on=date(2050, 1, 1), ends_on=date(2057, 1, 1))),
        "annex-0-parcels-0",
        "超过地块 地块1 的承包期",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKED)
def test_a_fault_is_found_in_its_place(name: str) -> None:
    details, place, words = BLOCKED[name]
    found = [one for one in check(details, FACTS) if one.place == place and words in one.text]
    assert found, [(one.place, one.text) for one in check(details, FACTS)]
    assert found[0].severity is Severity.BLOCK


ASKED = {
    "unlisted provider": (replace(SOUND, provider_id=COMPANY), "provider"),
    "price outside the band": (line(price=Fen(41_00)), "menu-0-price"),
    "late fee above one per cent": (replace(SOUND, late_fee=BasisPoints(101)), "late_fee"),
    "grain without a floor": (
        balanced(
            replace(
                LEASE,
                rent=RentDetails(
                    kind=RentKind.GRAIN, grain=Kilograms(500_00), grain_name="小麦", grain_price=Fen(2_40)
                ),
            )
        ),
        "rent",
    ),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_is_unusual_needs_a_reason(name: str) -> None:
    details, place = ASKED[name]
    found = check(details, FACTS)
    assert [(one.place, one.severity) for one in found] == [(place, Severity.REASON)]
    assert blocking(found, has_reason=False)
    assert not blocking(found, has_reason=True)


def test_a_service_without_standards_is_only_remarked() -> None:
    assert [one.severity for one in check(replace(SOUND, standards=()), FACTS)] == [Severity.NOTE]


def test_a_mandate_to_negotiate_only_does_not_let_the_collective_sign() -> None:
    facts = replace(FACTS, mandates={1: mandate(1, authority=Authority.NEGOTIATE), 2: mandate(2)})
    assert "只委托洽谈" in check(SOUND, facts)[0].text


def test_a_mandate_to_another_agent_does_not_serve() -> None:
    facts = replace(FACTS, mandates={1: mandate(1, agent_id=PROVIDER), 2: mandate(2)})
    assert "委托的不是接受方" in check(SOUND, facts)[0].text


def test_consent_in_every_mandate_lets_the_collective_serve_itself() -> None:
    mandates = {number: mandate(number, consents_to_self_dealing=True) for number in (1, 2)}
    assert check(replace(SOUND, provider_id=COLLECTIVE), replace(FACTS, mandates=mandates)) == []


UPSTREAM = UpstreamFact(
    contract_id=7,
    number="邹供托〔2026〕000007号",
    provider_id=COLLECTIVE,
    nature=ContractNature.ENTRUSTMENT,
    is_binding=True,
    days=Period(START, date(2028, 12, 31)),
    area=Mu(20_00),
    parcel_ids=frozenset({1, 2, 3}),
)


def test_under_an_upstream_contract_the_collective_needs_no_mandates() -> None:
    handed_on = replace(SOUND, upstream_contract_id=7, annex=annex((1, None, (1, 2)), (2, None, (3,))))
    assert check(handed_on, replace(FACTS, upstream=UPSTREAM)) == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"is_binding": False}, "尚未签订"),
        ({"nature": ContractNature.SERVICE}, "是服务合同"),
        ({"provider_id": PROVIDER}, "不是本合同的接受方"),
        ({"days": Period(START, date(2026, 6, 1))}, "超出上级合同"),
        ({"area": Mu(10_00)}, "超过上级合同"),
    ],
)
def test_an_upstream_contract_must_carry_this_one(given: dict[str, Any], words: str) -> None:
    details = replace(SOUND, upstream_contract_id=7)
    found = check(details, replace(FACTS, upstream=replace(UPSTREAM, **given)))
    assert any(one.place == "upstream" and words in one.text for one in found)


def promise(**given: Any) -> Promise:
    fact = Promise(contract="邹供托〔2026〕000009号", contract_id=9, parcel_id=1, days=Period(START, END))
    return replace(fact, **given)


def test_a_parcel_is_not_promised_twice() -> None:
    found = check(SOUND, replace(FACTS, promises={1: (promise(),)}))
    assert [(one.place, one.severity) for one in found] == [("annex-0-parcels-0", Severity.BLOCK)]
    assert "000009" in found[0].text


@pytest.mark.parametrize(
    ("details", "other", "expected"),
    [
        (MENU, promise(work=frozenset({(1, 1)})), True),
        (MENU, promise(work=frozenset({(1, 2)})), False),
        (MENU, promise(work=frozenset({(2, 1)})), False),
        (MENU, promise(), True),
        (SOUND, promise(work=frozenset({(1, 2)})), True),
        (SOUND, promise(days=Period(date(2027, 1, 1), date(2027, 12, 31))), False),
        (replace(SOUND, upstream_contract_id=9), promise(), False),
    ],
)
def test_promises_collide_by_season_and_link_or_by_days(
    details: ContractDetails, other: Promise, expected: bool
) -> None:
    assert collides(details, other) is expected


@given(
    st.lists(st.integers(1, 3_50), min_size=3, max_size=3),
    st.integers(0, 12_00),
)
def test_the_annex_adds_up_to_the_contract_or_says_so(areas: list[int], written: int) -> None:
    first = AnnexHouseholdDetails(
        household_id=1,
        mandate_id=1,
        parcels=tuple(AnnexParcelDetails(parcel_id=n + 1, area=Mu(areas[n])) for n in (0, 1)),
    )
    second = AnnexHouseholdDetails(
        household_id=2, mandate_id=2, parcels=(AnnexParcelDetails(parcel_id=3, area=Mu(areas[2])),)
    )
    details = balanced(replace(SOUND, area=Mu(written), annex=(first, second)))
    found = [one for one in check(details, FACTS) if one.place == "area"]
    assert bool(found) == (sum(areas) != written)


def test_a_finding_says_terms_by_their_labels() -> None:
    one = Finding(
        place="x", severity=Severity.BLOCK, sentence="%(kind)s", values={"kind": DepositKind.EARNEST}
    )
    assert one.text == "定金"
