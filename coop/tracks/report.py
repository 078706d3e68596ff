"""Swept beside declared, parcel by parcel: the rows of the comparison, once, for page, workbook and paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coop.tracks.queries.comparisons import Comparison
from coop.tracks.rules.matching import difference
from coop.tracks.rules.terms import TrackOutcome
from foundation.tables.rules import Column, Row, Table
from foundation.values.area import Mu, mu
from foundation.values.percent import BasisPoints, percent
from foundation.wording import N_
from foundation.workbooks.layouts import Content

TITLE = N_("轨迹面积与申报面积比对表")
COLUMNS = (
    Column(label=N_("作业单编号"), width=2.0),
    Column(label=N_("行号"), content=Content.COUNT, width=0.5),
    Column(label=N_("村"), width=1.2),
    Column(label=N_("农户"), width=1.6),
    Column(label=N_("地块"), width=1.0),
    Column(label=N_("地块编码"), width=1.9),
    Column(label=N_("申报面积（亩）"), content=Content.MU),
    Column(label=N_("轨迹面积（亩）"), content=Content.MU),
    Column(label=N_("差额（亩）"), content=Content.MU),
    Column(label=N_("差额占申报（%）"), content=Content.PERCENT),
    Column(label=N_("现登记面积（亩）"), content=Content.MU, total=True),
    Column(label=N_("比对结果"), width=1.4),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One parcel of the comparison.

    Without an outline there is no swept area; where the tracks never came and nobody reported anything there
    is no difference. Only finished parcels enter the sums: an unfinished one differs by what is still to do.
    """

    row: Comparison
    swept: Mu | None
    more: Mu | None
    share: BasisPoints | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What the compared parcels come to, with the denominator of the share."""

    parcels: int
    uncompared: int
    declared: Mu
    swept: Mu
    more: Mu
    share: BasisPoints | None


def line_of(row: Comparison) -> Line:
    """Return a parcel with its difference."""
    if row.outcome is TrackOutcome.NO_OUTLINE:
        return Line(row=row, swept=None, more=None, share=None)
    if row.outcome is TrackOutcome.OUTSIDE and not row.done:
        return Line(row=row, swept=row.swept, more=None, share=None)
    more, share = difference(row.swept, row.declared)
    return Line(row=row, swept=row.swept, more=Mu(more), share=share)


def is_summed(line: Line) -> bool:
    """Tell whether a parcel enters the sums: compared, and finished."""
    return line.more is not None and line.row.outcome is not TrackOutcome.PARTLY


def sums_of(lines: Sequence[Line]) -> Sums:
    """Return the sums over the parcels that were compared and are finished."""
    compared = [line for line in lines if is_summed(line)]
    declared = Mu(sum(line.row.declared for line in compared))
    swept = Mu(sum(line.row.swept for line in compared))
    more, share = difference(swept, declared)
    return Sums(
        parcels=len(compared),
        uncompared=len(lines) - len(compared),
        declared=declared,
        swept=swept,
        more=Mu(more),
        share=share,
    )


def table(rows: Iterable[Comparison], conditions: str) -> Table:
    """Return the comparison as a table; its notes name the denominator."""
    lines = [line_of(row) for row in rows]
    sums = sums_of(lines)
    return Table(
        title=TITLE,
        columns=COLUMNS,
        rows=[_row(line) for line in lines],
        conditions=conditions,
        notes=tuple(_notes(sums)),
    )


def _row(line: Line) -> Row:
    row = line.row
    return (
        row.order_number,
        row.position,
        row.village,
        row.household,
        row.parcel,
        row.parcel_code,
        row.declared,
        line.swept,
        line.more,
        line.share,
        row.done,
        row.outcome.label,
    )


def _notes(sums: Sums) -> Iterable[str]:
    if sums.share is not None:
        yield (
            f"已作业完、可比对的地块 {sums.parcels} 块："
            f"轨迹 {mu(sums.swept)} 亩，申报 {mu(sums.declared)} 亩，差额占申报面积 {percent(sums.share)}。"
        )
    if sums.uncompared:
        yield f"另有 {sums.uncompared} 块没有边界、轨迹未到或尚未作业完，不计入上述比例。"
