"""Links of the work, the model contract's guide to standards, and the county's band of prices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foundation.journal.rules.words import name_rows
from foundation.values.money import Fen
from foundation.wording import N_, Term


class CataloguePermission(Term):
    """What a person may do with the catalogue."""

    VIEW = "coop.catalogue.view", N_("查看作物、环节和价格")
    EDIT = "coop.catalogue.edit", N_("维护作物、环节和价格")


class CatalogueAct(Term):
    """What the journal calls the acts on the catalogue."""

    CROP_SAVED = "catalogue.crop_saved", N_("维护作物")
    SEASON_SAVED = "catalogue.season_saved", N_("维护作物季")
    REQUIRED_SAVED = "catalogue.required_saved", N_("维护必需环节")
    LINK_SAVED = "catalogue.link_saved", N_("维护环节")
    STANDARD_SAVED = "catalogue.standard_saved", N_("维护服务标准")
    PRICE_SAVED = "catalogue.price_saved", N_("发布服务价格")
    BAND_SAVED = "catalogue.band_saved", N_("维护价格区间")


class LinkKind(Term):
    """What a link is to production; only the first four weigh in the trusteeship area."""

    TILL = "till", N_("耕")
    SOW = "sow", N_("种")
    PROTECT = "protect", N_("防")
    HARVEST = "harvest", N_("收")
    INPUTS = "inputs", N_("农资")
    TEND = "tend", N_("田间管理")
    AFTER = "after", N_("产后")
    WHOLE = "whole", N_("全程")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSeed:
    """A link as the house ships it; ``per_pass`` work is paid for every pass (亩次)."""

    code: str
    name: str
    kind: LinkKind
    per_pass: bool = False


LINKS = (
    LinkSeed(code="01", name="备耕", kind=LinkKind.INPUTS),
    LinkSeed(code="02", name="耕整地", kind=LinkKind.TILL),
    LinkSeed(code="03", name="种子处理", kind=LinkKind.SOW),
    LinkSeed(code="04", name="种植", kind=LinkKind.SOW),
    LinkSeed(code="05", name="中耕追肥", kind=LinkKind.TEND, per_pass=True),
    LinkSeed(code="06", name="灌溉", kind=LinkKind.TEND, per_pass=True),
    LinkSeed(code="07", name="植保", kind=LinkKind.PROTECT, per_pass=True),
    LinkSeed(code="08", name="收获", kind=LinkKind.HARVEST),
    LinkSeed(code="09", name="秸秆处理", kind=LinkKind.AFTER),
    LinkSeed(code="10", name="烘干仓储", kind=LinkKind.AFTER),
    LinkSeed(code="11", name="销售", kind=LinkKind.AFTER),
    LinkSeed(code="12", name="技术集成解决方案", kind=LinkKind.WHOLE),
    LinkSeed(code="13", name="全程托管", kind=LinkKind.WHOLE),
)
"""The work items of the model contract's guide; a county may add its own and close any."""

REQUIRED = {"小麦": ("02", "04", "07", "08"), "玉米": ("04", "07", "08")}
"""The links, by code, without which a crop of this name is not served whole; maize follows wheat untilled."""


def usually_required(crop: str) -> tuple[str, ...]:
    """Return the codes of the links that a crop called so usually cannot do without; 冬小麦 is 小麦."""
    return next((codes for name, codes in REQUIRED.items() if name in crop), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardSeed:
    """One row of the guide: the link, what is to be agreed, and how to fill it in."""

    link: str
    content: str
    guide: str


def _rows(link: str, *rows: tuple[str, str]) -> tuple[StandardSeed, ...]:
    return tuple(StandardSeed(link=link, content=content, guide=guide) for content, guide in rows)


STANDARDS = (
    *_rows(
        "01",
        ("备耕时间", "填写起止日期"),
        ("农资采购", "写明品种、单价、单位用量、配给方式和完成时间"),
        ("农机选用", "写明机型和数量"),
    ),
    *_rows(
        "02",
        ("作业模式", "旋耕、深翻、深耕或免耕，选择填写"),
        ("时间范围", "填写起止日期"),
        ("技术要求", "写明深度、幅宽和作业速度"),
        ("作业质量", "写明平整度、碎土率等要求"),
    ),
    *_rows(
        "03",
        ("处理工艺", "包衣、拌种等，写明药剂成分和用量"),
        ("时间范围", "填写起止日期"),
        ("技术要求", "写明包衣均匀度、晾干等要求"),
    ),
    *_rows(
        "04",
        ("种植方式", "免耕播、常规播或移栽，选择填写"),
        ("时间范围", "填写起止日期"),
        ("技术要求", "写明幅宽、速度、深度、行距、株距、种肥用量和侧施肥"),
        ("作业效果", "写明出苗率、漏播率等要求"),
    ),
    *_rows(
        "05",
        ("时间范围", "填写起止日期"),
        ("技术要求", "写明中耕深度、肥料品种和用量"),
        ("作业效果", "写明除草率、追肥均匀度等要求"),
    ),
    *_rows(
        "06",
        ("时间范围", "填写起止日期或生育时期"),
        ("灌溉制度", "写明次数、每次水量和灌溉方式"),
        ("技术要求及效果", "写明湿润深度、均匀度等要求"),
    ),
    *_rows(
        "07",
        ("防治方案", "写明防治对象、次数、药剂和用量"),
        ("作业机具", "无人机、高地隙喷雾机等，选择填写"),
        ("作业效果", "写明防治效果和安全间隔期"),
    ),
    *_rows(
        "08",
        ("收获机型", "写明机型"),
        ("时间范围", "填写起止日期"),
        ("技术要求", "写明割茬高度、籽粒和果穗损失率、破碎率、秸秆切碎长度和抛撒不均匀率"),
        ("作业效果", "写明收获质量要求"),
    ),
    *_rows(
        "09",
        ("秸秆情况", "还田或离田，选择填写"),
        ("离田机具", "离田的写明打捆机型"),
        ("还田方式", "全量粉碎、覆盖或翻埋，选择填写"),
        ("还田机具", "还田的写明机型"),
    ),
    *_rows(
        "10",
        ("烘干标准和方式", "写明烘干后含水率和烘干方式"),
        ("烘干机", "写明机型"),
        ("仓储", "写明仓储条件和期限"),
    ),
    *_rows("11", ("销售约定", "写明品种、价格或定价办法、交货和结算方式")),
    *_rows("12", ("水肥药一体方案", "写明全程技术方案或附方案文本")),
    *_rows("13", ("亩均产量或收益约定", "写明约定产量或收益，以及未达标时的补偿金额或方式")),
)
"""The 37 rows of 《农作物生产托管服务标准指引》, appendix of the Ministry's model contract of 4 June 2020."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The county's guidance for a price per mu."""

    least: Fen
    most: Fen

    def holds(self, price: Fen) -> bool:
        """Tell whether a price keeps within the band; outside it a reason is asked for."""
        return self.least <= price <= self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A published price per mu: for one crop or any, one provider or any, between two days."""

    crop_id: int | None
    provider_id: int | None
    price: Fen
    valid_from: date
    valid_until: date | None


def current_price(quotes: Iterable[Quote], *, crop_id: int, provider_id: int | None, on: date) -> Fen | None:
    """Return the price that a new line is filled with: the provider's own before the county's, the crop's own
    before the general one, and of those the latest.
    """
    fitting = [
        quote
        for quote in quotes
        if quote.crop_id in (None, crop_id)
        and quote.provider_id in (None, provider_id)
        and quote.valid_from <= on
        and (quote.valid_until is None or on < quote.valid_until)
    ]
    best = max(
        fitting,
        key=lambda quote: (quote.provider_id is not None, quote.crop_id is not None, quote.valid_from),
        default=None,
    )
    return None if best is None else best.price


name_rows("crop", N_("作物"))
name_rows("crop_season", N_("作物季"))
name_rows("link", N_("环节"), kind=N_("环节类别"), per_pass=N_("按遍计价"))
name_rows("standard_item", N_("服务标准"), content=N_("服务内容"), guide=N_("标准指引"), usual=N_("常用约定"))
name_rows("price_version", N_("服务价格"))
name_rows("price_band", N_("价格区间"), least=N_("最低价"), most=N_("最高价"))
