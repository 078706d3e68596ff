"""Roles and postings as they are saved, and the grants that come of them."""

from datetime import date
from itertools import permutations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from foundation import clock
from foundation.accounts.models import Account
from foundation.accounts.rules import AccountPermission
from foundation.divisions.models import DivisionAlias
from foundation.journal.models import JournalEntry
from foundation.journal.rules import JournalPermission
from foundation.postings import queries, rules, service
from foundation.postings.models import Posting, Role
from foundation.postings.rules import RoleKind
from tests.conftest import NOW
from tests.foundation.accounts.builders import (
    COUNTY,
    make_account,
    make_posting,
    make_role,
    make_unit,
    make_viewer,
    sign_in,
)

ON = date(2026, 3, 2)
VIEW, EDIT = "coop.contracts.view", "coop.contracts.edit"


def post(account: Account, role: Role, since: date = ON, until: date | None = None) -> Posting:
    return service.post(
        account, role, make_unit(), since, until, viewer=make_viewer(), now=NOW, reason="任命"
    )


@pytest.mark.parametrize(("held", "asked"), list(permutations(RoleKind, 2)))
def test_nobody_holds_two_kinds_of_roles_at_once(session: Session, held: RoleKind, asked: RoleKind) -> None:
    account = make_account()
    post(account, make_role(kind=held))
    with pytest.raises(rules.KindsExclude, match="须分人担任"):
        post(account, make_role(kind=asked))


def test_one_kind_may_follow_another(session: Session) -> None:
    account = make_account()
    post(account, make_role(kind=RoleKind.AUDIT), until=date(2026, 6, 1))
    assert post(account, make_role(kind=RoleKind.SYSTEM), since=date(2026, 6, 1)).is_in_force(
        date(2026, 6, 1)
    )


def test_several_business_roles_meet_freely(session: Session) -> None:
    account = make_account()
    post(account, make_role(VIEW))
    post(account, make_role(EDIT))
    assert len(queries.grants(account.id, ON)) == 2


def test_the_same_posting_twice_is_refused(session: Session) -> None:
    account, role, unit, viewer = make_account(), make_role(VIEW), make_unit(), make_viewer()
    service.post(account, role, unit, ON, viewer=viewer, now=NOW)
    with pytest.raises(service.PostingExists):
        service.post(account, role, unit, date(2026, 5, 1), viewer=viewer, now=NOW)


def test_nobody_posts_themselves(session: Session) -> None:
    account = make_account()
    own = queries.viewer_of(account, ON)
    with pytest.raises(service.OwnPosting):
        service.post(account, make_role(VIEW), make_unit(), ON, viewer=own, now=NOW)
    posting = make_posting(account, VIEW)
    with pytest.raises(service.OwnPosting):
        service.end_posting(posting, ON, viewer=own, now=NOW)


def test_reversed_dates_and_closed_units_are_refused(session: Session) -> None:
    with pytest.raises(service.PostingDatesReversed):
        post(make_account(), make_role(VIEW), until=date(2026, 1, 1))
    closed = make_unit()
    closed.valid_until = ON
    with pytest.raises(service.UnitClosed):
        service.post(make_account(), make_role(VIEW), closed, ON, viewer=make_viewer(), now=NOW)


def test_an_ended_posting_gives_rights_until_the_day_before(session: Session) -> None:
    posting = make_posting(make_account(), VIEW)
    service.end_posting(posting, ON, viewer=make_viewer(), now=NOW, reason="调离")
    assert queries.grants(posting.account_id, date(2026, 3, 1))
    assert queries.grants(posting.account_id, ON) == ()
    with pytest.raises(service.PostingEnded):
        service.end_posting(posting, ON, viewer=make_viewer(), now=NOW)


def test_postings_at_a_closed_unit_and_in_the_future_give_nothing(session: Session) -> None:
    posting = make_posting(make_account(), VIEW, since=date(2026, 4, 1))
    assert queries.grants(posting.account_id, ON) == ()
    assert queries.grants(posting.account_id, date(2026, 4, 1))
    posting.unit.valid_until = date(2026, 5, 1)
    session.flush()
    assert queries.grants(posting.account_id, date(2026, 5, 1)) == ()


def test_permissions_reach_only_where_their_own_posting_reaches(session: Session) -> None:
    account = make_account()
    make_posting(account, "coop.contracts.view", division_code=COUNTY)
    make_posting(account, "coop.contracts.approve", division_code="371681101000")
    viewer = queries.viewer_of(account, ON)
    reach = {grant.division: grant.permissions for grant in viewer.grants}
    assert reach == {
        COUNTY: frozenset({"coop.contracts.view"}),
        "371681101000": frozenset({"coop.contracts.approve"}),
    }


def test_a_posting_reaches_the_former_codes_of_its_division(session: Session) -> None:
    posting = make_posting(make_account(), VIEW)
    session.add(DivisionAlias(old_code="371626000000", new_code=COUNTY, changed_on=date(2018, 7, 2)))
    session.flush()
    (grant,) = queries.grants(posting.account_id, ON)
    former = [
        r.holds("371626101000", day) for r in grant.ranges for day in (date(2018, 7, 1), date(2018, 7, 2))
    ]
    assert former == [False, False, True, False]


def test_a_login_with_many_postings_costs_three_reads(client: FlaskClient, session: Session) -> None:
    account = make_account()
    for _ in range(5):
        make_posting(account, VIEW)
    token = sign_in(client, account)
    session.expunge_all()
    reads: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *args: reads.append(args[2]))
    found = queries.live_person(token, clock.now())
    assert found is not None
    assert len(found.viewer.grants) == 5
    assert len(reads) == 3


def test_a_role_is_set_once_and_then_brought_up_to_date(session: Session) -> None:
    viewer = make_viewer()
    role = service.set_role("clerk", "经办", RoleKind.BUSINESS, [VIEW], viewer=viewer, now=NOW)
    again = service.set_role("clerk", "合同经办", RoleKind.BUSINESS, [VIEW, EDIT], viewer=viewer, now=NOW)
    service.set_role("clerk", "合同经办", RoleKind.BUSINESS, [EDIT, VIEW], viewer=viewer, now=NOW)
    session.commit()
    assert role is again
    assert role.permissions == [EDIT, VIEW]
    entries = session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()
    assert [entry.act for entry in entries] == ["postings.role_set"] * 2
    assert entries[1].changes["permissions"] == [VIEW, f"{EDIT}、{VIEW}"]


def test_an_administrator_role_takes_no_permission_of_the_business_or_of_another(session: Session) -> None:
    viewer = make_viewer()
    for wrong in (VIEW, JournalPermission.VIEW):
        with pytest.raises(rules.PermissionOutOfKind):
            service.set_role("sys", "系统管理员", RoleKind.SYSTEM, [wrong], viewer=viewer, now=NOW)
    with pytest.raises(rules.PermissionOutOfKind):
        service.set_role(
            "clerk", "经办", RoleKind.BUSINESS, [AccountPermission.MANAGE], viewer=viewer, now=NOW
        )


def test_a_role_keeps_its_kind_and_its_own_name(session: Session) -> None:
    viewer = make_viewer()
    service.set_role("clerk", "经办", RoleKind.BUSINESS, [VIEW], viewer=viewer, now=NOW)
    with pytest.raises(service.RoleKindFixed):
        service.set_role("clerk", "经办", RoleKind.AUDIT, [], viewer=viewer, now=NOW)
    with pytest.raises(service.RoleCodeTaken):
        service.set_role("other", "经办", RoleKind.BUSINESS, [], viewer=viewer, now=NOW)
