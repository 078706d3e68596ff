"""The papers of a contract, drawn from its frozen copy: the whole with its annexes, each annex alone."""

from collections.abc import Callable, Sequence

from coop.contracts import queries
from coop.contracts.document import articles, duties, prices
from coop.contracts.document.annexes import households_annex, standards_annex
from coop.contracts.document.signatures import closing_signatures
from coop.contracts.document.wording import (
    FIRST,
    SECOND,
    TITLES,
    called,
    names_of,
    party_block,
    public_party,
    role_labels,
)
from coop.contracts.models import Contract
from coop.contracts.rules.terms import ContractPermission
from coop.contracts.service.freezing import snapshot_of
from coop.contracts.snapshot import ContractSnapshot, read_snapshot
from foundation.access.grants import Viewer
from foundation.papers.document import furniture
from foundation.papers.rules import Frozen, PaperKind, Seal
from foundation.typesetting import (
    Block,
    Document,
    Fields,
    PageBreak,
    Paragraph,
    Space,
    Title,
)
from foundation.values.area import mu
from foundation.values.dates import chinese_date
from foundation.values.money import yuan
from foundation.wording import N_

SUBJECT = "contract"
UNNUMBERED = "（未编号）"


def draw_contract(text: str, seal: Seal) -> Document:
    """Draw the contract with its annexes from the snapshot's text."""
    snapshot = read_snapshot(text)
    paper = _paper(snapshot, seal, TITLES[snapshot.mode])
    paper.add(*_head(snapshot), *_articles(snapshot), closing_signatures(snapshot))
    if snapshot.standards:
        paper.add(PageBreak(), *standards_annex(snapshot))
    if articles.is_for_many(snapshot):
        paper.add(PageBreak(lying=True), *households_annex(snapshot))
    return paper


def draw_standards(text: str, seal: Seal) -> Document:
    """Draw the standards annex alone."""
    snapshot = read_snapshot(text)
    return _paper(snapshot, seal, "农作物生产托管服务标准").add(*standards_annex(snapshot))


def draw_households(text: str, seal: Seal) -> Document:
    """Draw the household annex alone, on lying pages."""
    snapshot = read_snapshot(text)
    return _paper(snapshot, seal, "农户地块清单").add(PageBreak(lying=True), *households_annex(snapshot))


def summarise(text: str) -> list[tuple[str, str]]:
    """Return what the public verify page shows: what the paper shows, names of persons masked."""
    snapshot = read_snapshot(text)
    return [
        (FIRST, public_party(snapshot.first, called(snapshot, snapshot.first))),
        (SECOND, public_party(snapshot.second, called(snapshot, snapshot.second))),
        ("托管方式", snapshot.mode.label),
        ("坐落", snapshot.village),
        ("面积", f"{mu(snapshot.area)} 亩"),
        ("合同总额", f"{yuan(snapshot.total)} 元"),
        ("期限", f"{chinese_date(snapshot.starts_on)}至{chinese_date(snapshot.ends_on)}"),
    ]


def _paper(snapshot: ContractSnapshot, seal: Seal, title: str) -> Document:
    number = snapshot.number or UNNUMBERED
    return Document(title=f"{title} {number}", furniture=furniture(seal, f"合同编号：{number}"))


def _head(snapshot: ContractSnapshot) -> list[Block]:
    """Title, parties and preamble; a contract for many households has a cover of its own."""
    labels = role_labels(snapshot.nature, snapshot.printed_first)
    title = Title(TITLES[snapshot.mode], after=2)
    mode = Paragraph(f"（{snapshot.mode.label}）", indent=0, align="center", after=4)
    preamble = Paragraph(
        "根据《中华人民共和国民法典》《中华人民共和国农村土地承包法》等法律法规，双方本着平等、自愿、有偿、"
        "诚实信用的原则，就土地托管事宜协商一致，订立本合同。",
        before=4,
    )
    cover = _cover(snapshot) if articles.is_for_many(snapshot) else []
    first, second = (
        party_block(label, party, called(snapshot, party))
        for label, party in zip(labels, (snapshot.first, snapshot.second), strict=True)
    )
    parties = [*first, Space(4), *second]
    return [*cover, title, mode, *parties, preamble]


def _cover(snapshot: ContractSnapshot) -> list[Block]:
    labels = role_labels(snapshot.nature, snapshot.printed_first)
    return [
        Space(1),
        Title(TITLES[snapshot.mode], after=6),
        Paragraph(f"（{snapshot.mode.label}）", indent=0, align="center"),
        Space(120),
        Fields(
            (
                ("合同编号：", snapshot.number),
                (f"{labels[0]}：", called(snapshot, snapshot.first)),
                (f"{labels[1]}：", called(snapshot, snapshot.second)),
                ("托管面积：", f"{mu(snapshot.area)} 亩"),
                ("签订地点：", snapshot.village),
                ("签订时间：", chinese_date(snapshot.signed_on) if snapshot.signed_on else ""),
            )
        ),
        Space(120),
        Paragraph(
            "填写说明：本合同文本供双方参照使用，双方可以协商增减条款，并对所约定的内容负责。", indent=0
        ),
        PageBreak(),
    ]


def _articles(snapshot: ContractSnapshot) -> list[Block]:
    names = names_of(snapshot)
    return [
        *articles.subject(snapshot, names),
        *articles.standards(snapshot, names),
        *articles.term(snapshot),
        *prices.price(snapshot, names),
        *prices.payment(snapshot, names),
        *duties.rights(snapshot, names),
        *duties.breach(snapshot, names),
        *duties.disputes(),
        *duties.other(snapshot),
    ]


def freeze(viewer: Viewer, contract_id: int) -> Frozen:
    """Return a contract's frozen copy; before approval its rows as they stand, marked as a draft."""
    contract = queries.get_head(viewer, contract_id)
    if contract.approved_at is None:
        whole = queries.reload(contract_id)
        return _frozen(whole, snapshot_of(whole, 0).write())
    return _frozen(contract, queries.revision(contract.id, contract.revision).snapshot)


def freeze_many(viewer: Viewer, contract_ids: Sequence[int]) -> list[Frozen]:
    """Return the frozen copies of approved contracts by one query, in the order of their ids."""
    return [_frozen(contract, text) for contract, text in queries.frozen_texts(viewer, contract_ids)]


def _frozen(contract: Contract, text: str) -> Frozen:
    return Frozen(
        subject_type=SUBJECT,
        subject_id=contract.id,
        number=contract.number or UNNUMBERED,
        division_code=contract.division_code,
        dated_on=contract.dated_on,
        snapshot=text,
        draft=contract.approved_at is None,
    )


def _kind(name: str, label: str, draw: Callable[[str, Seal], Document]) -> PaperKind:
    return PaperKind(
        name=name,
        label=label,
        sees=ContractPermission.VIEW,
        prints=ContractPermission.PRINT,
        page="/coop/contracts/",
        freeze=freeze,
        draw=draw,
        summarise=summarise,
    )


KINDS = (
    _kind("contract", N_("托管合同"), draw_contract),
    _kind("contract-standards", N_("服务标准附件"), draw_standards),
    _kind("contract-households", N_("农户清单附件"), draw_households),
)
