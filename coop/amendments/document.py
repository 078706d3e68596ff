"""The supplementary agreement, drawn from its frozen copy: changes in sentences, their effect in figures."""

from coop.amendments import queries
from coop.amendments.service import snapshot_of
from coop.amendments.snapshot import AmendmentSnapshot, read_snapshot
from coop.contracts.document.signatures import closing_signatures
from coop.contracts.document.wording import FIRST, SECOND, party_block, public_party, role_labels
from coop.contracts.rules.terms import ContractNature, ContractPermission, PartyRole
from foundation.access.grants import Viewer
from foundation.papers.document import furniture
from foundation.papers.rules import Frozen, PaperKind, Seal
from foundation.typesetting import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Space,
    Table,
    Title,
    filled,
)
from foundation.values.area import Mu, mu
from foundation.values.capitals import money_in_capitals
from foundation.values.dates import chinese_date
from foundation.values.money import Fen, yuan
from foundation.wording import N_

SUBJECT = "amendment"


def draw_amendment(text: str, seal: Seal) -> Document:
    """Draw the agreement from the snapshot's text."""
    agreement = read_snapshot(text)
    paper = Document(
        title=f"补充协议 {agreement.number}", furniture=furniture(seal, f"补充协议编号：{agreement.number}")
    )
    return paper.add(
        Title("补充协议"),
        *_parties(agreement),
        *_changes(agreement),
        *_effect(agreement),
        closing_signatures(agreement),
    )


def summarise(text: str) -> list[tuple[str, str]]:
    """Return what the public verify page shows; names of persons are masked."""
    agreement = read_snapshot(text)
    return [
        ("原合同编号", agreement.contract_number),
        (FIRST, public_party(agreement.first)),
        (SECOND, public_party(agreement.second)),
        ("变更后面积", f"{mu(agreement.area_after)} 亩"),
        ("变更后总额", f"{yuan(agreement.total_after)} 元"),
        ("生效日期", chinese_date(agreement.effective_on)),
    ]


def _parties(agreement: AmendmentSnapshot) -> list[Block]:
    labels = role_labels(agreement.nature, agreement.printed_first)
    return [
        *party_block(labels[0], agreement.first),
        Space(6),
        *party_block(labels[1], agreement.second),
        Paragraph(
            (
                f"{FIRST}、{SECOND}于",
                filled(chinese_date(agreement.contract_signed_on)),
                "签订了编号为",
                filled(agreement.contract_number),
                f"的合同（以下称原合同）。因{agreement.reason.rstrip('。')}，双方协商一致，对原合同作如下变更：",
            ),
            before=8,
        ),
    ]


def _changes(agreement: AmendmentSnapshot) -> list[Block]:
    sentences = [
        Paragraph(f"{number}. {sentence.rstrip('。；')}。")
        for number, sentence in enumerate(agreement.sentences, start=1)
    ]
    return [Heading("一、变更内容"), *sentences]


def _signed(amount: int, written: str) -> str:
    return f"+{written}" if amount > 0 else written


def _effect(agreement: AmendmentSnapshot) -> list[Block]:
    """The effect on area and money, the difference in capitals, and what stays."""
    area_change = Mu(agreement.area_after - agreement.area_before)
    columns = [Column("项目", 2), *(Column(head, 2, "right") for head in ("变更前", "变更后", "增减"))]
    rows = [
        (
            "面积（亩）",
            mu(agreement.area_before),
            mu(agreement.area_after),
            _signed(area_change, mu(area_change)),
        ),
        (
            "合同总额（元）",
            yuan(agreement.total_before),
            yuan(agreement.total_after),
            _signed(agreement.difference, yuan(agreement.difference)),
        ),
    ]
    return [
        Heading("二、变更的结果"),
        Table(columns, rows),
        Paragraph(_money_sentence(agreement), before=6),
        Heading("三、其他"),
        Paragraph(("本协议自", filled(chinese_date(agreement.effective_on)), "起生效。")),
        Paragraph(
            "本协议未涉及的内容，仍按原合同执行；本协议与原合同不一致的，以本协议为准。"
            f"本协议一式两份，{FIRST}、{SECOND}各执一份，与原合同具有同等效力。"
        ),
    ]


def _money_sentence(agreement: AmendmentSnapshot) -> str:
    """Who pays how much more or less, in figures and capitals."""
    if not agreement.difference:
        return "本次变更不影响合同总额。"
    receiver_pays = agreement.nature is ContractNature.SERVICE
    receiver_is_first = agreement.printed_first is PartyRole.RECEIVER
    payer = FIRST if receiver_pays == receiver_is_first else SECOND
    amount = Fen(abs(agreement.difference))
    more = "增加" if agreement.difference > 0 else "减少"
    return f"{payer}应付的合同总额{more} {yuan(amount)} 元（大写：{money_in_capitals(amount)}）。"


def freeze(viewer: Viewer, amendment_id: int) -> Frozen:
    """Return an agreement's frozen copy; before approval as it stands, marked as a draft."""
    amendment = queries.get(viewer, amendment_id)
    return Frozen(
        subject_type=SUBJECT,
        subject_id=amendment.id,
        number=amendment.number,
        division_code=amendment.division_code,
        dated_on=amendment.dated_on,
        snapshot=amendment.snapshot or snapshot_of(amendment).write(),
        draft=amendment.snapshot is None,
    )


KINDS = (
    PaperKind(
        name="amendment",
        label=N_("补充协议"),
        sees=ContractPermission.VIEW,
        prints=ContractPermission.PRINT,
        page="/coop/amendments/",
        freeze=freeze,
        draw=draw_amendment,
        summarise=summarise,
    ),
)
