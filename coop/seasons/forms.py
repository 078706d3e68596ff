"""The query bar of the season board and its map."""

from flask_babel import lazy_gettext as _l

from foundation.web.fields import ChoiceField, DivisionField
from foundation.web.forms import QueryForm


class SeasonQuery(QueryForm):
    """Which season, and below which division."""

    season = ChoiceField(_l("作物季"), blank=_l("当前作物季"))
    division = DivisionField(_l("村镇"))


class MapQuery(QueryForm):
    """Which season, village and link the map shows."""

    season = ChoiceField(_l("作物季"), blank=_l("当前作物季"))
    village = ChoiceField(_l("村"), coerce=str, blank=_l("第一个村"))
    link = ChoiceField(_l("环节"), blank=_l("第一个环节"))
