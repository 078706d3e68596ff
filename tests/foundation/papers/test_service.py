"""The register: versions, copies, replacing, voiding, and who may print."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.access.grants import Viewer
from foundation.errors import Forbidden, NotFound
from foundation.journal.models import JournalEntry
from foundation.papers import queries, service
from foundation.papers.models import PaperCopy, PrintedPaper
from foundation.papers.rules import PaperState
from tests.conftest import NOW
from tests.foundation.accounts.builders import make_viewer
from tests.foundation.papers.builders import SLIP, SlipPermission, make_slip
from tests.foundation.typesetting.builders import text_of


@pytest.fixture
def clerk(session: Session) -> Viewer:
    return make_viewer(SlipPermission.VIEW, SlipPermission.PRINT)


def printed(clerk: Viewer, name: str = "王𬭎", minutes: int = 0) -> service.Printed:
    return service.issue(SLIP, make_slip(name=name), viewer=clerk, now=NOW + timedelta(minutes=minutes))


def test_the_first_print_is_the_kept_original(clerk: Viewer) -> None:
    first = printed(clerk)
    assert first.copy.number == 1
    assert first.paper.version == 1
    assert first.content() == service.stored_content(first.paper)
    (page,) = text_of(first.content())
    assert "王𬭎" in page
    assert "次打印" not in page


def test_equal_contents_are_the_same_paper_and_one_print_more(clerk: Viewer) -> None:
    first, second = printed(clerk), printed(clerk, minutes=5)
    assert second.paper.id == first.paper.id
    assert second.copy.number == 2
    (page,) = text_of(second.content())
    assert "第 2 次打印 · 王秀英 · 2026-03-02 09:35" in page


def test_other_contents_are_the_next_version_and_replace_the_old_paper(clerk: Viewer) -> None:
    old, new = printed(clerk), printed(clerk, "李四", minutes=5)
    assert (new.paper.version, new.copy.number) == (2, 1)
    assert old.paper.state is PaperState.REPLACED
    assert queries.successor_of(old.paper) is new.paper
    again = service.reprint(old.paper, viewer=clerk, now=NOW)
    assert "已被替代" in text_of(again.content())[0]


def test_going_back_to_earlier_contents_is_a_third_version_with_its_own_code(clerk: Viewer) -> None:
    first, _second, third = printed(clerk), printed(clerk, "李四"), printed(clerk)
    assert third.paper.version == 3
    assert third.paper.token != first.paper.token
    assert queries.successor_of(first.paper) is third.paper


def test_replacing_without_a_successor_crosses_the_paper_out_until_the_new_one_comes(clerk: Viewer) -> None:
    first = printed(clerk)
    service.replace_all("slip", 1, viewer=clerk, now=NOW, reason="补充协议生效")
    assert first.paper.state is PaperState.REPLACED
    assert queries.successor_of(first.paper) is None
    second = printed(clerk, "李四")
    assert queries.successor_of(first.paper) is second.paper


def test_a_void_paper_says_so_and_is_not_issued_again(clerk: Viewer) -> None:
    first = printed(clerk)
    service.void_all("slip", 1, viewer=clerk, now=NOW, reason="重复登记")
    assert first.paper.state is PaperState.VOID
    assert "作废" in text_of(service.reprint(first.paper, viewer=clerk, now=NOW).content())[0]
    with pytest.raises(service.PaperVoid):
        printed(clerk)


def test_a_draft_can_be_looked_at_but_not_issued(clerk: Viewer, session: Session) -> None:
    draft = make_slip(draft=True)
    assert "草稿" in text_of(service.preview(SLIP, draft))[0]
    with pytest.raises(service.NotYetApproved):
        service.issue(SLIP, draft, viewer=clerk, now=NOW)
    assert session.scalar(select(func.count(PrintedPaper.id))) == 0


def test_whoever_may_only_see_may_not_print(clerk: Viewer, session: Session) -> None:
    reader = make_viewer(SlipPermission.VIEW)
    with pytest.raises(Forbidden):
        printed(reader)
    paper = printed(clerk).paper
    assert queries.get_paper(reader, paper.id) is paper
    with pytest.raises(Forbidden):
        service.reprint(paper, viewer=reader, now=NOW)


def test_a_paper_of_another_place_does_not_exist(clerk: Viewer) -> None:
    paper = printed(clerk).paper
    stranger = make_viewer(SlipPermission.VIEW, SlipPermission.PRINT, division_code="371681101000")
    with pytest.raises(NotFound):
        queries.get_paper(stranger, paper.id)
    assert queries.papers_of(stranger, "slip", 1) == []
    assert list(queries.papers_of(clerk, "slip", 1)) == [paper]


def test_every_print_stands_in_the_journal(clerk: Viewer, session: Session) -> None:
    printed(clerk)
    printed(clerk)
    session.commit()
    acts = session.scalars(select(JournalEntry.act).where(JournalEntry.subject_type == "printed_paper")).all()
    assert list(acts) == ["papers.issued", "papers.reprinted"]


def test_a_resumed_print_run_counts_no_print_twice(clerk: Viewer, session: Session) -> None:
    from foundation.jobs.models import Job  # noqa: PLC0415 - only this test needs a job's row

    job = Job(kind="x", title="x", payload={}, account_id=clerk.account_id, created_at=NOW)
    session.add(job)
    session.flush()
    for _attempt in range(2):
        service.issue(SLIP, make_slip(), viewer=clerk, now=NOW, job_id=job.id)
    assert session.scalar(select(func.count(PaperCopy.id))) == 1
