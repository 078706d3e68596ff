"""The paper of a supplementary agreement."""

import re
from dataclasses import replace
from datetime import date

import pytest

from coop.amendments.document import draw_amendment, summarise
from coop.amendments.snapshot import AmendmentSnapshot
from coop.contracts.rules.terms import ContractNature, PartyRole
from foundation.papers.rules import Seal
from foundation.values.area import Mu
from foundation.values.money import Fen
from tests.coop.contracts.papers import FAMILY, PROVIDER
from tests.foundation.typesetting.builders import text_of

SEAL = Seal(version=1, verify_url="http://127.0.0.1:8000/verify/ABCDEFGHJKMNPQRS")
AGREEMENT = AmendmentSnapshot(
    number="邹供托〔2026〕000123号-补1",
    contract_number="邹供托〔2026〕000123号",
    contract_signed_on=date(2026, 3, 1),
    base_revision=1,
    county="邹平市",
    nature=ContractNature.SERVICE,
    receiver=FAMILY,
    provider=PROVIDER,
    printed_first=PartyRole.RECEIVER,
    reason="承包地互换",
    sentences=("增加地块“村东11号地”，面积 1.30 亩", "“植保”的单价由 12.50 元/亩调整为 13.00 元/亩"),
    area_before=Mu(261),
    area_after=Mu(391),
    total_before=Fen(100000),
    total_after=Fen(145050),
    difference=Fen(45050),
    effective_on=date(2026, 7, 1),
)


def words(agreement: AmendmentSnapshot) -> str:
    return re.sub(r"\s", "", "".join(text_of(draw_amendment(agreement.write(), SEAL).render())))


def test_every_change_stands_in_its_own_numbered_sentence() -> None:
    text = words(AGREEMENT)
    assert "1.增加地块“村东11号地”，面积1.30亩。" in text
    assert "2.“植保”的单价由12.50元/亩调整为13.00元/亩。" in text
    assert AGREEMENT.contract_number in text


def test_the_effect_is_printed_before_after_and_as_a_difference() -> None:
    text = words(AGREEMENT)
    assert "面积（亩）2.613.91+1.30" in text
    assert "1,000.001,450.50+450.50" in text
    assert "甲方应付的合同总额增加450.50元（大写：人民币肆佰伍拾元伍角）。" in text


@pytest.mark.parametrize(
    ("nature", "first", "payer"),
    [
        (ContractNature.SERVICE, PartyRole.RECEIVER, "甲方"),
        (ContractNature.SERVICE, PartyRole.PROVIDER, "乙方"),
        (ContractNature.ENTRUSTMENT, PartyRole.RECEIVER, "乙方"),
        (ContractNature.ENTRUSTMENT, PartyRole.PROVIDER, "甲方"),
    ],
)
def test_the_party_that_pays_follows_from_role_and_nature(
    nature: ContractNature, first: PartyRole, payer: str
) -> None:
    assert f"{payer}应付的合同总额增加" in words(replace(AGREEMENT, nature=nature, printed_first=first))


def test_a_smaller_total_is_a_reduction_and_an_equal_one_none() -> None:
    less = replace(AGREEMENT, total_after=Fen(90000), difference=Fen(-10000))
    assert "减少100.00元（大写：人民币壹佰元整）" in words(less)
    same = replace(AGREEMENT, total_after=Fen(100000), difference=Fen(0))
    assert "不影响合同总额" in words(same)


def test_the_public_summary_masks_persons() -> None:
    assert dict(summarise(AGREEMENT.write()))["甲方"] == "王＊"
