"""Names of organisations as their certificate bears them."""

import re
import unicodedata

from foundation.errors import InvalidValue

_SHORTEST, _LONGEST = 2, 80
_ALLOWED = re.compile(r"[^\W_]+(?:[^\W_]|[（）·、&.\-—“”《》 ])*")
_STRANGE = re.compile(r"[^\w（）·、&.\-—“”《》 ]|_")
_FULL_WIDTH = str.maketrans("()", "（）")


class WrongOrganisationNameLength(InvalidValue):
    """单位名称应为 2 至 80 个字，现为 %(length)s 个字；请按登记证照填写全称。"""


class StrangeCharacterInOrganisationName(InvalidValue):
    """单位名称“%(name)s”中有不应出现的字符“%(characters)s”；请按登记证照填写全称。"""


class UnbalancedBrackets(InvalidValue):
    """单位名称“%(name)s”中的括号不成对；请按登记证照补全。"""


def parse_organisation_name(text: str) -> str:
    """An organisation's name with full-width brackets, and blanks kept only between Latin words."""
    name = unicodedata.normalize("NFKC", text).strip().translate(_FULL_WIDTH)
    name = re.sub(r"\s+(?![a-zA-Z])|(?<![a-zA-Z])\s+", "", name)
    if not _SHORTEST <= len(name) <= _LONGEST:
        raise WrongOrganisationNameLength(length=len(name))
    if not _ALLOWED.fullmatch(name):
        strangers = "".join(dict.fromkeys(_STRANGE.findall(name)))
        raise StrangeCharacterInOrganisationName(name=name, characters=strangers or name[0])
    if name.count("（") != name.count("）"):
        raise UnbalancedBrackets(name=name)
    return name
