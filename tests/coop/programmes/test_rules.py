"""Weights: the figures of practice, their sums, and how they are written."""

import pytest

from coop.programmes.rules import (
    DEFAULT_WEIGHTS,
    GUZHEN_RATES,
    NotAWeight,
    WeightFormula,
    WeightPreset,
    WeightRow,
    crops_beyond_whole,
    parse_weight,
    plain_weight,
    repeated_rows,
    sum_of,
    weight_of_money,
    weights_of_crop,
)
from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.values.percent import WHOLE, BasisPoints
from foundation.values.rounding import half_up

MAIZE, WHEAT = 1, 2


def row(link_id: int, weight: int, crop_id: int | None = None) -> WeightRow:
    return WeightRow(link_id=link_id, crop_id=crop_id, weight=BasisPoints(weight))


def test_the_shipped_weights_are_those_of_the_provincial_plan_and_make_one_mu() -> None:
    assert [plain_weight(one) for one in DEFAULT_WEIGHTS.values()] == ["0.36", "0.27", "0.10", "0.27"]
    assert sum(DEFAULT_WEIGHTS.values()) == WHOLE
    assert WeightPreset.SHIPPED.formula is WeightFormula.COEFFICIENT


@pytest.mark.parametrize(
    ("rate", "weight", "served", "task"),
    [(26_00, "0.26", 79_600, 20_700), (35_00, "0.35", 154_000, 54_000)],
)
def test_guzhens_task_mu_are_its_money_by_a_hundred_yuan(
    rate: int, weight: str, served: int, task: int
) -> None:
    """Guzhen 2025: maize sown with fertiliser and deep tillage, published to a hundred task mu."""
    found = weight_of_money(Fen(rate))
    assert plain_weight(found) == weight
    counted = Mu(half_up(served * 100 * found, WHOLE))
    assert round(counted / 100, -2) == pytest.approx(task, abs=100)
    assert rate in [seed.rate for seed in GUZHEN_RATES]
    assert WeightPreset.GUZHEN.formula is WeightFormula.MONEY


@pytest.mark.parametrize(
    ("rate", "weight"), [(123_64, 12364), (68_08, 6808), (82_83, 8283), (90_00, 9000), (0, 0), (1, 1)]
)
def test_money_by_a_hundred_yuan_is_exact_to_the_fen(rate: int, weight: int) -> None:
    assert weight_of_money(Fen(rate)) == weight


def test_the_crops_own_row_stands_before_the_general_one() -> None:
    rows = [row(9, 2000, MAIZE), row(9, 3600), row(8, 2700)]
    assert {key: one.weight for key, one in weights_of_crop(rows, MAIZE).items()} == {9: 2000, 8: 2700}
    assert {key: one.weight for key, one in weights_of_crop(rows, WHEAT).items()} == {9: 3600, 8: 2700}
    assert sum_of(weights_of_crop(rows, WHEAT)) == 6300


def test_a_crop_whose_weights_make_more_than_one_mu_is_named_with_its_sum() -> None:
    general = [row(1, 3600), row(2, 2700), row(3, 1000), row(4, 2700)]
    assert crops_beyond_whole(general) == {}
    assert crops_beyond_whole([*general, row(2, 2701, MAIZE)]) == {MAIZE: 10_001}
    assert crops_beyond_whole([*general, row(5, 1), row(1, 0, WHEAT)]) == {None: 10_001}
    assert repeated_rows([*general, row(2, 1), row(2, 1, MAIZE)]) == [row(2, 1)]


@pytest.mark.parametrize("text", ["", "一", "1.1", "0.12345", "-0.1", "36%", "0,36"])
def test_what_is_no_weight_is_refused(text: str) -> None:
    with pytest.raises(NotAWeight):
        parse_weight(text)


@pytest.mark.parametrize(
    ("text", "weight"), [("0.36", 3600), ("０．２７", 2700), ("1.0000", 10_000), ("0.3", 3000)]
)
def test_weights_are_read_as_people_write_them(text: str, weight: int) -> None:
    assert parse_weight(text) == weight
