"""The spreadsheet of machinery: a sheet of machines and one of operators, matched and entered row by row."""

from collections.abc import Iterator, Sequence

from coop.machinery.importing.machines import MACHINES, apply_machines, check_machines, machine_values
from coop.machinery.importing.operators import OPERATORS, apply_operators, check_operators, operator_values
from coop.machinery.rules import MachineryPermission
from foundation.imports.rules import AppliedRow, CheckedRow, ImportContext, ImportKind
from foundation.wording import N_
from foundation.workbooks.reading import Row

__all__ = ["KIND", "MACHINES", "OPERATORS", "machine_values", "operator_values"]


def check(context: ImportContext, sheet: str, rows: Sequence[Row]) -> Iterator[CheckedRow]:
    """Judge a chunk of one sheet against the register."""
    return check_machines(context, rows) if sheet == MACHINES.title else check_operators(context, rows)


def apply(context: ImportContext, rows: Sequence[AppliedRow]) -> None:
    """Enter or change the confirmed rows of one sheet."""
    (apply_machines if rows[0].sheet == MACHINES.title else apply_operators)(context, rows)


KIND = ImportKind(
    name="machinery",
    label=N_("机具和机手"),
    permission=MachineryPermission.EDIT,
    sheets=(MACHINES.layout, OPERATORS.layout),
    check=check,
    apply=apply,
    nouns={"machine": N_("机具"), "operator": N_("机手")},
    hint=N_(
        "服务组织填写登记的全称或信用代码。机具按终端编号匹配，没有的按号牌；机手按驾驶证号匹配，没有的按姓名。"
        "空白单元格表示不改。"
    ),
)
