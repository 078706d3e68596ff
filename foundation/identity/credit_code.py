"""Unified social credit codes (统一社会信用代码, GB 32100-2015), village collectives (N…) included."""

import re
from dataclasses import dataclass
from operator import mul

from foundation.errors import InvalidValue
from foundation.identity.written import compact
from foundation.wording import N_, Term

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE_OF = {character: value for value, character in enumerate(_ALPHABET)}
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_SHAPE = re.compile(rf"[1-9ANY][1-9]\d{{6}}[{_ALPHABET}]{{10}}", re.ASCII)
_LENGTH = 18
_OLD_LENGTH = 15

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_CHECKS = "0123456789X"


class WrongCreditCodeLength(InvalidValue):
    """统一社会信用代码应为 18 位，现为 %(length)s 位；请对照登记证照核对。"""


class OldLicenceNumber(InvalidValue):
    """这是 15 位的旧营业执照注册号；请填写“三证合一”后证照上的 18 位统一社会信用代码。"""


class LetterNotInCreditCode(InvalidValue):
    """统一社会信用代码中不会出现“%(letters)s”，多半是把数字 1、0、2、5 或字母 U 看错；请对照登记证照核对。"""


class WrongCreditCodeShape(InvalidValue):
    """统一社会信用代码结构不对：前两位是登记部门和机构类别，第 3 至 8 位是行政区划；请对照登记证照核对。"""


class WrongCreditCodeCheck(InvalidValue):
    """统一社会信用代码有误：校验位应为 %(expected)s，现为 %(found)s；请对照登记证照逐位核对。"""


class CreditCodeKind(Term):
    """Whom a code names, as far as its first two characters tell."""

    COMPANY = "company", N_("企业")
    SOLE_TRADER = "sole_trader", N_("个体工商户")
    FARMER_COOPERATIVE = "farmer_cooperative", N_("农民专业合作社")
    GOVERNMENT = "government", N_("机关")
    INSTITUTION = "institution", N_("事业单位")
    CIVIL = "civil", N_("民政登记组织")
    GROUP_COLLECTIVE = "group_collective", N_("组级集体经济组织")
    VILLAGE_COLLECTIVE = "village_collective", N_("村级集体经济组织")
    TOWNSHIP_COLLECTIVE = "township_collective", N_("乡镇级集体经济组织")
    OTHER = "other", N_("其他组织")


_KINDS = {
    "91": CreditCodeKind.COMPANY,
    "92": CreditCodeKind.SOLE_TRADER,
    "93": CreditCodeKind.FARMER_COOPERATIVE,
    "11": CreditCodeKind.GOVERNMENT,
    "12": CreditCodeKind.INSTITUTION,
    "N1": CreditCodeKind.GROUP_COLLECTIVE,
    "N2": CreditCodeKind.VILLAGE_COLLECTIVE,
    "N3": CreditCodeKind.TOWNSHIP_COLLECTIVE,
}


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A unified social credit code that passed every check."""

    value: str

    @property
    def kind(self) -> CreditCodeKind:
        """What kind of organisation the first two characters name."""
        civil = CreditCodeKind.CIVIL if self.value[0] == "5" else CreditCodeKind.OTHER
        return _KINDS.get(self.value[:2], civil)

    @property
    def division(self) -> str:
        """The six-digit division whose office registered the organisation."""
        return self.value[2:8]

    @property
    def organisation_code(self) -> str:
        """The nine characters of the organisation code inside (GB 11714)."""
        return self.value[8:17]

    @property
    def has_sound_organisation_code(self) -> bool:
        """Whether the inner code's own check holds; codes assigned otherwise exist, so this only warns."""
        total = sum(map(mul, (_VALUE_OF_36[c] for c in self.organisation_code[:8]), _ORGANISATION_WEIGHTS))
        return self.organisation_code[8] == _ORGANISATION_CHECKS[-total % 11]

    def __str__(self) -> str:
        return self.value


_VALUE_OF_36 = {character: value for value, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}


def parse_credit_code(text: str) -> CreditCode:
    """Read and check a code."""
    value = compact(text)
    if not _SHAPE.fullmatch(value):
        _refuse_shape(value)
    expected = check_character(value[:17])
    if value[17] != expected:
        raise WrongCreditCodeCheck(expected=expected, found=value[17])
    return CreditCode(value)


def check_character(first_17: str) -> str:
    """The 18th character that belongs to the first 17 (weights are powers of 3, modulo 31)."""
    return _ALPHABET[-sum(map(mul, map(_VALUE_OF.__getitem__, first_17), _WEIGHTS)) % 31]


def _refuse_shape(value: str) -> None:
    if len(value) == _OLD_LENGTH and value.isdigit():
        raise OldLicenceNumber
    if len(value) != _LENGTH:
        raise WrongCreditCodeLength(length=len(value))
    strangers = "".join(dict.fromkeys(character for character in value if character not in _VALUE_OF))
    if strangers:
        raise LetterNotInCreditCode(letters=strangers)
    raise WrongCreditCodeShape
