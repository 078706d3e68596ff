"""Names of persons as an identity card bears them."""

import re
import unicodedata

from foundation.errors import InvalidValue

_SHORTEST, _LONGEST = 2, 30
_DOTS = re.compile("[•‧・∙⋅.⸱]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_HAN = "〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN_NAME = re.compile(f"[{_HAN}]+(?:·[{_HAN}]+)*")
_LATIN_NAME = re.compile(r"[a-z]+(?:[ '·-][a-z]+)*", re.IGNORECASE)
_STRANGE = re.compile(f"[^{_HAN}]")
_MISSING = re.compile("[?�□■◻○*〓]")
_BRACKETED = re.compile(r"[(\[（【].*")


class WrongNameLength(InvalidValue):
    """姓名应为 2 至 30 个字，“%(name)s”有 %(length)s 个字；请按身份证填写全名。"""


class CharacterMissingInName(InvalidValue):
    """姓名“%(name)s”中有缺字（%(mark)s），多半是原系统没有的生僻字；请按身份证补录该字。"""


class PrivateCharacterInName(InvalidValue):
    """姓名“%(name)s”第 %(place)s 个字是旧系统的自造字，换一台电脑就无法显示；请用标准输入法重新录入该字。"""


class RemarkInName(InvalidValue):
    """姓名“%(name)s”后带有附注；请只填写姓名，附注写入备注栏。"""


class StrangeCharacterInName(InvalidValue):
    """姓名“%(name)s”中有不应出现的字符“%(characters)s”；请按身份证填写，少数民族姓名中间用“·”。"""


def parse_name(text: str) -> str:
    """A person's name with blanks inside Chinese names taken out and the middle dot made uniform (·)."""
    name = _tidy(text)
    if not _SHORTEST <= len(name) <= _LONGEST:
        raise WrongNameLength(name=text.strip(), length=len(name))
    if _HAN_NAME.fullmatch(name) or _LATIN_NAME.fullmatch(name):
        return name
    raise _refusal(name)


def _tidy(text: str) -> str:
    name = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()
    if _LATIN_NAME.fullmatch(collapsed := re.sub(r"\s+", " ", name)):
        return collapsed
    return _DOTS.sub("·", re.sub(r"\s+", "", name))


def _refusal(name: str) -> InvalidValue:
    """What is wrong with a name, the likeliest cause first."""
    if missing := _MISSING.search(name):
        return CharacterMissingInName(name=name, mark=missing[0])
    private = [place for place, character in enumerate(name, 1) if unicodedata.category(character) == "Co"]
    if private:
        return PrivateCharacterInName(name=name, place=private[0])
    if _BRACKETED.search(name):
        return RemarkInName(name=name)
    characters = "".join(dict.fromkeys(_STRANGE.findall(name.replace("·", ""))))
    return StrangeCharacterInName(name=name, characters=characters or "·")
