import pytest

from foundation.errors import InvalidValue
from foundation.identity.registry_codes import (
    CodeOfAnotherIssuer,
    ContractOfAnotherContractor,
    WrongContractorCode,
    WrongIssuerCode,
    WrongLandContractCode,
    WrongParcelCode,
    check_contractor,
    check_issuer,
    contractor_of,
    division_of,
    group_of,
    issuer_of,
    parse_contractor_code,
    parse_issuer_code,
    parse_land_contract_code,
    parse_parcel_code,
)

ISSUER = "37168110020103"


def test_codes_nest_in_one_another() -> None:
    issuer = parse_issuer_code(ISSUER)
    contractor = parse_contractor_code(ISSUER + "0012")
    parcel = parse_parcel_code(ISSUER + "00345")
    contract = parse_land_contract_code(f" {contractor}j ")
    assert issuer_of(parcel) == issuer_of(contract) == issuer_of(contractor) == issuer
    assert contractor_of(contract) == contractor
    assert division_of(parcel) == "371681100201"
    assert group_of(issuer) == "03"
    check_issuer(parcel, issuer)
    check_contractor(contract, contractor)


def test_a_plot_under_another_issuer_is_refused() -> None:
    with pytest.raises(CodeOfAnotherIssuer, match="3716811002010400345"):
        check_issuer(parse_parcel_code("3716811002010400345"), parse_issuer_code(ISSUER))


def test_a_contract_of_another_household_is_refused() -> None:
    with pytest.raises(ContractOfAnotherContractor):
        check_contractor(parse_land_contract_code(ISSUER + "0012J"), parse_contractor_code(ISSUER + "0013"))


@pytest.mark.parametrize("text", ["", ISSUER[:-1], ISSUER + "1", "X" + ISSUER[1:], "3.71681E+13"])
def test_an_issuer_code_has_fourteen_digits(text: str) -> None:
    with pytest.raises(WrongIssuerCode, match="14 位"):
        parse_issuer_code(text)


@pytest.mark.parametrize("serial", ["001", "00012", "0000", "001X"])
def test_a_contractor_code_has_a_serial_of_four_digits(serial: str) -> None:
    with pytest.raises(WrongContractorCode, match="18 位"):
        parse_contractor_code(ISSUER + serial)


@pytest.mark.parametrize("serial", ["0012", "000012", "00000", "0001J"])
def test_a_parcel_code_has_a_serial_of_five_digits(serial: str) -> None:
    with pytest.raises(WrongParcelCode, match="19 位"):
        parse_parcel_code(ISSUER + serial)


@pytest.mark.parametrize("tail", ["0012", "0012A", "0000J", "00121"])
def test_a_land_contract_code_ends_in_a_letter(tail: str) -> None:
    with pytest.raises(WrongLandContractCode, match="字母 J"):
        parse_land_contract_code(ISSUER + tail)


def test_every_refusal_is_an_invalid_value() -> None:
    assert issubclass(WrongParcelCode, InvalidValue)
