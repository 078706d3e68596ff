"""The query bars of the acreage ledger, and the form of a recount."""

from flask_babel import lazy_gettext as _l

from foundation.web.fields import ChoiceField, TextField
from foundation.web.forms import Form, QueryForm, Required


class LedgerQuery(QueryForm):
    """Which programme and which crop season a page of the ledger speaks of."""

    programme = ChoiceField(_l("统计口径"), blank=None)
    season = ChoiceField(_l("作物季"), blank=None)


class PlaceQuery(LedgerQuery):
    """Also of which division."""

    division = ChoiceField(_l("范围"), coerce=str, blank=None)


class SheetQuery(PlaceQuery):
    """Which statistics sheet: by township or village, too."""

    level = ChoiceField(_l("列到"), blank=None)


class RecountForm(Form):
    """By which version a programme is counted anew, and why."""

    version = ChoiceField(_l("系数版本"), [Required()])
    reason = TextField(_l("原因"), [Required()])
