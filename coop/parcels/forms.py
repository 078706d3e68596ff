"""Forms of parcels: the parcel itself, a line of its ledger, its settlement basis, its end."""

from collections.abc import Callable, Iterable

import wtforms
from flask_babel import lazy_gettext as _l

from coop.parcels.models import Parcel
from coop.parcels.rules import AreaFact, AreaKind, LandClass, ObtainedBy
from coop.parcels.service import MergedDetails, ParcelDetails, PartDetails
from foundation.identity.registry_codes import parse_parcel_code
from foundation.values.area import SquareMetres, mu, mu_from_square_metres
from foundation.web.fields import (
    CheckField,
    ChoiceField,
    CountField,
    DateField,
    DivisionField,
    LinesField,
    MuField,
    ParsedField,
    PickerField,
    SquareMetresField,
    TermField,
    TextField,
)
from foundation.web.forms import EditForm, Form, QueryForm, Required

TEXTS = ("grade", "east", "south", "west", "north")


class ParcelForm(EditForm):
    """What is registered of a parcel, its acreage apart."""

    code = ParsedField(_l("地块编码"), [Required()], parse=parse_parcel_code)
    name = TextField(_l("地块名称"), [Required()], limit=100)
    household_id = PickerField(_l("承包方"), source="/coop/households/search")
    land_contract_id = ChoiceField(_l("承包合同"), blank=_l("无"))
    land_class = TermField(_l("地块类别"), [Required()], terms=LandClass, default=LandClass.CONTRACTED)
    obtained_by = TermField(
        _l("取得方式"), [Required()], terms=ObtainedBy, default=ObtainedBy.HOUSEHOLD_CONTRACT
    )
    grade = TextField(_l("地力等级"), limit=20)
    is_confirmed = CheckField(_l("已确权"), default=True)
    east = TextField(_l("东至"), limit=100)
    south = TextField(_l("南至"), limit=100)
    west = TextField(_l("西至"), limit=100)
    north = TextField(_l("北至"), limit=100)

    def details(self) -> ParcelDetails:
        """Return what was filled in."""
        values = {name: self[name].data for name in ParcelDetails.__slots__}
        values |= {name: values[name] or "" for name in TEXTS}
        values["household_id"] = int(values["household_id"]) if values["household_id"] else None
        return ParcelDetails(**values)


class NewParcelForm(ParcelForm):
    """A parcel with its first acreage."""

    area_kind = TermField(_l("面积种类"), [Required()], terms=AreaKind, default=AreaKind.CONTRACT)
    area = MuField(_l("面积"), [Required()])
    dated_on = DateField(_l("面积日期"), [Required()])
    source = TextField(_l("面积来源"), [Required()], limit=100)

    def fact(self) -> AreaFact:
        """Return the first line of the ledger."""
        return AreaFact(
            kind=self.area_kind.data,
            area=self.area.data,
            square_metres=None,
            dated_on=self.dated_on.data,
            source=self.source.data,
        )


class AreaForm(EditForm):
    """A line of the three-acreage ledger, in mu or in square metres."""

    area_kind = TermField(_l("面积种类"), [Required()], terms=AreaKind)
    area = MuField(_l("面积（亩）"))
    square_metres = SquareMetresField(_l("面积（平方米）"))
    dated_on = DateField(_l("面积日期"), [Required()])
    source = TextField(_l("来源（测量单位、文件号等）"), [Required()], limit=100)

    def fact(self) -> AreaFact:
        """Return the line; square metres alone tell the mu."""
        area, square = self.area.data, self.square_metres.data
        if area is None:
            area = mu_from_square_metres(square or SquareMetres(0))
        return AreaFact(
            kind=self.area_kind.data,
            area=area,
            square_metres=square,
            dated_on=self.dated_on.data,
            source=self.source.data,
        )


class BasisForm(EditForm):
    """Which of the three acreages settlements go by, and why."""

    basis = TermField(_l("结算面积依据"), [Required()], terms=AreaKind)
    reason = TextField(_l("事由"), [Required()], limit=200)


def form_of(parcel: Parcel) -> ParcelForm:
    """Return the form filled from a row."""
    values = {name: getattr(parcel, name) for name in ParcelDetails.__slots__}
    return ParcelForm(formdata=None, data=values | {"version": parcel.version})


def offer(
    form: ParcelForm,
    find: Callable[[str], list[tuple[str, str]]],
    label_of: Callable[[str], str],
    contracts: list[tuple[int, str]],
) -> ParcelForm:
    """Give a form what it may choose from."""
    form.household_id.find, form.household_id.label_of = find, label_of
    form.land_contract_id.choices = contracts
    return form


class PartForm(Form):
    """One line of a split; a line without an area gets what is left."""

    code = ParsedField(_l("地块编码"), parse=parse_parcel_code)
    name = TextField(_l("地块名称"), [Required()], limit=100)
    area = MuField(_l("结算面积（亩）"))
    measured = MuField(_l("其中实测面积（亩）"))


class SplitForm(EditForm):
    """The parts that a parcel is split into."""

    parts = LinesField(PartForm, _l("分割后的地块"), spare=3)
    on = DateField(_l("分割日期"), [Required()])
    reason = TextField(_l("事由"), [Required()], limit=200)

    def details(self) -> list[PartDetails]:
        """Return the filled lines in their order."""
        return [
            PartDetails(
                code=line.code.data or "",
                name=line.name.data,
                area=line.area.data,
                measured=line.measured.data,
            )
            for line in self.parts.filled()
        ]


class MergeForm(EditForm):
    """The parcels that one is merged with, and what comes of them."""

    others = wtforms.SelectMultipleField(
        _l("与哪些地块合并"),
        widget=wtforms.widgets.ListWidget(prefix_label=False),
        option_widget=wtforms.widgets.CheckboxInput(),
    )
    code = ParsedField(_l("新地块编码"), parse=parse_parcel_code, description=_l("留空由系统编下一个号"))
    name = TextField(_l("新地块名称"), [Required()], limit=100)
    on = DateField(_l("合并日期"), [Required()])
    reason = TextField(_l("事由"), [Required()], limit=200)

    def offer(self, parcels: Iterable[Parcel]) -> None:
        """Put the parcels on offer; a key carries the version that was shown."""
        self.others.choices = [
            (f"{one.id}-{one.version}", f"{one.name} {one.code}（{mu(one.area)} 亩）") for one in parcels
        ]

    def versions(self) -> dict[int, int]:
        """Return the chosen parcels with the versions they were shown in."""
        keys = (key.split("-") for key in self.others.data or ())
        return {int(parcel_id): int(version) for parcel_id, version in keys}

    def details(self) -> MergedDetails:
        """Return what was filled in."""
        return MergedDetails(code=self.code.data or "", name=self.name.data)


class OutlinesForm(Form):
    """A file of outlines, where it comes from and of which day it is."""

    file = wtforms.FileField(_l("GeoJSON 文件"), [Required()], render_kw={"accept": ".geojson,.json"})
    source = TextField(_l("来源（测绘单位、文件号等）"), [Required()], limit=100)
    dated_on = DateField(_l("测绘日期"), [Required()])


class OutlinesExportForm(Form):
    """Which division's outlines leave the house."""

    division = DivisionField(_l("村镇"), [Required()])


class ParcelQuery(QueryForm):
    """The query bar of the list."""

    text = TextField(_l("地块编码、名称或承包方"))
    division = DivisionField(_l("镇村"))
    group = CountField(_l("组"), most=99)
    land_class = TermField(_l("地块类别"), terms=LandClass, blank=_l("全部"))
    closed = CheckField(_l("含已停用"))


class CloseForm(Form):
    """The day and the reason of an end."""

    on = DateField(_l("停用日期"), [Required()])
    reason = TextField(_l("事由"), [Required()], limit=200)


class RegisterForm(Form):
    """Which division's register leaves the house, and whether its sealed columns leave whole."""

    division = DivisionField(_l("村镇"))
    whole = CheckField(_l("包含完整的证件号码、电话和银行账号"))
    reason = TextField(_l("需要完整号码的原因"), limit=200)
