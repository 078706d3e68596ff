"""The paper of a mandate."""

import re
from dataclasses import replace
from datetime import date

from coop.mandates.document import draw_mandate, summarise
from coop.mandates.rules import USUAL_MATTER, Authority
from coop.mandates.snapshot import MandateParcelSnapshot, MandateSnapshot
from coop.parcels.rules import AreaKind
from foundation.papers.rules import Seal
from foundation.values.area import Mu
from tests.foundation.typesetting.builders import text_of

SEAL = Seal(version=1, verify_url="http://127.0.0.1:8000/verify/ABCDEFGHJKMNPQRS")
PARCEL = MandateParcelSnapshot(
    code="3716811082040000011",
    name="村东地",
    east="路",
    south="沟",
    west="张三地",
    north="李四地",
    area=Mu(215),
    basis=AreaKind.CONTRACT,
)
MANDATE = MandateSnapshot(
    number="邹委〔2026〕000001号",
    principal="王𬭎",
    principal_id="371626196805041236",
    principal_phone="13805430001",
    principal_address="",
    group="三组",
    village="焦桥镇东平村",
    household_code="371681108204000001",
    agent="邹平市焦桥镇东平村股份经济合作社",
    agent_credit_code="N2371681MF1234567X",
    agent_representative="李㛃",
    agent_address="焦桥镇东平村",
    authority=Authority.SIGN,
    matter=USUAL_MATTER,
    price_terms="",
    starts_on=date(2026, 1, 1),
    ends_on=date(2028, 12, 31),
    consents_to_self_dealing=False,
    area=Mu(430),
    parcels=(PARCEL, replace(PARCEL, code="3716811082040000012")),
    dated_on=date(2026, 1, 1),
)


def words(mandate: MandateSnapshot) -> str:
    return re.sub(r"\s", "", "".join(text_of(draw_mandate(mandate.write(), SEAL).render())))


def test_a_mandate_fits_on_one_page_and_names_agent_matter_scope_and_term() -> None:
    assert len(text_of(draw_mandate(MANDATE.write(), SEAL).render())) == 1
    text = words(MANDATE)
    for said in (MANDATE.principal, MANDATE.agent, USUAL_MATTER, Authority.SIGN.label, "2028年12月31日"):
        assert said in text


def test_the_land_adds_up_and_stands_in_capitals() -> None:
    text = words(MANDATE)
    assert "4.30亩（大写：肆点叁零亩）" in text
    assert "合计4.30" in text


def test_self_dealing_needs_consent_and_the_paper_says_which() -> None:
    assert "未经委托人书面同意" in words(MANDATE)
    assert "委托人同意受托人同时作为" in words(replace(MANDATE, consents_to_self_dealing=True))


def test_the_public_summary_masks_the_principal() -> None:
    assert dict(summarise(MANDATE.write()))["委托人"] == "王＊"
