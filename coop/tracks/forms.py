"""The forms of tracks: a file with who drove what, taking back, a new measure, the query bars."""

from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l

from coop.tracks.rules.fixes import LARGEST, MEGABYTE, MOST_POINTS, NARROWEST_CM, WIDEST_CM
from coop.tracks.service import Measured, TrackTerms
from foundation.errors import InvalidValue
from foundation.values.decimals import parse_hundredths, plain
from foundation.web.acts import ActForm
from foundation.web.fields import (
    CheckField,
    ChoiceField,
    DateField,
    DivisionField,
    MuField,
    ReadField,
    TextField,
)
from foundation.web.forms import Form, QueryForm, Required


class WidthOutOfRange(InvalidValue):
    """作业幅宽应在 0.3 至 60 米之间；请按机具铭牌填写米数。"""


class WidthField(ReadField):
    """A working width: written in metres, kept in centimetres."""

    input_attributes = {"inputmode": "decimal"}  # noqa: RUF012 - as its kin declare it

    def read(self, text: str) -> int:
        """Return the centimetres."""
        found = parse_hundredths(text, ("米", "m"))
        if not NARROWEST_CM <= found <= WIDEST_CM:
            raise WidthOutOfRange
        return found

    def show(self, value: Any) -> str:
        """Return the metres."""
        return plain(value)


class TrackQuery(QueryForm):
    """The query bar of the tracks."""

    text = TextField(_l("作业单编号、文件名或终端编号"))
    division = DivisionField(_l("村镇"))
    undone = CheckField(_l("含已撤回"))


class TaskQuery(QueryForm):
    """The query bar of the re-measure tasks."""

    division = DivisionField(_l("村镇"))
    resolved = CheckField(_l("含已办结"))


class UploadForm(Form):
    """A terminal's file, and what a person has to say beside it."""

    file = wtforms.FileField(
        _l("轨迹文件"),
        [Required()],
        description=_l(
            "GPX、GeoJSON 或 CSV，不超过 %(limit)s MB、%(points)s 个点，一个文件不超过一个作业日",
            limit=LARGEST // MEGABYTE,
            points=f"{MOST_POINTS:,}",
        ),
        render_kw={"accept": ".gpx,.geojson,.json,.csv,.txt"},
    )
    machine = ChoiceField(_l("实际作业的机具"))
    operator = ChoiceField(_l("实际作业的机手"))
    width = WidthField(_l("作业幅宽"), description=_l("留空则用文件中的幅宽，文件没有的用机具台账的幅宽"))
    remark = TextField(_l("说明"), limit=200, description=_l("终端与机具不符等情况需要说明理由"))

    def terms(self) -> TrackTerms:
        """Return what was said beside the file."""
        return TrackTerms(
            machine_id=self.machine.data,
            operator_id=self.operator.data,
            width_cm=self.width.data,
            remark=self.remark.data or "",
        )


class UndoForm(ActForm):
    """Why a track is taken back."""

    reason = TextField(_l("撤回理由"), [Required()], limit=200)


class MeasureForm(ActForm):
    """What the measure on the ground found."""

    area = MuField(_l("复测面积"), description=_l("维持原面积的留空，并在处理意见中写明理由"))
    on = DateField(_l("复测日期"), [Required()])
    is_basis = CheckField(_l("今后按复测面积结算"))
    resolution = TextField(_l("处理意见"), limit=200, description=_l("如：村委会、农户、服务方共同丈量"))

    def measured(self) -> Measured:
        """Return the measure."""
        return Measured(
            area=self.area.data,
            on=self.on.data,
            is_basis=self.is_basis.data,
            resolution=self.resolution.data or "",
        )
