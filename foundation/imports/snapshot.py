"""What is kept, sealed, of one row of the file: its cells, its verdict, and what applying it needs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foundation.imports.rules import CheckedRow, RowFault


@dataclass(frozen=True, slots=True, kw_only=True)
class RowBody:
    """The sealed part of an ``ImportRow``."""

    cells: Mapping[str, str]
    payload: Mapping[str, Any] | None
    faults: Sequence[RowFault]
    warnings: Sequence[RowFault]
    before: Mapping[str, str]
    after: Mapping[str, str]

    def of_column(self, key: str) -> list[RowFault]:
        """Return the faults and warnings of one cell."""
        return [fault for fault in (*self.faults, *self.warnings) if fault.column == key]


def packed(cells: Mapping[str, str], row: CheckedRow) -> str:
    """Return a checked row as the text that is sealed; empty cells are left out."""
    body: dict[str, Any] = {"c": {key: text for key, text in cells.items() if text}}
    if row.payload is not None:
        body["p"] = row.payload
    if row.faults:
        body["f"] = row.faults
    if row.warnings:
        body["w"] = row.warnings
    if row.after:
        body["b"], body["a"] = row.before, row.after
    return _encoder.encode(body)


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def unpacked(text: str) -> RowBody:
    """Return what was packed."""
    body = json.loads(text)
    return RowBody(
        cells=body["c"],
        payload=body.get("p"),
        faults=[RowFault(*fault) for fault in body.get("f", ())],
        warnings=[RowFault(*warning) for warning in body.get("w", ())],
        before=body.get("b", {}),
        after=body.get("a", {}),
    )


def with_fault(text: str, fault: RowFault) -> str:
    """Return a packed row with one more fault, found only when it was applied."""
    body = json.loads(text)
    body["f"] = [*body.get("f", ()), fault]
    return _encoder.encode(body)
