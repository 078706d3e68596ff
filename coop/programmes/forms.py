"""The forms of programmes: what a programme judges by, its next weights, the query bar."""

from collections.abc import Iterable
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l

from coop.programmes.models import Programme
from coop.programmes.rules import (
    LARGE_FROM,
    REPLY_DAYS,
    TOLERANCE,
    TRACK_TOLERANCE,
    ProgrammeKind,
    WeightFormula,
    WeightPreset,
    WeightRow,
    parse_weight,
    plain_weight,
    weight_of_money,
)
from coop.programmes.service import ProgrammeDetails, VersionDetails
from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.values.percent import WHOLE, BasisPoints
from foundation.web.fields import (
    CheckField,
    ChoiceField,
    CountField,
    DateField,
    DivisionField,
    LinesField,
    MuField,
    PercentField,
    ReadField,
    TermField,
    TextField,
    YuanField,
)
from foundation.web.forms import AtMost, EditForm, QueryForm, Required

YEARS: dict[str, Any] = {"least": 2000, "most": 2100}
MOST_LARGE = Mu(100_000_00)
MOST_RATE = Fen(100_00)
SPARE = 4


class WeightField(ReadField):
    """A weight to four places: 0.36."""

    def read(self, text: str) -> Any:
        """Return ten-thousandths."""
        return parse_weight(text)

    def show(self, value: Any) -> str:
        """Return the weight as tables print it."""
        return plain_weight(value)


class ProgrammeQuery(QueryForm):
    """The query bar of the list."""

    year = CountField(_l("年度"), **YEARS)
    kind = TermField(_l("类型"), terms=ProgrammeKind, blank=_l("全部"))
    division = DivisionField(_l("县（市、区）"))
    closed = CheckField(_l("含已停用"))


class ProgrammeForm(EditForm):
    """What a programme judges by."""

    name = TextField(_l("项目名称"), [Required()], limit=60)
    large_from = MuField(
        _l("规模经营主体起点面积（亩）"),
        [Required(), AtMost(MOST_LARGE)],
        default=LARGE_FROM,
        description=_l("全年托管土地达到这个面积的为规模经营主体，其余为小农户"),
    )
    tolerance = PercentField(
        _l("作业面积允许超出（%）"),
        [AtMost(WHOLE)],
        default=TOLERANCE,
        description=_l("作业亩数可比结算面积多出的比例"),
    )
    track_tolerance = PercentField(
        _l("轨迹面积允许偏差（%）"),
        [AtMost(WHOLE)],
        default=TRACK_TOLERANCE,
        description=_l("轨迹面积与申报亩数相差超过这个比例的，转入复测"),
    )
    reply_days = CountField(
        _l("农户答复期限（天）"),
        [Required()],
        least=1,
        most=90,
        default=REPLY_DAYS,
        description=_l("通知后到期未答复的视同验收"),
    )
    weighs_every_pass = CheckField(_l("多遍作业每遍都折算（默认每季只折算一次）"))

    def details(self) -> ProgrammeDetails:
        """Return what was filled in."""
        return ProgrammeDetails(
            name=self.name.data,
            weighs_every_pass=self.weighs_every_pass.data,
            large_from=self.large_from.data,
            tolerance=self.tolerance.data or BasisPoints(0),
            track_tolerance=self.track_tolerance.data or BasisPoints(0),
            reply_days=self.reply_days.data,
        )


class BeginForm(ProgrammeForm):
    """A new programme: also its county, year and kind, and the table it starts from."""

    division_code = DivisionField(_l("县（市、区）"), [Required()])
    year = CountField(_l("年度"), [Required()], **YEARS)
    kind = TermField(_l("类型"), [Required()], terms=ProgrammeKind, blank=None, default=ProgrammeKind.PROJECT)
    formula = TermField(
        _l("折算办法"), [Required()], terms=WeightFormula, blank=None, default=WeightFormula.COEFFICIENT
    )
    preset = TermField(
        _l("起始系数"),
        [Required()],
        terms=WeightPreset,
        blank=None,
        default=WeightPreset.SHIPPED,
        description=_l("作为第 1 版，建立后可发布新的版本"),
    )

    def terms(self) -> dict[str, Any]:
        """Return what stays as the programme was begun."""
        return {
            "county_code": self.division_code.data,
            "year": self.year.data,
            "kind": self.kind.data,
            "formula": self.formula.data,
            "preset": self.preset.data,
        }


class WeightLine(wtforms.Form):
    """One row of a table of weights by coefficient."""

    link = ChoiceField(_l("环节"), [Required()])
    crop = ChoiceField(_l("作物"), blank=_l("不分作物"))
    weight = WeightField(_l("系数"), [AtMost(WHOLE)])


class MoneyLine(wtforms.Form):
    """One row of a table of weights by money."""

    link = ChoiceField(_l("环节"), [Required()])
    crop = ChoiceField(_l("作物"), blank=_l("不分作物"))
    weight = YuanField(_l("补助标准（元/亩）"), [AtMost(MOST_RATE)])


class VersionForm(EditForm):
    """The next version of a programme's weights."""

    valid_from = DateField(_l("执行日期"), [Required()])
    source = TextField(
        _l("依据文件"), [Required()], limit=200, description=_l("文件名称和文号；扫描件可在附件中上传")
    )

    def rows(self) -> tuple[WeightRow, ...]:
        """Return the filled rows; a row without a link is refused at its box."""
        lines: Any = self["lines"]
        return tuple(self._row(line) for line in lines.filled())

    def _row(self, line: Any) -> WeightRow:
        given = line.weight.data
        is_money = isinstance(line, MoneyLine)
        weight = weight_of_money(given) if is_money else given
        return WeightRow(
            link_id=line.link.data, crop_id=line.crop.data, weight=weight, rate=given if is_money else None
        )

    def details(self) -> VersionDetails:
        """Return what was filled in."""
        return VersionDetails(rows=self.rows(), valid_from=self.valid_from.data, source=self.source.data)


class WeightVersionForm(VersionForm):
    """A version by coefficient."""

    lines = LinesField(WeightLine, _l("系数表"), spare=SPARE)


class MoneyVersionForm(VersionForm):
    """A version by money."""

    lines = LinesField(MoneyLine, _l("补助标准表"), spare=SPARE)


def version_form(programme: Programme) -> type[VersionForm]:
    """Return the form of the next version of a programme."""
    return MoneyVersionForm if programme.formula is WeightFormula.MONEY else WeightVersionForm


def lines_of(rows: Iterable[WeightRow]) -> list[dict[str, Any]]:
    """Return the rows of the version before as the lines a form starts with."""
    return [
        {
            "link": row.link_id,
            "crop": row.crop_id,
            "weight": row.weight if row.rate is None else row.rate,
        }
        for row in rows
    ]


def values_of(programme: Programme) -> dict[str, Any]:
    """Return a programme's values under the names of its form's fields."""
    return {name: getattr(programme, name) for name in (*ProgrammeDetails.__slots__, "version")}
