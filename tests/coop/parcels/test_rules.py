from datetime import date

from coop.parcels.rules import AreaKind, areas_agree, current_areas, default_basis
from foundation.values.area import Mu, SquareMetres
from tests.coop.parcels.builders import fact


def test_mu_and_square_metres_agree_within_the_rounding_of_paper() -> None:
    assert areas_agree(Mu(15_00), SquareMetres(10_000_00))
    assert areas_agree(Mu(1_00), SquareMetres(666_67))
    assert areas_agree(Mu(1_01), SquareMetres(666_67))
    assert not areas_agree(Mu(1_02), SquareMetres(666_67))
    assert not areas_agree(Mu(667_00), SquareMetres(667_00))


def test_the_latest_line_of_a_kind_is_in_force() -> None:
    old, new = fact(3_00, on=date(2015, 1, 1)), fact(3_20, on=date(2020, 1, 1))
    measured = fact(3_31, AreaKind.MEASURED)

    assert current_areas([new, old, measured]) == {AreaKind.CONTRACT: new, AreaKind.MEASURED: measured}


def test_of_one_day_the_line_recorded_later_is_in_force() -> None:
    first, second = fact(3_00), fact(3_10)

    assert current_areas([first, second])[AreaKind.CONTRACT] == second


def test_settlements_go_by_the_contract_unless_there_is_none() -> None:
    assert default_basis(AreaKind) is AreaKind.CONTRACT
    assert default_basis([AreaKind.MEASURED, AreaKind.TITLE]) is AreaKind.TITLE
    assert default_basis([AreaKind.MEASURED]) is AreaKind.MEASURED
