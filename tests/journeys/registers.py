"""A village register for the journeys: a third village's, sound, or with three planted faults."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from coop.parcels.importing import KIND
from foundation.identity.id_number import check_digit
from foundation.workbooks.layouts import Column, Layout
from foundation.workbooks.reading import Workbook, read_sheet
from foundation.workbooks.writing import Sheet, write_sheets
from tools.sample_registers import Village, register_of

GUCHENG = Village(
    code="371681105201",
    township="临池镇",
    name="古城村",
    file="linchi_gucheng.xlsx",
    seed=20260227,
    surnames={"王": 24, "李": 22, "赵": 16, "高": 14, "解": 8, "单": 6, "逄": 4, "亓": 4},
    namesake="王建国",
)
"""A real village whose register the sample county does not hold; its collective and its co-op are there."""

DAMAGED, MISTYPED, DOUBLED = 2, 6, 7
"""Where the faults are planted, counted from 0: two rows of the sheet 承包方, one of 承包地块.

Everything else that belongs to the two households is refused with them.
"""

Texts = list[dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedFaults:
    """What was planted, as the preview will name it: the household whose ID is damaged, the one whose ID is
    mistyped with the digit that would be right, and the parcel that stands twice.
    """

    damaged_household: str
    mistyped_household: str
    expected_digit: str
    doubled_parcel: str


def sound_register(target: Path, village: Village = GUCHENG) -> None:
    """Write a register that imports without a fault."""
    write_sheets(target, register_of(village))


def faulty_register(target: Path, source: Path) -> PlantedFaults:
    """Copy the register ``source`` to ``target``, with three faults that clerks' workbooks have."""
    book = Workbook(source.read_bytes())
    sheets = {layout.title: [row.values for row in read_sheet(book, layout)] for layout in KIND.sheets}
    planted = _plant(sheets["承包方"], sheets["承包地块"])
    write_sheets(target, [_as_text(layout, sheets[layout.title]) for layout in KIND.sheets])
    return planted


def _plant(parties: Texts, parcels: Texts) -> PlantedFaults:
    damaged, mistyped = parties[DAMAGED], parties[MISTYPED]
    damaged["id_number"] = f"{damaged['id_number'][:15]}000"
    right = mistyped["id_number"]
    mistyped["id_number"] = right[:17] + ("0" if right[17] != "0" else "1")
    doubled = parcels[DOUBLED - 1]["code"]
    parcels[DOUBLED] |= {"code": doubled}
    return PlantedFaults(
        damaged_household=damaged["head_name"],
        mistyped_household=mistyped["head_name"],
        expected_digit=check_digit(right[:17]),
        doubled_parcel=doubled,
    )


def _as_text(layout: Layout, rows: Iterable[dict[str, str]]) -> Sheet:
    columns = tuple(Column(key=c.key, title=c.title, required=c.required) for c in layout.columns)
    return Sheet(Layout(layout.title, columns), [tuple(row[c.key] for c in columns) for row in rows])
