"""Telephone numbers: mobiles of persons, and landlines as offices still have them."""

import re
import unicodedata

from foundation.errors import InvalidValue
from foundation.identity.written import compact, masked

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(
    r"\(?(0(?:10|2\d|[3-9]\d\d))\)?[ -]?([2-8]\d{6,7})(?: ?(?:转|-|#|EXT\.?) ?(\d{1,5}))?", re.ASCII
)
_SERVICE = re.compile(r"400\d{7}", re.ASCII)
_COUNTRY = re.compile(r"^(?:\+|00)86|^86(?=1[3-9]\d{9}$)")


class NotAMobile(InvalidValue):
    """“%(text)s”不是手机号码；应为 1 开头的 11 位数字，请核对位数。"""


class NotAPhone(InvalidValue):
    """“%(text)s”不是电话号码；请填写 11 位手机号，或带区号的固定电话，例如 0543-4321234。"""


def parse_mobile(text: str) -> str:
    """A mobile number as eleven bare digits."""
    value = _COUNTRY.sub("", compact(text))
    if not _MOBILE.fullmatch(value):
        raise NotAMobile(text=text)
    return value


def parse_phone(text: str) -> str:
    """A mobile as eleven digits, or a landline as ``0543-4321234`` with ``转801`` for an extension."""
    value = _COUNTRY.sub("", compact(text))
    if _MOBILE.fullmatch(value) or _SERVICE.fullmatch(value):
        return value
    landline = _LANDLINE.fullmatch(unicodedata.normalize("NFKC", text).strip().upper())
    if landline is None:
        raise NotAPhone(text=text)
    area, number, extension = landline.groups()
    return f"{area}-{number}" + (f"转{extension}" if extension else "")


def mask_phone(value: str) -> str:
    """``138****5678``; of a landline the area code and the last three digits remain."""
    if _MOBILE.fullmatch(value):
        return masked(value, 3, 4)
    area, dash, rest = value.partition("-")
    return area + dash + masked(rest.partition("转")[0], 0, 3) if dash else masked(value, 3, 3)
