"""What a track gives away about itself: another machine's terminal, a file used before, another time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from coop.contracts.rules.findings import Finding, need_reason, note
from foundation.values.dates import Period
from foundation.wording import N_

TRACK = "track"
"""Where these findings are shown: beside the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a track comes from: terminals in the file and of the machine, the day, where the file was used.

    ``bearer`` is the machine that bears the file's terminal in the register, if any does.
    """

    terminal: str
    machine: str
    registered: str
    bearer: str
    worked_on: date
    window: Period
    used_for: Sequence[str] = ()


def provenance_findings(track: Provenance) -> Iterator[Finding]:
    """Yield what asks for a reason, and what is only worth telling."""
    if track.terminal and track.registered and track.terminal != track.registered:
        yield need_reason(
            TRACK,
            N_(
                "轨迹的终端编号是 %(terminal)s%(bearer)s，而机具 %(machine)s 登记的是 %(registered)s；"
                "请改选机具，或说明理由。"
            ),
            terminal=track.terminal,
            bearer=f"（{track.bearer}）" if track.bearer else "",
            machine=track.machine,
            registered=track.registered,
        )
    elif track.terminal and not track.registered:
        yield note(
            TRACK,
            N_("机具 %(machine)s 没有登记终端编号，轨迹的终端 %(terminal)s 无从核对；请在机具台账补登。"),
            machine=track.machine,
            terminal=track.terminal,
        )
    if track.used_for:
        yield need_reason(
            TRACK,
            N_("同一轨迹文件已用于作业单 %(orders)s；确为一次进地完成多个环节的，请说明理由。"),
            orders="、".join(track.used_for),
        )
    if not track.window.start <= track.worked_on <= track.window.end:
        yield note(
            TRACK,
            N_("轨迹的作业日期 %(day)s 不在作业单的期限 %(start)s 至 %(end)s 内。"),
            day=track.worked_on,
            start=track.window.start,
            end=track.window.end,
        )
