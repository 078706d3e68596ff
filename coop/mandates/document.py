"""The mandate that a household gives its village collective, drawn from its frozen copy."""

from coop.mandates import queries
from coop.mandates.rules import Authority, MandatePermission
from coop.mandates.service import snapshot_of
from coop.mandates.snapshot import MandateSnapshot, read_snapshot
from coop.parcels.document import parcel_table
from foundation.access.grants import Viewer
from foundation.papers.document import DATE_LINE, furniture, public_name
from foundation.papers.rules import Frozen, PaperKind, Seal
from foundation.typesetting import (
    Block,
    Document,
    Fields,
    Heading,
    Paragraph,
    Signatures,
    Signer,
    Space,
    Title,
    filled,
)
from foundation.values.area import mu
from foundation.values.capitals import mu_in_capitals
from foundation.values.dates import chinese_date
from foundation.wording import N_

SUBJECT = "mandate"


def draw_mandate(text: str, seal: Seal) -> Document:
    """Draw the mandate from the snapshot's text."""
    mandate = read_snapshot(text)
    paper = Document(
        title=f"授权委托书 {mandate.number}", furniture=furniture(seal, f"编号：{mandate.number}")
    )
    return paper.add(
        Title("授权委托书"),
        *_parties(mandate),
        *_matter(mandate),
        *_land(mandate),
        *_conditions(mandate),
        _signatures(),
    )


def summarise(text: str) -> list[tuple[str, str]]:
    """Return what the public verify page shows; the household's name is masked."""
    mandate = read_snapshot(text)
    return [
        ("委托人", public_name(mandate.principal)),
        ("受托人", mandate.agent),
        ("坐落", mandate.village),
        ("面积", f"{mu(mandate.area)} 亩"),
        ("委托期限", f"{chinese_date(mandate.starts_on)}至{chinese_date(mandate.ends_on)}"),
    ]


def _parties(mandate: MandateSnapshot) -> list[Block]:
    return [
        Fields(
            (
                ("委托人（承包方代表）：", mandate.principal),
                ("身份证号：", mandate.principal_id),
                ("住　　址：", mandate.principal_address or f"{mandate.village}{mandate.group}"),
                ("联系电话：", mandate.principal_phone),
                ("承包方编码：", mandate.household_code),
            )
        ),
        Space(6),
        Fields(
            (
                ("受托人：", mandate.agent),
                ("统一社会信用代码：", mandate.agent_credit_code),
                ("法定代表人：", mandate.agent_representative),
                ("住　　所：", mandate.agent_address),
            )
        ),
    ]


def _matter(mandate: MandateSnapshot) -> list[Block]:
    boxes = [
        Paragraph(f"{'☑' if mandate.authority is option else '☐'} {option.label}。", indent=2)
        for option in Authority
    ]
    return [
        Heading("一、委托事项"),
        Paragraph(f"{mandate.matter.rstrip('。')}。"),
        Heading("二、委托权限"),
        *boxes,
    ]


def _land(mandate: MandateSnapshot) -> list[Block]:
    area = (
        f"坐落于{mandate.village}{mandate.group}，共",
        filled(str(len(mandate.parcels))),
        "块，面积",
        filled(mu(mandate.area)),
        "亩（大写：",
        filled(mu_in_capitals(mandate.area)),
        "）。",
    )
    return [Heading("三、委托的土地"), Paragraph(area), parcel_table(mandate.parcels)]


def _conditions(mandate: MandateSnapshot) -> list[Block]:
    """Price, term, self-dealing and revocation."""
    consent = (
        "委托人同意受托人同时作为服务或者经营的一方签订合同。"
        if mandate.consents_to_self_dealing
        else "未经委托人书面同意，受托人不得以自己为相对方签订合同。"
    )
    term = (
        "委托期限自",
        filled(chinese_date(mandate.starts_on)),
        "起至",
        filled(chinese_date(mandate.ends_on)),
        "止。",
    )
    return [
        Heading("四、价格条件"),
        Paragraph(
            mandate.price_terms or "不低于所签合同约定的价格，所得收益归委托人所有，受托人不得截留、扣缴。"
        ),
        Heading("五、期限和撤回"),
        Paragraph(term),
        Paragraph(
            "委托人可以随时书面撤回委托；因撤回给受托人造成损失的，依法承担责任。已经依法签订的合同继续履行。"
        ),
        Heading("六、其他"),
        Paragraph(consent),
        Paragraph("本委托书一式两份，委托人、受托人各执一份，自委托人签字（按手印）之日起生效。"),
    ]


def _signatures() -> Signatures:
    return Signatures(
        (
            Signer("委托人（签字、按手印）：", (DATE_LINE,)),
            Signer("受托人（盖章）：", ("法定代表人（签字）：", DATE_LINE)),
        )
    )


def freeze(viewer: Viewer, mandate_id: int) -> Frozen:
    """Return a mandate's frozen copy if the viewer may see it."""
    mandate = queries.get(viewer, mandate_id)
    return Frozen(
        subject_type=SUBJECT,
        subject_id=mandate.id,
        number=mandate.number,
        division_code=mandate.division_code,
        dated_on=mandate.dated_on,
        snapshot=mandate.snapshot or snapshot_of(mandate).write(),
    )


KINDS = (
    PaperKind(
        name="mandate",
        label=N_("授权委托书"),
        sees=MandatePermission.VIEW,
        prints=MandatePermission.PRINT,
        page="/coop/mandates/",
        freeze=freeze,
        draw=draw_mandate,
        summarise=summarise,
    ),
)
