"""The journal as a sheet: the rows of the list, oldest first, with what changed."""

import json
from collections.abc import Iterable, Iterator, Sequence

from foundation.clock import CHINA
from foundation.journal.models import JournalEntry
from foundation.journal.rules import known_acts
from foundation.workbooks.books import Value
from foundation.workbooks.layouts import Column, Content, Layout
from foundation.workbooks.writing import Sheet

LAYOUT = Layout(
    "操作日志",
    (
        Column(key="id", title="序号", content=Content.COUNT),
        Column(key="at", title="时间", width=20),
        Column(key="actor", title="操作人", width=14),
        Column(key="act", title="操作", width=18),
        Column(key="subject_type", title="对象类别", width=16),
        Column(key="subject_id", title="对象编号", width=16),
        Column(key="subject", title="对象", width=30),
        Column(key="division", title="区划编码", width=14),
        Column(key="address", title="来自", width=16),
        Column(key="reason", title="原因", width=30),
        Column(key="note", title="说明", width=40),
        Column(key="changes", title="变更内容", width=60),
        Column(key="digest", title="签章", width=66),
    ),
)


def sheet(entries: Iterable[JournalEntry]) -> Sheet:
    """Return the sheet of these entries."""
    return Sheet(LAYOUT, _rows(entries))


def _rows(entries: Iterable[JournalEntry]) -> Iterator[Sequence[Value]]:
    acts = known_acts()
    for entry in entries:
        yield (
            entry.id,
            entry.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S"),
            entry.actor_name,
            acts[entry.act].label if entry.act in acts else entry.act,
            entry.subject_type,
            entry.subject_id,
            entry.subject_label,
            entry.division_code,
            entry.address,
            entry.reason,
            entry.note,
            json.dumps(entry.changes, ensure_ascii=False) if entry.changes else None,
            entry.digest,
        )
