"""The annexes: the standards that were agreed, and the households with their parcels."""

from collections.abc import Iterator

from coop.contracts.document.signatures import annex_signatures
from coop.contracts.snapshot import AnnexHouseholdSnapshot, AnnexParcelSnapshot, ContractSnapshot
from coop.parcels.document import bounds
from foundation.typesetting import (
    Block,
    Column,
    Paragraph,
    Space,
    Table,
    TextStyle,
    Title,
)
from foundation.typesetting import Role as Face
from foundation.values.area import Mu, mu
from foundation.values.capitals import mu_in_capitals

_FINE = TextStyle(role=Face.SONG, size=8, leading=11)


def _mu_or_dash(amount: Mu | None) -> str:
    return "—" if amount is None else mu(amount)


def standards_annex(snapshot: ContractSnapshot, number: str = "附件一") -> list[Block]:
    """附件一: the four columns of the model guide, and both signatures."""
    columns = [
        Column("托管服务事项", 1.6, merges=True),
        Column("具体内容", 2.2),
        Column("约定标准", 4.4, "left"),
        Column("备注", 1.6, "left"),
    ]
    rows = [(line.item, line.content, line.agreed, line.note) for line in snapshot.standards]
    return [
        Title(f"{number}　农作物生产托管服务标准"),
        Table(columns, rows),
        Space(6),
        Paragraph("注：本附件由双方协商约定，可以选择、增加事项；与合同具有同等效力。", indent=0),
        annex_signatures(),
    ]


def households_annex(snapshot: ContractSnapshot, number: str = "附件二") -> list[Block]:
    """附件二: every household with its parcels on lying pages, added up per page and in all."""
    total = (
        f"合计农户 {snapshot.household_count} 户、地块 {snapshot.parcel_count} 块，"
        f"托管面积 {mu(snapshot.area)} 亩（大写：{mu_in_capitals(snapshot.area)}）。"
    )
    return [
        Title(f"{number}　农户地块清单", after=6),
        Paragraph(f"坐落：{snapshot.village}{snapshot.place}", indent=0, style=_FINE),
        Table(_HOUSEHOLD_COLUMNS, list(_rows(snapshot)), style=_FINE, least_height=24),
        Space(6),
        Paragraph(total, indent=0),
        annex_signatures(),
    ]


_HOUSEHOLD_COLUMNS = (
    Column("序号", 1.3, merges=True),
    Column("户主姓名", 2.0, merges=True),
    Column("身份证号", 4.2, merges=True),
    Column("联系电话", 2.9, merges=True),
    Column("村民小组", 1.9, merges=True),
    Column("委托书编号", 3.6, merges=True),
    Column("承包合同编号", 3.0),
    Column("地块名称", 2.2),
    Column("地块编码", 3.0),
    Column("四至（东；南；西；北）", 4.1, "left"),
    Column("地类/等级", 2.2),
    Column("确权面积", 2.1, "right", show=_mu_or_dash),
    Column("实测面积", 2.1, "right", show=_mu_or_dash),
    Column("托管面积（亩）", 2.2, "right", show=mu, adds=True),
    Column("签字（手印）", 2.2, merges=True, show=lambda _row: ""),
)


def _rows(snapshot: ContractSnapshot) -> Iterator[tuple[object, ...]]:
    for number, household in enumerate(snapshot.annex, start=1):
        for parcel in household.parcels:
            yield _row(number, household, parcel)


def _row(number: int, household: AnnexHouseholdSnapshot, parcel: AnnexParcelSnapshot) -> tuple[object, ...]:
    return (
        number,
        household.name,
        household.id_masked,
        household.phone_masked,
        household.group,
        household.mandate_number,
        parcel.land_contract,
        parcel.name,
        parcel.code,
        bounds(parcel),
        f"{parcel.land_class.label}{parcel.grade and '/' + parcel.grade}",
        parcel.title_area,
        parcel.measured_area,
        parcel.area,
        number,
    )
