"""The security administrator's pages of roles and postings."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app import roles
from foundation.accounts.rules import AccountPermission
from foundation.clock import today
from foundation.postings import queries
from foundation.postings.rules import PostingPermission, RoleKind
from tests.conftest import NOW
from tests.foundation.accounts.builders import (
    make_account,
    make_posting,
    make_role,
    make_unit,
    make_viewer,
    signed_in_with,
)


@pytest.fixture
def security(client: FlaskClient, session: Session) -> FlaskClient:
    held = [PostingPermission.ROLES, PostingPermission.POSTINGS]
    signed_in_with(client, held, kind=RoleKind.SECURITY)
    return client


def test_a_person_is_posted_and_the_posting_ended(security: FlaskClient, session: Session) -> None:
    account, role, unit = (
        make_account("李建国"),
        make_role("coop.contracts.view", name="合同经办"),
        make_unit("青阳社"),
    )
    session.commit()
    at = f"/foundation/postings/people/{account.id}"
    assert "还没有任职" in security.get(at).text
    sent = {"role_id": role.id, "unit_id": unit.id, "since": "2026-1-1", "reason": "任命文件"}
    assert security.post(at, data=sent).location == at
    assert "青阳社 · 合同经办" in security.get("/foundation/postings/").text
    (posting,) = queries.postings_of(account.id)
    assert security.post(f"/foundation/postings/{posting.id}/end", data={"reason": "调离"}).location == at
    assert posting.until == today()
    assert "已结束" in security.get(at).text


def test_an_excluded_posting_is_refused_in_its_form(security: FlaskClient, session: Session) -> None:
    account = make_account("李建国")
    make_posting(account, "coop.contracts.view")
    role, unit = make_role(kind=RoleKind.AUDIT), make_unit()
    session.commit()
    sent = {"role_id": role.id, "unit_id": unit.id, "since": "2026-1-1", "reason": "任命文件"}
    page = security.post(f"/foundation/postings/people/{account.id}", data=sent)
    assert page.status_code == 422
    assert "李建国 同期已任业务角色，不能再任审计管理员" in page.text
    assert len(queries.postings_of(account.id)) == 1


def test_a_role_is_made_and_changed(security: FlaskClient) -> None:
    sent = {
        "name": "合同经办",
        "code": "clerk",
        "kind": "business",
        "permissions": ["foundation.imports.run"],
    }
    offered = security.get("/foundation/postings/roles/new").text
    assert "foundation.accounts.manage" in offered
    assert "foundation.jobs.supervise" in offered
    sent["permissions"] = []
    assert security.post("/foundation/postings/roles/new", data=sent).location == "/foundation/postings/roles"
    role = queries.find_role("clerk")
    assert role is not None
    at = f"/foundation/postings/roles/{role.id}/edit"
    assert "合同经办" in security.get(at).text
    wrong = {"name": "合同经办", "permissions": ["foundation.accounts.manage"], "version": "1"}
    assert "foundation.accounts.manage" not in security.get(at).text
    refused = security.post(at, data=wrong)
    assert refused.status_code == 422
    assert security.post(at, data={"name": "甲", "version": "9"}).status_code == 409
    assert security.post(at, data={"name": "合同员", "version": "1"}).status_code == 302
    assert "合同员" in security.get("/foundation/postings/roles").text
    assert security.post("/foundation/postings/roles/new", data=sent).status_code == 422


def test_a_new_role_of_the_wrong_kind_for_a_permission_is_refused(security: FlaskClient) -> None:
    sent = {
        "name": "合同经办",
        "code": "clerk",
        "kind": "business",
        "permissions": ["foundation.accounts.manage"],
    }
    page = security.post("/foundation/postings/roles/new", data=sent)
    assert page.status_code == 422
    assert "不能授予业务角色" in page.text


def test_saving_a_shipped_role_unchanged_changes_nothing(security: FlaskClient, session: Session) -> None:
    for role in roles.set_up(make_viewer(), NOW).values():
        session.commit()
        kept, version = list(role.permissions), str(role.version)
        sent = {"name": role.name, "permissions": kept, "version": version}
        page = security.post(f"/foundation/postings/roles/{role.id}/edit", data=sent)
        assert page.status_code == 302
        assert role.permissions == kept


def test_a_permission_nobody_declared_is_refused(security: FlaskClient) -> None:
    sent = {"name": "合同经办", "code": "clerk", "kind": "business", "permissions": ["no.such"]}
    assert security.post("/foundation/postings/roles/new", data=sent).status_code == 422
    assert queries.find_role("clerk") is None


def test_the_system_administrator_neither_posts_nor_sets_roles(client: FlaskClient, session: Session) -> None:
    account = make_account()
    signed_in_with(client, [AccountPermission.MANAGE], kind=RoleKind.SYSTEM)
    for path in ("", "roles", "roles/new", f"people/{account.id}"):
        assert client.get(f"/foundation/postings/{path}").status_code == 403
    assert client.post(f"/foundation/postings/people/{account.id}").status_code == 403


def test_a_security_administrator_of_one_township_posts_only_there(
    client: FlaskClient, session: Session
) -> None:
    elsewhere = make_posting(make_account("李建国"), "coop.contracts.view", division_code="371681101000")
    signed_in_with(client, [PostingPermission.POSTINGS], "371681112000", kind=RoleKind.SECURITY)
    at = f"/foundation/postings/people/{elsewhere.account_id}"
    assert " · 长山镇</option>" not in client.get(at).text
    sent = {"role_id": elsewhere.role_id, "unit_id": elsewhere.unit_id, "since": "2026-1-1", "reason": "任命"}
    assert client.post(at, data=sent).status_code == 422
    assert client.post(f"/foundation/postings/{elsewhere.id}/end").status_code == 403
