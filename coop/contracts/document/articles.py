"""Articles 1 to 3: what is served or entrusted, to which standard, and how long."""

from datetime import date

from coop.contracts.document.wording import Names, area, day, joined
from coop.contracts.rules.terms import ContractMode, ContractNature
from coop.contracts.snapshot import ContractSnapshot, MenuLineSnapshot
from coop.parcels.document import parcel_table
from foundation.typesetting import Block, Column, Heading, Paragraph, Table, filled
from foundation.values.area import mu
from foundation.values.dates import chinese_date
from foundation.values.money import yuan

STANDARDS_ANNEX = "附件一《农作物生产托管服务标准》"
HOUSEHOLDS_ANNEX = "附件二《农户地块清单》"


def subject(snapshot: ContractSnapshot, names: Names) -> list[Block]:
    """第一条: where the land lies, how much it is, and what is done with it."""
    purpose = {
        ContractMode.MENU: f"的生产环节委托{names.provider}按本条所列菜单提供作业服务",
        ContractMode.ORDER: f"的耕、种、管、收等全程生产委托{names.provider}按约定总价提供托管服务",
        ContractMode.LEASE: f"的土地经营权委托流转给{names.provider}经营",
        ContractMode.SHARE: f"的土地经营权以入股方式交由{names.provider}统一经营",
    }[snapshot.mode]
    crops = ("，种植", filled(snapshot.crops)) if snapshot.crops else ()
    place = f"{snapshot.county}{snapshot.village}{snapshot.place}".replace(" ", "")
    blocks: list[Block] = [
        Heading("第一条　托管内容"),
        Paragraph(
            joined(
                f"{names.receiver}将位于",
                filled(place),
                "的土地",
                area(snapshot.area),
                *crops,
                f"{purpose}。",
            )
        ),
    ]
    if snapshot.menu:
        blocks.append(menu_table(snapshot.menu))
    if is_for_many(snapshot):
        blocks.append(
            Paragraph(
                joined(
                    "本合同涉及农户",
                    filled(str(snapshot.household_count)),
                    "户、地块",
                    filled(str(snapshot.parcel_count)),
                    f"块，{names.receiver}依据各农户签署的授权委托书签订本合同，农户、地块及面积见{HOUSEHOLDS_ANNEX}。",
                )
            )
        )
    elif snapshot.annex:
        blocks.append(parcel_table(parcel for household in snapshot.annex for parcel in household.parcels))
    return blocks


def is_for_many(snapshot: ContractSnapshot) -> bool:
    """Whether the land stands in a household annex of its own rather than in article 1."""
    return len(snapshot.annex) > 1


def menu_table(lines: tuple[MenuLineSnapshot, ...]) -> Table:
    """The menu: links with area, passes, dates, price and amount, added up."""
    columns = [
        Column("环节", 1.9),
        Column("作物季", 2.6),
        Column("作业期间", 3.9),
        Column("面积（亩）", 1.9, "right", show=mu),
        Column("次数", 1),
        Column("单价（元/亩）", 2.5, "right", show=yuan),
        Column("金额（元）", 2.4, "right", show=yuan, adds=True),
    ]
    return Table(columns, [_menu_row(line) for line in lines])


def _menu_row(line: MenuLineSnapshot) -> tuple[object, ...]:
    return (
        line.link,
        line.season,
        _period(line.starts_on, line.ends_on),
        line.area,
        line.passes,
        line.price,
        line.amount,
    )


def _period(start: date | None, end: date | None) -> str:
    """When a link is done: without the year if it is one and the same, by the season if it is open."""
    if start is None or end is None:
        return "按农时"
    if start.year == end.year:
        return f"{start.month}月{start.day}日至{end.month}月{end.day}日"
    return f"{chinese_date(start)}至{chinese_date(end)}"


def standards(snapshot: ContractSnapshot, names: Names) -> list[Block]:
    """第二条: the standards annex, or the customary ones; what land is entrusted for and spared from."""
    if snapshot.nature is ContractNature.ENTRUSTMENT and not snapshot.standards:
        text = (
            f"{names.provider}应当依法合理利用和保护土地，不得改变土地的农业用途，不得撂荒，不得损害耕地地力；"
            "国家对粮食生产有规定的，从其规定。"
        )
        return [Heading("第二条　土地用途和保护"), Paragraph(text)]
    if snapshot.standards:
        text = f"作业的技术和质量标准由双方约定，见{STANDARDS_ANNEX}。附件与本合同具有同等效力。"
    else:
        text = (
            f"{names.provider}的作业应当符合国家和地方标准；没有标准的，不低于当地同类作业的通行质量，"
            "并不得损害耕地地力。"
        )
    return [Heading("第二条　服务标准"), Paragraph(text)]


def term(snapshot: ContractSnapshot) -> list[Block]:
    """第三条: from when to when."""
    period = joined(
        "本合同期限自",
        day(snapshot.starts_on),
        "起至",
        day(snapshot.ends_on),
        "止",
        ("，共", filled(str(snapshot.years)), "个年度") if snapshot.years > 1 else (),
        "。各环节的具体作业时间按农时确定；因天气等原因需要调整的，应当提前告知对方。",
    )
    return [Heading("第三条　期限"), Paragraph(period)]
