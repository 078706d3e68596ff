"""What a report says, what reports of one line come to together, and what makes a report unsound."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from coop.contracts.rules.findings import Finding, block
from coop.operations.rules.life import LineFacts, line_state
from coop.operations.rules.terms import LineState, WorkResult
from foundation.errors import InvalidValue
from foundation.values.area import Mu, mu
from foundation.values.canonical import Canonical, read, write
from foundation.values.percent import WHOLE, BasisPoints
from foundation.wording import N_

WORKED = frozenset({WorkResult.DONE, WorkResult.PARTLY})
"""Results that say a machine was on the land."""

SHORTEST_REASON = 2
NOTHING = Mu(0)
_MARKS = ("：", ":", "=", "＝")


class UnknownQuality(InvalidValue):
    """“%(text)s”看不懂；质量指标请写成“项目：数值”，用分号隔开，项目有：%(items)s。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRow(Canonical):
    """One row of the standard: its item, what was agreed and what was found."""

    content: str
    agreed: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFact:
    """What somebody says was done on one line; ``version`` is the line's when its page was shown."""

    line_id: int
    result: WorkResult
    area: Mu
    worked_on: date
    version: int | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    operator_id: int | None = None
    machine_id: int | None = None
    quality: tuple[QualityRow, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingReport:
    """A report that nobody took back, as far as the line's figures follow from it."""

    result: WorkResult
    area: Mu
    worked_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCount:
    """What the standing reports of a line come to."""

    result: WorkResult | None = None
    area: Mu = NOTHING
    worked_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineNow:
    """A line as the database has it, and what the checks must call it."""

    parcel: str
    version: int
    planned: Mu
    done: Mu
    facts: LineFacts
    tolerance: BasisPoints


def count_of(reports: Iterable[StandingReport]) -> LineCount:
    """Return what the reports that stand come to, in the order in which they were made.

    The mu add up; once somebody says done it is done; the day is the last day of work.
    """
    standing = list(reports)
    if not standing:
        return LineCount()
    results = {report.result for report in standing}
    days = [report.worked_on for report in standing if report.result in WORKED]
    return LineCount(
        result=next(result for result in WorkResult if result in results),
        area=Mu(sum(report.area for report in standing)),
        worked_on=max(days, default=None),
        reason=standing[-1].reason,
    )


NOBODY_NAMED = N_("地块 %(parcel)s 请写明实际作业的机具或机手；谁干的必须可查。")
"""Said of a line that names neither machine nor driver; a page that asks once for all lines says it once."""


def fact_findings(place: str, fact: WorkFact, line: LineNow, on: date) -> Iterator[Finding]:
    """Return what makes a fact unsound by itself, before anything is compared with the registers."""
    barred = bar_of(line.facts, on)
    if barred is not None:
        yield block(place, barred, parcel=line.parcel)
    elif fact.version is not None and fact.version != line.version:
        yield block(
            place,
            N_("地块 %(parcel)s 在您填写期间已有人登记（现共 %(done)s 亩）；请核对后再提交这一行。"),
            parcel=line.parcel,
            done=mu(line.done),
        )
    elif fact.result is WorkResult.NOT_DONE:
        yield from _not_done_findings(place, fact, line)
    else:
        yield from _worked_findings(place, fact, line)


def bar_of(line: LineFacts, on: date) -> str | None:
    """Return why nothing more may be reported on a line; nothing when it is open."""
    reasons = {
        LineState.CANCELLED: N_("地块 %(parcel)s 这一行已撤销，不能登记；请另编作业单。"),
        LineState.ACCEPTED: N_("地块 %(parcel)s 已验收，不能再登记；确有出入，请先由有权限的人员撤回验收。"),
        LineState.DEEMED: N_(
            "地块 %(parcel)s 已视同验收，不能再登记；确有出入，请先由有权限的人员撤回验收。"
        ),
        LineState.DISPUTED: N_("地块 %(parcel)s 有验收争议，不能再登记；请先处理争议。"),
    }
    return reasons.get(line_state(line, on))


def _not_done_findings(place: str, fact: WorkFact, line: LineNow) -> Iterator[Finding]:
    if fact.area:
        yield block(
            place,
            N_("地块 %(parcel)s 登记为未作业，却填了 %(area)s 亩；请清空亩数，或改为部分完成。"),
            parcel=line.parcel,
            area=mu(fact.area),
        )
    if line.done:
        yield block(
            place,
            N_("地块 %(parcel)s 已登记作业 %(done)s 亩，不能登记为未作业；登记有误请先撤回那次登记。"),
            parcel=line.parcel,
            done=mu(line.done),
        )
    if not _has_reason(fact):
        yield block(place, N_("地块 %(parcel)s 未作业，请写明原因。"), parcel=line.parcel)


def _worked_findings(place: str, fact: WorkFact, line: LineNow) -> Iterator[Finding]:
    if fact.area <= 0:
        yield block(place, N_("地块 %(parcel)s 请填写实际作业亩数；没有作业请选未作业。"), parcel=line.parcel)
        return
    if fact.operator_id is None and fact.machine_id is None:
        yield block(place, NOBODY_NAMED, parcel=line.parcel)
    if _has_reason(fact):
        return
    if fact.result is WorkResult.PARTLY:
        yield block(place, N_("地块 %(parcel)s 只完成一部分，请写明原因。"), parcel=line.parcel)
    elif (line.done + fact.area) * WHOLE < line.planned * (WHOLE - line.tolerance):
        yield block(
            place,
            N_(
                "地块 %(parcel)s 登记为已完成，但合计 %(total)s 亩，少于计划 %(planned)s 亩；"
                "请改为部分完成，或写明原因。"
            ),
            parcel=line.parcel,
            total=mu(Mu(line.done + fact.area)),
            planned=mu(line.planned),
        )


def _has_reason(fact: WorkFact) -> bool:
    return len(fact.reason.strip()) >= SHORTEST_REASON


def quality_text(rows: tuple[QualityRow, ...]) -> str:
    """Return quality rows as a report keeps them."""
    return write(rows)


def quality_rows(text: str) -> tuple[QualityRow, ...]:
    """Return the quality rows that a report keeps.

    >>> quality_rows(quality_text((QualityRow(content="深度", agreed="25厘米", found="26厘米"),)))
    (QualityRow(content='深度', agreed='25厘米', found='26厘米'),)
    """
    return tuple(read(QualityRows, f'{{"rows":{text}}}').rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRows:
    """Quality rows under a name, as the reader of frozen values wants them."""

    rows: tuple[QualityRow, ...] = ()


def with_exceptions(usual: tuple[QualityRow, ...], written: str) -> tuple[QualityRow, ...]:
    """Return the order's quality rows with what a line's own text says instead: ``深度：18；质量：差``."""
    said = dict(_said(written, usual))
    return tuple(
        QualityRow(content=row.content, agreed=row.agreed, found=said.get(row.content, row.found))
        for row in usual
    )


def _said(written: str, usual: tuple[QualityRow, ...]) -> Iterator[tuple[str, str]]:
    names = [row.content for row in usual]
    for part in written.replace(";", "；").split("；"):
        text = part.strip()
        if not text:
            continue
        mark = next((mark for mark in _MARKS if mark in text), None)
        name, _, value = text.partition(mark or _MARKS[0])
        if mark is None or name.strip() not in names or not value.strip():
            raise UnknownQuality(text=text, items="、".join(names) or "—")
        yield name.strip(), value.strip()
