"""The codes of the rural land register (GB/T 35958-2018, formerly NY/T 2538-2014) and how they nest.

issuer 14 = village division 12 + group 2 · contractor 18 = issuer + serial 4 ·
parcel 19 = issuer + serial 5 · land contract 19 = contractor 18 + one letter (J by household, Q otherwise).
"""

import re
from typing import NewType

from foundation.errors import InvalidValue
from foundation.identity.written import compact

IssuerCode = NewType("IssuerCode", str)
ContractorCode = NewType("ContractorCode", str)
ParcelCode = NewType("ParcelCode", str)
LandContractCode = NewType("LandContractCode", str)

_ISSUER = re.compile(r"[1-9]\d{13}", re.ASCII)
_CONTRACTOR = re.compile(r"[1-9]\d{13}(?!0000)\d{4}", re.ASCII)
_PARCEL = re.compile(r"[1-9]\d{13}(?!00000)\d{5}", re.ASCII)
_LAND_CONTRACT = re.compile(r"[1-9]\d{13}(?!0000)\d{4}[JQ]", re.ASCII)


class WrongIssuerCode(InvalidValue):
    """发包方编码应为 14 位数字（12 位行政区划代码加 2 位组号），“%(text)s”不符；请对照确权登记簿核对。"""


class WrongContractorCode(InvalidValue):
    """承包方编码应为 18 位数字（14 位发包方编码加 4 位户序号），“%(text)s”不符；请对照确权登记簿核对。"""


class WrongParcelCode(InvalidValue):
    """地块编码应为 19 位数字（14 位发包方编码加 5 位地块序号），“%(text)s”不符；请对照确权登记簿核对。"""


class WrongLandContractCode(InvalidValue):
    """承包合同编码应为 18 位承包方编码加字母 J（家庭）或 Q（其他方式），“%(text)s”不符；请对照登记簿核对。"""


class CodeOfAnotherIssuer(InvalidValue):
    """编码 %(code)s 的前 14 位与发包方编码 %(issuer)s 不一致；请核对该编码是否抄错或属于别的村组。"""


class ContractOfAnotherContractor(InvalidValue):
    """承包合同编码 %(code)s 的前 18 位与承包方编码 %(contractor)s 不一致；请核对两个编码。"""


def parse_issuer_code(text: str) -> IssuerCode:
    """The code of the village or villager group that lets the land (发包方编码)."""
    value = compact(text)
    if not _ISSUER.fullmatch(value):
        raise WrongIssuerCode(text=text)
    return IssuerCode(value)


def parse_contractor_code(text: str) -> ContractorCode:
    """The code of the household that holds the land (承包方编码)."""
    value = compact(text)
    if not _CONTRACTOR.fullmatch(value):
        raise WrongContractorCode(text=text)
    return ContractorCode(value)


def parse_parcel_code(text: str) -> ParcelCode:
    """The code of one plot (地块编码)."""
    value = compact(text)
    if not _PARCEL.fullmatch(value):
        raise WrongParcelCode(text=text)
    return ParcelCode(value)


def parse_land_contract_code(text: str) -> LandContractCode:
    """The code of the contract between issuer and household (承包合同编码)."""
    value = compact(text)
    if not _LAND_CONTRACT.fullmatch(value):
        raise WrongLandContractCode(text=text)
    return LandContractCode(value)


def issuer_of(code: ContractorCode | ParcelCode | LandContractCode) -> IssuerCode:
    """The issuer whose code the first 14 digits are."""
    return IssuerCode(code[:14])


def division_of(code: IssuerCode | ContractorCode | ParcelCode | LandContractCode) -> str:
    """The 12-digit division of the village."""
    return code[:12]


def group_of(code: IssuerCode | ContractorCode | ParcelCode | LandContractCode) -> str:
    """The two digits of the villager group; ``00`` stands for the village itself."""
    return code[12:14]


def contractor_of(code: LandContractCode) -> ContractorCode:
    """The household whose contract this is."""
    return ContractorCode(code[:18])


def check_issuer(code: ContractorCode | ParcelCode | LandContractCode, issuer: IssuerCode) -> None:
    """Refuse a code that does not stand under its issuer's code."""
    if issuer_of(code) != issuer:
        raise CodeOfAnotherIssuer(code=code, issuer=issuer)


def check_contractor(code: LandContractCode, contractor: ContractorCode) -> None:
    """Refuse a contract code that does not stand under its household's code."""
    if contractor_of(code) != contractor:
        raise ContractOfAnotherContractor(code=code, contractor=contractor)
