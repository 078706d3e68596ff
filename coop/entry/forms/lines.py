"""The small forms of the lines: menu, dividend, payments, standards."""

from typing import Any

from flask_babel import lazy_gettext as _l

from coop.contracts.rules.terms import (
    Kilograms,
)
from foundation.values import decimals
from foundation.values.percent import WHOLE
from foundation.web.fields import (
    ChoiceField,
    CountField,
    DateField,
    MuField,
    PercentField,
    ReadField,
    TextField,
    YuanField,
)
from foundation.web.forms import AtMost, Form, Required

ANNEX_LIMIT = 400_000


MOST_AREA = 1_000_000_00
"""Hundredths of a mu; a county has less."""

MOST_PRICE = 100_000_00
"""Fen for a mu or a kilogram."""

MOST_WEIGHT = 100_000_00
"""Hundredths of a kilogram from a mu."""

MOST_SUM = 100_000_000_000_00
"""Fen; the sums of a contract stay within whole numbers that every database keeps."""


class KilogramField(ReadField):
    """A weight: written in kilograms, kept in hundredths."""

    input_attributes = {"inputmode": "decimal"}  # noqa: RUF012 - declared so by its parent

    def read(self, text: str) -> Kilograms:
        """Return hundredths of a kilogram."""
        return Kilograms(decimals.parse_hundredths(text, ("公斤", "千克", "kg")))

    def show(self, value: Any) -> str:
        """Return the kilograms to two places."""
        return decimals.plain(value)


class MenuLineForm(Form):
    """One line of the menu."""

    link = ChoiceField(_l("环节"), [Required()])
    season = ChoiceField(_l("作物季"), [Required()])
    price = YuanField(_l("单价（元/亩）"), [Required(), AtMost(MOST_PRICE)])
    area = MuField(_l("面积（亩）"), [Required(), AtMost(MOST_AREA)])
    passes = CountField(_l("次数"), least=1, most=30)
    starts_on = DateField(_l("作业起"))
    ends_on = DateField(_l("作业止"))


class DividendForm(Form):
    """Who takes how much of the surplus."""

    holder = TextField(_l("受益方"), [Required()], limit=60)
    rate = PercentField(_l("比例"), [Required(), AtMost(WHOLE)])


class PaymentForm(Form):
    """One instalment."""

    label = TextField(_l("款项"), [Required()], limit=60)
    amount = YuanField(_l("金额（元）"), [AtMost(MOST_SUM)])
    due_on = DateField(_l("付款日"))
    days = CountField(_l("验收后天数"), most=999)


class StandardForm(Form):
    """One agreed standard."""

    item = TextField(_l("服务事项"), [Required()], limit=30)
    content = TextField(_l("具体内容"), [Required()], limit=60)
    agreed = TextField(_l("约定标准"), [Required()], limit=400)
    note = TextField(_l("备注"), limit=200)
