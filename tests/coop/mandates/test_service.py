"""The verbs and readers of mandates on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from coop.mandates import queries, service
from coop.mandates.importing import NobodyLeft, NoHousehold, SeveralHouseholds, read_households
from coop.mandates.queries import MandateFilter
from coop.mandates.rules import Authority, MandatePermission, MandateState, MandateTerm
from coop.mandates.service import MandateDetails, MandateParcelDetails, MandateTerms
from coop.mandates.snapshot import read_snapshot
from coop.parcels.rules import AreaKind
from foundation.access.grants import Viewer
from foundation.attachments.queries import attachments_of
from foundation.database.paging import Cut
from foundation.errors import Forbidden, NotFound
from foundation.values.area import Mu
from foundation.values.dates import Period
from tests.coop.contracts.builders import (
    NOW,
    TODAY,
    VILLAGE,
    make_clerk,
    make_collective,
    make_household,
    make_mandate,
    make_organisation,
    make_parcel,
    parcels_of,
)

pytestmark = pytest.mark.usefixtures("app")
FROM, TO = date(2026, 1, 1), date(2028, 12, 31)


def terms(agent_id: int) -> MandateTerms:
    return MandateTerms(agent_id=agent_id, starts_on=FROM, ends_on=TO)


def test_a_mandate_covers_all_land_of_its_household_and_freezes_its_text(session: Session) -> None:
    clerk, household, collective = make_clerk(), make_household("张建国", 3_50, 1_25), make_collective()
    mandate = make_mandate(household, collective, clerk)
    assert mandate.number == "邹委托〔2026〕000001号"
    assert mandate.area == 4_75
    frozen = read_snapshot(mandate.snapshot or "")
    assert (frozen.principal, frozen.agent) == ("张建国", "西董村股份经济合作社")
    assert sum(row.area for row in frozen.parcels) == frozen.area == 4_75
    assert frozen.digest == mandate.digest


def test_a_whole_village_is_registered_at_once_or_not_at_all(session: Session) -> None:
    clerk, collective = make_clerk(), make_collective()
    households = [make_household(f"农户{number}") for number in range(3)]
    made = service.register_for_all(
        [one.id for one in households], terms(collective.id), viewer=clerk, now=NOW
    )
    assert [mandate.number[-7:] for mandate in made] == ["000001号", "000002号", "000003号"]
    fresh = make_household("新户")
    with pytest.raises(service.AlreadyMandated, match="农户0"):
        service.register_for_all([fresh.id, households[0].id], terms(collective.id), viewer=clerk, now=NOW)


def test_what_contradicts_the_register_is_refused_with_the_household_named(session: Session) -> None:
    clerk, household, collective = make_clerk(), make_household(), make_collective()
    base = MandateDetails(household_id=household.id, terms=terms(collective.id))
    own, other = parcels_of(household)[0], parcels_of(make_household("李四"))[0]

    def parcel(parcel_id: int, area: int, basis: AreaKind = AreaKind.CONTRACT) -> MandateDetails:
        row = MandateParcelDetails(parcel_id=parcel_id, area=Mu(area), basis=basis)
        return replace(base, parcels=(row,))

    company = make_organisation()
    closed = make_collective()
    closed.closed_on = TODAY
    refused: list[tuple[type[Exception], MandateDetails]] = [
        (service.TermReversed, replace(base, terms=replace(base.terms, ends_on=date(2020, 1, 1)))),
        (service.SignedInFuture, replace(base, terms=replace(base.terms, signed_on=TODAY + timedelta(1)))),
        (service.AgentNotCollective, replace(base, terms=terms(company.id))),
        (service.AgentGone, replace(base, terms=terms(closed.id))),
        (service.LandOfAnother, parcel(other.id, 1_00)),
        (service.TooMuchLand, parcel(own.id, 3_51)),
        (service.TooMuchLand, parcel(own.id, 1_00, AreaKind.MEASURED)),
    ]
    for kind, details in refused:
        with pytest.raises(kind):
            service.register(details, viewer=clerk, now=NOW)
    with pytest.raises(service.NobodyChosen):
        service.register_many([], viewer=clerk, now=NOW)
    with pytest.raises(Forbidden):
        service.register(base, viewer=make_clerk("371681101000"), now=NOW)


def test_the_state_follows_from_the_dates() -> None:
    term = MandateTerm(signed_on=None, starts_on=FROM, ends_on=TO)
    signed = replace(term, signed_on=FROM)
    assert term.state(TODAY) is MandateState.UNSIGNED
    assert signed.state(date(2025, 12, 31)) is MandateState.FUTURE
    assert signed.state(TODAY) is MandateState.IN_FORCE
    assert signed.state(TO + timedelta(1)) is MandateState.EXPIRED
    revoked = replace(signed, revoked_on=TODAY)
    assert revoked.state(TODAY) is MandateState.REVOKED
    assert revoked.state(TODAY - timedelta(1)) is MandateState.IN_FORCE


@pytest.mark.parametrize(
    ("given", "valid"),
    [
        ({}, True),
        ({"signed_on": None}, False),
        ({"starts_on": TODAY + timedelta(1)}, False),
        ({"ends_on": TODAY + timedelta(8)}, False),
        ({"ends_on": TODAY + timedelta(9)}, True),
        ({"revoked_on": TODAY + timedelta(9)}, False),
        ({"revoked_on": TODAY + timedelta(10)}, True),
    ],
)
def test_a_mandate_is_valid_only_for_every_day(given: dict[str, date | None], valid: bool) -> None:
    term = MandateTerm(signed_on=FROM, starts_on=FROM, ends_on=TO)
    days = Period(TODAY, TODAY + timedelta(9))
    assert replace(term, **given).is_valid_for(days) is valid  # type: ignore[arg-type]


def test_the_entry_page_finds_the_mandate_that_serves(session: Session) -> None:
    clerk, collective = make_clerk(), make_collective()
    served, unsigned, negotiated = make_household("甲"), make_household("乙"), make_household("丙")
    mandate = make_mandate(served, collective, clerk)
    make_mandate(unsigned, collective, clerk, signed_on=None)
    make_mandate(negotiated, collective, clerk, authority=Authority.NEGOTIATE)
    ids = [served.id, unsigned.id, negotiated.id]
    assert {key: one.id for key, one in queries.valid_for(ids, collective.id, Period(FROM, TO)).items()} == {
        served.id: mandate.id
    }
    assert queries.valid_for(ids, collective.id, Period(FROM, TO + timedelta(1))) == {}


def test_signing_and_revoking_are_dated_once(session: Session) -> None:
    clerk, collective = make_clerk(), make_collective()
    mandate = make_mandate(make_household(), collective, clerk, signed_on=None)
    mandate = queries.get(clerk, mandate.id)
    scan = ("委托书.png", bytes.fromhex("89504e470d0a1a0a") + b"\0" * 64)
    service.sign(mandate, signed_on=TODAY, scans=[scan], viewer=clerk, now=NOW)
    assert [one.name for one in attachments_of("mandate", mandate.id)] == ["委托书.png"]
    with pytest.raises(service.AlreadySigned):
        service.sign(mandate, signed_on=TODAY, viewer=clerk, now=NOW)
    with pytest.raises(service.RevokedTooEarly):
        service.revoke(mandate, on=TODAY - timedelta(1), reason="反悔", viewer=clerk, now=NOW)
    with pytest.raises(service.ReasonMissing):
        service.revoke(mandate, on=TODAY, reason="", viewer=clerk, now=NOW)
    service.revoke(mandate, on=TODAY, reason="反悔", viewer=clerk, now=NOW)
    with pytest.raises(service.AlreadyRevoked):
        service.revoke(mandate, on=TODAY, reason="反悔", viewer=clerk, now=NOW)


def test_states_in_sql_are_the_states_of_the_rules(session: Session) -> None:
    clerk, collective = make_clerk(), make_collective()
    span = (TODAY - timedelta(9), TODAY - timedelta(1), TODAY, TODAY + timedelta(1))
    made = []
    for starts in span:
        for ends in span:
            if starts <= ends:
                for signed_on in (None, TODAY):
                    for revoked_on in (None, TODAY, TODAY + timedelta(1)):
                        mandate = make_mandate(
                            make_household(),
                            collective,
                            clerk,
                            starts_on=starts,
                            ends_on=ends,
                            signed_on=signed_on,
                        )
                        mandate.revoked_on = revoked_on
                        made.append(mandate)
    session.flush()
    for state in MandateState:
        asked = MandateFilter(state=state)
        by_sql = set(queries.ids(clerk, asked, TODAY, MandatePermission.VIEW))
        assert by_sql == {mandate.id for mandate in made if mandate.state(TODAY) is state}, state


def test_a_stranger_sees_no_mandate(session: Session) -> None:
    clerk = make_clerk()
    mandate = make_mandate(make_household(), make_collective(), clerk)
    stranger = make_clerk("371681101000")
    with pytest.raises(NotFound):
        queries.get(stranger, mandate.id)
    assert not queries.can_see(stranger, mandate.id)
    order = ("dated_on", True)
    assert queries.page(stranger, MandateFilter(), order, Cut(), TODAY).rows == []
    assert queries.page(clerk, MandateFilter(), order, Cut(), TODAY).totals == {"area": 3_50}


def lines(clerk: Viewer, text: str | None) -> list[int]:
    return read_households(clerk, text, VILLAGE, FROM, TO)


def test_lines_of_a_batch_mean_one_household_each(session: Session) -> None:
    from coop.households.rules import HouseholdPermission  # noqa: PLC0415 - only here
    from coop.households.service import HouseholdDetails  # noqa: PLC0415 - only here
    from coop.households.service import register as register_household  # noqa: PLC0415 - only here
    from tests.foundation.accounts.builders import make_division, make_viewer  # noqa: PLC0415 - only here

    make_division(VILLAGE)
    clerk = make_viewer(*HouseholdPermission, *MandatePermission)
    made = [
        register_household(HouseholdDetails(head_name=name, division_code=VILLAGE), viewer=clerk, now=NOW)
        for name in ("张建国", "王秀兰", "王秀兰")
    ]
    assert lines(clerk, "张建国\n\n") == [made[0].id]
    with pytest.raises(SeveralHouseholds, match="第 2 行"):
        lines(clerk, "张建国\n王秀兰")
    with pytest.raises(NoHousehold, match="第 1 行"):
        lines(clerk, "赵无名")
    with pytest.raises(NobodyLeft):
        lines(clerk, "")
    make_parcel(made[0])
    assert lines(clerk, None) == [made[0].id]
