"""The form of a unit and the query bar over the units."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from foundation.identity.credit_code import parse_credit_code
from foundation.units.queries import UnitFilter
from foundation.units.rules import UnitKind
from foundation.units.service import UnitDetails
from foundation.web.fields import (
    CheckField,
    ChoiceField,
    DateField,
    DivisionField,
    ParsedField,
    TermField,
    TextField,
)
from foundation.web.forms import EditForm, QueryForm, Required


class UnitForm(EditForm):
    """A body that people work for."""

    name = TextField(_l("单位名称"), [Required()], limit=100)
    kind = TermField(_l("类别"), [Required()], terms=UnitKind)
    division_code = DivisionField(
        _l("所在区划"), [Required()], description=_l("填编码、名称或拼音首字母；任职人员可见这里及其以下。")
    )
    parent_id = ChoiceField(_l("上级单位"), blank=_l("无"))
    credit_code = ParsedField(_l("统一社会信用代码"), parse=lambda text: parse_credit_code(text).value)
    valid_from = DateField(_l("启用日期"))

    def offer(self, units: Sequence[tuple[int, str]]) -> None:
        """Put the units above on offer."""
        self.parent_id.choices = units

    def details(self) -> UnitDetails:
        """Return what was filled in."""
        return UnitDetails(
            name=self.name.data or "",
            kind=self.kind.data,
            division_code=self.division_code.data or "",
            parent_id=self.parent_id.data,
            credit_code=self.credit_code.data,
            valid_from=self.valid_from.data,
        )


class UnitQuery(QueryForm):
    """The query bar over the units."""

    name = TextField(_l("名称"))
    kind = TermField(_l("类别"), terms=UnitKind, blank=_l("全部"))
    division = TextField(_l("区划编码"), limit=12)
    closed = CheckField(_l("含已注销"))

    def asked(self) -> UnitFilter:
        """Return what was asked for."""
        return UnitFilter(**self.values())
