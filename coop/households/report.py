"""The list of households as a table: the rows once, for the workbook and for paper."""

from collections.abc import Iterator, Sequence

from coop.households.models import Household
from coop.households.rules import group_name
from foundation.divisions import queries as divisions
from foundation.identity.id_number import mask_id_number
from foundation.identity.phone import mask_phone
from foundation.tables.rules import Column, Row, Table
from foundation.wording import N_

TITLE = N_("农户名册")
COLUMNS = (
    Column(label=N_("户主（承包方）"), width=1.4),
    Column(label=N_("镇村"), width=2.0),
    Column(label=N_("组"), width=0.6),
    Column(label=N_("证件号码"), width=1.8),
    Column(label=N_("联系电话"), width=1.3),
    Column(label=N_("承包方编码"), width=1.8),
    Column(label=N_("类型"), width=0.7),
    Column(label=N_("状态"), width=0.8),
)


def table(households: Sequence[Household], conditions: str) -> Table:
    """Return the table of these households; sealed columns are masked for every reader."""
    return Table(title=TITLE, columns=COLUMNS, rows=_rows(households), conditions=conditions)


def _rows(households: Sequence[Household]) -> Iterator[Row]:
    paths = divisions.paths(one.division_code for one in households)
    for one in households:
        yield (
            one.head_name,
            paths[one.division_code].short,
            group_name(one.group_number),
            mask_id_number(one.id_number or ""),
            mask_phone(one.phone or ""),
            one.code or "",
            one.party_kind.label,
            one.status.label,
        )
