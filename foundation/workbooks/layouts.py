"""What the columns of a sheet are: told once, for its template, its reading, its export and its damage."""

import unicodedata
from dataclasses import dataclass
from functools import cached_property

from foundation.wording import N_, Term

ERROR_TITLE = "错误"
ROW_NUMBER_TITLE = "原行号"


class Content(Term):
    """What a column holds; its label tells the user how to fill it."""

    TEXT = "text", N_("文字")
    ID_NUMBER = "id_number", N_("18 位身份证号，文本格式")
    CREDIT_CODE = "credit_code", N_("18 位统一社会信用代码，文本格式")
    PHONE = "phone", N_("11 位手机号，或带区号的固定电话，文本格式")
    BANK_CARD = "bank_card", N_("16 至 19 位银行卡号，文本格式")
    ISSUER_CODE = "issuer_code", N_("14 位发包方编码，文本格式")
    CONTRACTOR_CODE = "contractor_code", N_("18 位承包方编码，文本格式")
    PARCEL_CODE = "parcel_code", N_("19 位地块编码，文本格式")
    LAND_CONTRACT_CODE = "land_contract_code", N_("19 位承包合同编码，文本格式")
    DATE = "date", N_("日期，如 2026-03-01")
    MU = "mu", N_("亩，最多两位小数")
    SQUARE_METRES = "square_metres", N_("平方米，最多两位小数")
    YUAN = "yuan", N_("元，最多两位小数")
    PERCENT = "percent", N_("百分数，如 12.5")
    COUNT = "count", N_("整数")


QUANTITIES = frozenset({Content.MU, Content.SQUARE_METRES, Content.YUAN, Content.PERCENT, Content.COUNT})
"""The contents that are written as numbers, so that a spreadsheet can add them up."""

MEASURED = QUANTITIES - {Content.COUNT}
"""The quantities that we keep as whole hundredths and write with two places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: ``key`` is its name in the program, ``title`` its heading in the sheet."""

    key: str
    title: str
    content: Content = Content.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    note: str = ""
    aliases: tuple[str, ...] = ()
    width: int | None = None


@dataclass(frozen=True)
class Layout:
    """One sheet: its name and its columns from left to right."""

    title: str
    columns: tuple[Column, ...]

    @cached_property
    def by_heading(self) -> dict[str, Column]:
        """Every heading under which a column may come, in its bare form."""
        return {
            bare_heading(heading): column
            for column in self.columns
            for heading in (column.title, *column.aliases)
        }


def bare_heading(text: str) -> str:
    """A heading without what people add to it: blanks, line breaks, stars, colons, full-width forms."""
    bare = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in bare if character.isalnum() or character in "()/.%")
