"""The forms of the catalogue; each knows the details it hands to the service."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from coop.catalogue.models import Link
from coop.catalogue.rules import LinkKind
from coop.catalogue.service import (
    BandDetails,
    CropDetails,
    LinkDetails,
    PriceDetails,
    SeasonDetails,
    StandardItemDetails,
)
from foundation.web.fields import (
    CheckField,
    ChoiceField,
    CountField,
    DateField,
    DivisionField,
    LongTextField,
    PickerField,
    TermField,
    TextField,
    YuanField,
)
from foundation.web.forms import EditForm, QueryForm, Required

YEARS: dict[str, Any] = {"least": 2000, "most": 2100}


class CropForm(EditForm):
    """A crop."""

    code = TextField(_l("代码"), [Required()], limit=10)
    name = TextField(_l("作物名称"), [Required()], limit=30)
    closed_on = DateField(_l("停用日期"))

    def details(self) -> CropDetails:
        """Return what was filled in."""
        return CropDetails(code=self.code.data, name=self.name.data, closed_on=self.closed_on.data)


class SeasonForm(EditForm):
    """A crop season."""

    year = CountField(_l("年度"), [Required()], **YEARS)
    name = TextField(_l("作物季名称"), [Required()], limit=30, description=_l("如：夏玉米、冬小麦"))
    crop_id = ChoiceField(_l("作物"), [Required()])
    starts_on = DateField(_l("起始日"), [Required()])
    ends_on = DateField(_l("终止日"), [Required()])

    def details(self) -> SeasonDetails:
        """Return what was filled in."""
        return SeasonDetails(
            year=self.year.data,
            name=self.name.data,
            crop_id=self.crop_id.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
        )


class LinkForm(EditForm):
    """A link of the work."""

    code = TextField(_l("代码"), [Required()], limit=10)
    name = TextField(_l("环节名称"), [Required()], limit=30)
    kind = TermField(_l("类别"), [Required()], terms=LinkKind)
    per_pass = CheckField(_l("按次计费（亩次）"))
    closed_on = DateField(_l("停用日期"))

    def details(self) -> LinkDetails:
        """Return what was filled in."""
        return LinkDetails(
            code=self.code.data,
            name=self.name.data,
            kind=self.kind.data,
            per_pass=self.per_pass.data,
            closed_on=self.closed_on.data,
        )


class StandardForm(EditForm):
    """A row of the guide to standards."""

    link_id = ChoiceField(_l("环节"), [Required()])
    position = CountField(_l("顺序"), [Required()], most=999)
    content = TextField(_l("具体内容"), [Required()], limit=60)
    guide = TextField(_l("填写说明"), limit=200)
    usual = LongTextField(_l("本县常用标准"), limit=400, description=_l("录入合同时可直接带入"))
    closed_on = DateField(_l("停用日期"))

    def details(self) -> StandardItemDetails:
        """Return what was filled in."""
        return StandardItemDetails(
            link_id=self.link_id.data,
            position=self.position.data,
            content=self.content.data,
            guide=self.guide.data or "",
            usual=self.usual.data or "",
            closed_on=self.closed_on.data,
        )


class PriceForm(EditForm):
    """A new price per mu; the one before it ends by itself."""

    division_code = DivisionField(_l("适用的县"), [Required()])
    year = CountField(_l("年度"), [Required()], **YEARS)
    link_id = ChoiceField(_l("环节"), [Required()])
    crop_id = ChoiceField(_l("作物"), blank=_l("不分作物"))
    provider_id = PickerField(
        _l("服务组织"),
        source="/coop/organisations/search?providers=1",
        description=_l("留空为全县通用价格"),
    )
    price = YuanField(_l("单价（元/亩）"), [Required()])
    valid_from = DateField(_l("执行起始日"), [Required()])

    def details(self) -> PriceDetails:
        """Return what was filled in."""
        return PriceDetails(
            division_code=self.division_code.data,
            year=self.year.data,
            link_id=self.link_id.data,
            crop_id=self.crop_id.data,
            provider_id=int(self.provider_id.data) if self.provider_id.data else None,
            price=self.price.data,
            valid_from=self.valid_from.data,
        )


class BandForm(EditForm):
    """The county's price band of a link."""

    division_code = DivisionField(_l("适用的县"), [Required()])
    year = CountField(_l("年度"), [Required()], **YEARS)
    link_id = ChoiceField(_l("环节"), [Required()])
    crop_id = ChoiceField(_l("作物"), blank=_l("不分作物"))
    least = YuanField(_l("指导价下限（元/亩）"), [Required()])
    most = YuanField(_l("指导价上限（元/亩）"), [Required()])

    def details(self) -> BandDetails:
        """Return what was filled in."""
        return BandDetails(
            division_code=self.division_code.data,
            year=self.year.data,
            link_id=self.link_id.data,
            crop_id=self.crop_id.data,
            least=self.least.data,
            most=self.most.data,
        )


def required_form(links: Sequence[Link], data: dict[str, Any] | None = None) -> EditForm:
    """Return the form of the required links, one box of passes for each; filled from ``data`` if given."""
    boxes = {
        f"passes_{link.id}": CountField(link.name, least=0, most=20, render_kw={"size": "4"})
        for link in links
    }
    form: type[EditForm] = type("RequiredForm", (EditForm,), boxes)
    return form() if data is None else form(formdata=None, data=data)


def passes_of(form: EditForm, links: Sequence[Link]) -> dict[int, int]:
    """Return the passes that were filled in, by link."""
    return {link.id: count for link in links if (count := form[f"passes_{link.id}"].data)}


class PriceQuery(QueryForm):
    """The query bar of the price list."""

    year = CountField(_l("年度"), **YEARS)
    link = ChoiceField(_l("环节"), blank=_l("全部"))


def values_of(form: type[EditForm], row: Any) -> dict[str, Any]:
    """Return a row's values under the names of the form's fields."""
    names = [name for name in form(formdata=None)._fields if hasattr(row, name)]
    return {name: getattr(row, name) for name in names}


def usual_year(on: date) -> dict[str, Any]:
    """Return what an empty form starts with."""
    return {"year": on.year, "valid_from": on}
