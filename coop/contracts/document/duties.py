"""Articles 6 to 9: rights and duties, breach, disputes, and what else was agreed."""

from coop.contracts.document.wording import FIRST, SECOND, Names, day, joined, rate
from coop.contracts.rules.terms import ContractNature
from coop.contracts.snapshot import ContractSnapshot
from foundation.typesetting import Block, Heading, Paragraph

_SERVICE_RECEIVER = (
    "保有土地承包经营权，收获的农产品归其所有，另有约定的除外；",
    "有权对作业过程进行监督，对作业质量进行验收和评价；",
    "发现作业损害耕地地力或者地上设施的，有权要求停止作业并赔偿损失；",
    "应当按约定提供通行道路、水电等必要的作业条件，如实说明地块面积和地下设施；",
    "应当按约定及时验收并支付费用。",
)
_SERVICE_PROVIDER = (
    "有权要求对方按约定提供作业条件、及时验收并支付费用；",
    "应当配备合格的机具和人员，按约定的时间和标准作业，并说明农资的品种、用量和使用方法；",
    "应当做好作业记录，接受监督，对作业中的安全负责；",
    "不得擅自将主要作业转交他人，不得以任何方式改变土地的农业用途。",
)
_LAND_RECEIVER = (
    "保有土地承包权，有权按约定取得收益，有权监督土地的使用；",
    "土地被依法征收的，地上附着物及青苗补偿按实际投入归属，土地补偿依法归承包方和集体；",
    "应当按约定交付土地，维护对方依法从事的生产经营活动；",
    "应当保证对所交付的土地拥有合法的承包经营权，没有权属争议。",
)
_LAND_PROVIDER = (
    "在合同期内依法占有、使用土地，自主组织生产并处置产品；",
    "应当按约定及时足额支付收益，不得因经营盈亏拖欠；",
    "不得改变土地的农业用途，不得破坏农业综合生产能力和生态环境；",
    "未经对方书面同意不得再流转，合同期满应当将土地恢复到能够耕种的状态后交还。",
)


def rights(snapshot: ContractSnapshot, names: Names) -> list[Block]:
    """第六条: what each party may and must do; 甲方 comes first whichever role it has."""
    service = snapshot.nature is ContractNature.SERVICE
    receiver = (names.receiver, _SERVICE_RECEIVER if service else _LAND_RECEIVER)
    provider = (names.provider, _SERVICE_PROVIDER if service else _LAND_PROVIDER)
    ordered = sorted((receiver, provider), key=lambda party: party[0] != FIRST)
    blocks: list[Block] = [Heading("第六条　双方的权利和义务")]
    for numeral, (name, duties) in zip("一二", ordered, strict=True):
        text = "".join(f"{number}. {duty}" for number, duty in enumerate(duties, start=1))
        blocks.append(Paragraph(f"（{numeral}）{name}：{text}"))
    return blocks


def breach(snapshot: ContractSnapshot, names: Names) -> list[Block]:
    """第七条: the late fee with its cap, and other breaches."""
    blocks: list[Block] = [Heading("第七条　违约责任")]
    if snapshot.late_fee:
        blocks.append(
            Paragraph(
                joined(
                    f"（一）{names.payer}逾期付款的，每逾期一日按应付总额的",
                    rate(snapshot.late_fee),
                    "支付违约金，累计不超过应付总额的",
                    rate(snapshot.late_fee_most),
                    "；支付违约金后仍应当履行付款义务。",
                )
            )
        )
    else:
        blocks.append(Paragraph(f"（一）{names.payer}逾期付款的，应当赔偿{names.payee}因此受到的损失。"))
    return [
        *blocks,
        Paragraph(
            f"（二）{names.provider}未按约定的时间、标准履行的，应当采取补救措施；造成损失的，由双方协商赔偿。"
            "一方擅自解除合同或者有其他违约行为的，应当赔偿对方因此受到的损失。"
        ),
        Paragraph("（三）因不可抗力不能履行的，可以解除合同并互不担责，但应当及时通知对方并提供证明。"),
    ]


def disputes() -> list[Block]:
    """第八条: negotiation, mediation, then the court at the place of the service."""
    text = (
        "因本合同发生争议的，由双方协商解决；协商不成的，可以请求当地农业农村主管部门调解；"
        "协商、调解不成的，向服务所在地人民法院起诉。"
    )
    return [Heading("第八条　争议处理"), Paragraph(text)]


def other(snapshot: ContractSnapshot) -> list[Block]:
    """第九条: when it binds, supplements, supervision, copies, and the free terms."""
    copies = f"一式两份，{FIRST}、{SECOND}各执一份，具有同等效力。"
    begins = (
        ("本合同自双方签字或者盖章之日起成立，自", day(snapshot.effective_on), f"起生效；{copies}")
        if snapshot.effective_on
        else (f"本合同自双方签字或者盖章之日起生效；{copies}",)
    )
    terms: list[tuple[object, ...]] = [
        begins,
        ("未尽事宜由双方签订补充协议；与本合同不一致的，以补充协议为准。",),
        ("村民委员会或者村集体经济组织可以对合同的履行进行指导和监督。",),
    ]
    if snapshot.upstream_number:
        terms.append((f"本合同依据编号为“{snapshot.upstream_number}”的合同签订，期限和面积不超出该合同。",))
    terms += [(line.strip(),) for line in snapshot.free_terms.splitlines() if line.strip()]
    numerals = "一二三四五六七八九十"
    blocks: list[Block] = [Heading("第九条　其他")]
    for number, parts in enumerate(terms):
        numeral = numerals[number] if number < len(numerals) else str(number + 1)
        blocks.append(Paragraph(joined(f"（{numeral}）", *parts)))  # type: ignore[arg-type]
    return blocks
