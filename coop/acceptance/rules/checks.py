"""The checks of acceptance against what is known to be done wrongly (cooperative.md §6, rows 8 and 11).

Every sentence names its evidence and the cure. What blocks is refused; what asks for a reason is kept with
the reason and told to the journal; what only tells is told to the journal and shown on the slip.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from coop.acceptance.rules.terms import AcceptanceWay
from coop.contracts.rules.findings import Finding, block, need_reason, note
from foundation.wording import N_

CROWD = 24
"""So many households accepted on paper by one recorder on one day want a reason: dozens are seldom asked."""

ONE_TELEPHONE = 3
"""From so many households on, answers from one telephone are worth a second look."""

ONE_NETWORK = 10
"""From so many on, answers from one address are; villages share a few, so more than of one telephone."""

WHOLE_SLIP = "slip"
"""Where a finding is shown that speaks of no single parcel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedPicture:
    """Where the same picture was filed before."""

    order: str
    household: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFact:
    """A line that a word is given on: which parcel, and when it was last worked."""

    place: str
    parcel: str
    done_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFacts:
    """What is known when a word comes in, this one left out of the counts."""

    order: str
    household: str
    way: AcceptanceWay
    answered_on: date
    today: date
    lines: tuple[WorkFact, ...] = ()
    has_picture: bool = False
    used_picture: UsedPicture | None = None
    recorder: str = ""
    recorded_that_day: int = 0
    from_one_telephone: int = 0
    from_one_network: int = 0


def check_word(facts: WordFacts) -> list[Finding]:
    """Return what is to be said about a word before it is entered."""
    found = list(day_findings(facts))
    if facts.way is AcceptanceWay.PAPER:
        found += picture_findings(facts)
        found += crowd_findings(facts)
    if facts.way is AcceptanceWay.CODE:
        found += telephone_findings(facts)
    return found


def day_findings(facts: WordFacts) -> Iterator[Finding]:
    """Row 11: nobody accepts in the future, nor what was not done yet."""
    if facts.answered_on > facts.today:
        yield block(
            WHOLE_SLIP,
            N_("验收日期 %(day)s 晚于今天 %(today)s；请填写农户签字的日期。"),
            day=facts.answered_on,
            today=facts.today,
        )
    for line in facts.lines:
        if line.done_on is not None and facts.answered_on < line.done_on:
            yield block(
                line.place,
                N_(
                    "作业单 %(order)s 中 %(household)s 的地块 %(parcel)s 于 %(done)s 作业，"
                    "验收日期 %(day)s 在作业之前；请核对两个日期。"
                ),
                order=facts.order,
                household=facts.household,
                parcel=line.parcel,
                done=line.done_on,
                day=facts.answered_on,
            )


def picture_findings(facts: WordFacts) -> Iterator[Finding]:
    """Row 8: a paper without the picture of its signature is no word; one picture serves one household."""
    if not facts.has_picture:
        yield block(
            WHOLE_SLIP,
            N_("作业单 %(order)s 中 %(household)s 的纸质验收没有签字或指印照片；请拍照上传后再登记。"),
            order=facts.order,
            household=facts.household,
        )
    elif facts.used_picture is not None:
        yield block(
            WHOLE_SLIP,
            N_(
                "这张签字或指印照片已于 %(on)s 用于作业单 %(other)s 的 %(owner)s，"
                "不能再用于 %(household)s；请上传 %(household)s 本人签字的照片。"
            ),
            on=facts.used_picture.on,
            other=facts.used_picture.order,
            owner=facts.used_picture.household,
            household=facts.household,
        )


def crowd_findings(facts: WordFacts) -> Iterator[Finding]:
    """Row 8: dozens of households on one day by one recorder want a reason."""
    count = facts.recorded_that_day + 1
    if count >= CROWD:
        yield need_reason(
            WHOLE_SLIP,
            N_(
                "%(recorder)s登记的 %(day)s 当天纸质验收连同 %(household)s 已有 %(count)s 户；"
                "请说明集中验收的情况（如全村集中签字），或核对验收日期。"
            ),
            recorder=facts.recorder,
            day=facts.answered_on,
            household=facts.household,
            count=count,
        )


def telephone_findings(facts: WordFacts) -> Iterator[Finding]:
    """Row 8: one telephone or one network that answers for many is told, never refused: families share."""
    if facts.from_one_telephone + 1 >= ONE_TELEPHONE:
        yield note(
            WHOLE_SLIP,
            N_("同一部手机已为 %(count)s 户扫码验收，包括作业单 %(order)s 的 %(household)s；请抽查回访。"),
            count=facts.from_one_telephone + 1,
            order=facts.order,
            household=facts.household,
        )
    if facts.from_one_network + 1 >= ONE_NETWORK:
        yield note(
            WHOLE_SLIP,
            N_("同一网络地址已为 %(count)s 户扫码验收，包括作业单 %(order)s 的 %(household)s；请抽查回访。"),
            count=facts.from_one_network + 1,
            order=facts.order,
            household=facts.household,
        )
