"""The journal speaks of rows and columns in the words of people, never in those of the database."""

from collections.abc import Iterator

from flask import Flask
from sqlalchemy import LargeBinary

from coop.contracts.models import Contract
from coop.contracts.rules.terms import ContractMode
from coop.organisations.models import Organisation
from foundation.database.base import Base
from foundation.database.types import Encrypted
from foundation.journal.models import JournalEntry
from foundation.journal.report import changed_fields
from foundation.journal.rules.words import label_of, named_tables

SUBJECTS = {
    "account amendment attachment contract crop crop_season division household import_batch link",
    "login_session mandate organisation parcel posting price_band price_version printed_paper role",
    "standard_item unit villager_group work_order",
    "machine operator programme remeasure_task track",
    "acceptance_reply acceptance_slip dispute",
}
KEPT_OUT = {"version"}


def columns(table: str) -> Iterator[str]:
    """The columns of a table that a journal entry can name."""
    for column in Base.metadata.tables[table].c:
        is_binary = isinstance(column.type, LargeBinary) and not isinstance(column.type, Encrypted)
        if not (column.primary_key or is_binary or (column.name in KEPT_OUT and table != "printed_paper")):
            yield column.name


def test_every_row_that_acts_are_noted_of_has_a_name(tables: Flask) -> None:
    assert named_tables() == {name for line in SUBJECTS for name in line.split()}


def test_every_column_has_a_name(tables: Flask) -> None:
    nameless = {
        f"{table}.{column}"
        for table in named_tables()
        for column in columns(table)
        if label_of(table, column) == column
    }
    assert nameless == set()


def test_values_are_written_with_their_words_and_units(tables: Flask) -> None:
    changes: dict[str, list[object]] = {
        "total": [None, 1234567],
        "area": [45250, 45300],
        "mode": ["lease", "menu"],
        "late_fee": [5, 6],
        "signed_on": [None, "2026-03-02"],
        "approved_at": [None, "2026-03-02T01:30:00+00:00"],
    }
    told = {
        one.label: (one.before, one.after) for one in changed_fields(entry(Contract.__tablename__, changes))
    }
    assert told == {
        "托管模式": (ContractMode.LEASE.label, ContractMode.MENU.label),
        "合同面积": ("452.50 亩", "453.00 亩"),
        "合同金额": ("", "12,345.67 元"),
        "滞纳违约金": ("0.05%", "0.06%"),
        "审核时间": ("", "2026-03-02 09:30:00"),
        "签订日期": ("", "2026-03-02"),
    }


def test_what_no_longer_exists_is_told_as_it_stands(tables: Flask) -> None:
    told = changed_fields(entry(Organisation.__tablename__, {"kind": ["abolished", None], "lost": [True, 7]}))
    assert [(one.label, one.before, one.after) for one in told] == [
        ("组织类型", "abolished", ""),
        ("lost", "是", "7"),
    ]


def entry(table: str, changes: dict[str, list[object]]) -> JournalEntry:
    return JournalEntry(subject_type=table, changes=changes)
