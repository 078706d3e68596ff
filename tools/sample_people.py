"""Invented families for the sample county: names, ID numbers with sound check digits, telephones, cards.

Nobody real is meant. The ID numbers use high order codes, which a county with thirty births a day hardly
reaches; the telephones begin with 154 and the cards with 629999, which nobody hands out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from foundation.identity.bank_card import luhn_remainder
from foundation.identity.id_number import Sex, check_digit

THIS_DAY = date(2024, 3, 1)
"""The day of the register; ages are counted to it."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


MALE_OLD = _words(
    "建国 建军 建华 国庆 国强 志强 志刚 德福 德胜 德明 永福 永胜 玉田 玉宝 长河 长海 兆祥 兆金 守信 守义 "
    "传德 传贵 洪亮 洪波 新民 光明 宝山 宝良 振华 振江 庆堂 庆祥 连生 乃文 乃武 士林 士杰 维新 丕成 元吉"
)
MALE_YOUNG = _words(
    "伟 磊 强 鹏 涛 超 勇 凯 斌 浩 志远 海洋 海涛 晓东 晓明 文博 文杰 子轩 浩然 俊杰 俊峰 宇航 天佑 家豪 "
    "明哲 泽宇 一鸣 嘉懿 梓涵 振宇 立鑫 堃 𬭎 喆 昊天 晟"
)
FEMALE_OLD = _words(
    "秀英 秀兰 秀芳 桂英 桂兰 桂芝 玉兰 玉梅 玉珍 凤英 凤兰 淑芬 淑珍 淑华 爱芹 爱华 翠英 翠花 月英 月娥 "
    "素云 素芳 文英 文兰 荣花 洪英 传英 兆兰 美荣 春梅 冬梅 雪梅"
)
FEMALE_YOUNG = _words(
    "丽 静 敏 艳 娜 燕 娟 婷 婷婷 莉莉 晓燕 晓丽 海燕 雪 倩倩 欣怡 雨桐 梓萱 思雨 佳琪 诗涵 若曦 可欣 "
    "雅婷 慧敏 文静 㛃 祎 语嫣 依诺"
)
WIVES_SURNAMES = _words("王 李 张 刘 陈 孙 赵 马 曹 成 郭 宋 高 韩 孟 崔 解 盖 单 仇 翟 尉 牟 亓 逄 郇")
COUNTY_CODES = ((date(2000, 6, 12), "372330"), (date(2018, 9, 20), "371626"), (date.max, "371681"))
"""What the county's code was when the number was given out: up to which day."""
NEIGHBOURS = ("370321", "370305", "370181", "372323", "372325")
YOUNG = 45
WEDDING_LOW, WEDDING_HIGH = 22, 30
LAST_BIRTH = date(2023, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member of an invented family."""

    name: str
    sex: Sex
    birth: date
    id_number: str
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """An invented household: its members, the head first, a telephone and a card."""

    members: tuple[Person, ...]
    phone: str
    bank_account: str

    @property
    def head(self) -> Person:
        """The member in whose name the land is held."""
        return self.members[0]


@dataclass
class Registrar:
    """Gives out names and numbers; the same seed gives the same families."""

    chance: Random
    surnames: Sequence[str]
    weights: Sequence[int]
    taken: set[str] = field(default_factory=set)

    def family(self, head_name: str = "", *, rare: bool = False) -> Family:
        """Return a new family of one to six, its head perhaps of a given name."""
        head = self._head(head_name)
        members = [head]
        has_spouse = self.chance.random() < (0.88 if head.sex is Sex.MALE else 0.25)
        if has_spouse:
            members.append(self._spouse(head))
        members += self._children(head, rare=rare)
        members += self._grandchildren(members)
        if _age(head.birth) < 65 and self.chance.random() < 0.4:  # noqa: PLR2004 - an age
            members.append(self._parent(head))
        return Family(members=tuple(members), phone=self._phone(), bank_account=self._card())

    def _head(self, given_name: str) -> Person:
        sex = Sex.MALE if given_name or self.chance.random() < 0.9 else Sex.FEMALE  # noqa: PLR2004
        birth = self._day(1944, 1984)
        surname = self.chance.choices(self.surnames, self.weights)[0]
        if sex is Sex.FEMALE:
            surname = self.chance.choice(WIVES_SURNAMES)
        name = given_name or surname + self._given(sex, birth)
        return self._person(name, sex, birth, "户主")

    def _spouse(self, head: Person) -> Person:
        sex = Sex.FEMALE if head.sex is Sex.MALE else Sex.MALE
        birth = head.birth + timedelta(days=self.chance.randint(-1400, 1400))
        surname = self.chance.choice(WIVES_SURNAMES)
        relation = "妻" if sex is Sex.FEMALE else "夫"
        came_from = self.chance.choice(NEIGHBOURS) if self.chance.random() < 0.3 else ""  # noqa: PLR2004
        return self._person(surname + self._given(sex, birth), sex, birth, relation, came_from)

    def _children(self, head: Person, *, rare: bool) -> list[Person]:
        count = self.chance.choices((0, 1, 2), (26, 46, 28))[0]
        if rare:
            count = max(count, 1)
        births = sorted(self._birth_of_child(head.birth) for _ in range(count))
        family_name = head.name[0]
        children: list[Person] = []
        for place, birth in enumerate(births):
            sex = self.chance.choice((Sex.MALE, Sex.FEMALE))
            given = self._given(sex, birth)
            if rare and place == 0:
                given = "𬭎" if sex is Sex.MALE else "㛃"
            relation = _child_relation(sex, [one.sex for one in children])
            children.append(self._person(family_name + given, sex, birth, relation))
        return children

    def _birth_of_child(self, born: date) -> date:
        after = self.chance.randint(WEDDING_LOW * 365, WEDDING_HIGH * 365)
        return min(born + timedelta(days=after), LAST_BIRTH)

    def _grandchildren(self, members: Sequence[Person]) -> list[Person]:
        sons = [one for one in members if one.relation.endswith("子")]
        if not sons or _age(sons[0].birth) < WEDDING_HIGH or self.chance.random() < 0.35:  # noqa: PLR2004
            return []
        birth = self._birth_of_child(sons[0].birth)
        sex = self.chance.choice((Sex.MALE, Sex.FEMALE))
        wife_birth = sons[0].birth + timedelta(days=self.chance.randint(-700, 700))
        wife = self.chance.choice(WIVES_SURNAMES) + self._given(Sex.FEMALE, wife_birth)
        child = sons[0].name[0] + self._given(sex, birth)
        relation = "孙子" if sex is Sex.MALE else "孙女"
        return [
            self._person(wife, Sex.FEMALE, wife_birth, "儿媳"),
            self._person(child, sex, birth, relation),
        ]

    def _parent(self, head: Person) -> Person:
        birth = head.birth - timedelta(days=self.chance.randint(21 * 365, 27 * 365))
        name = self.chance.choice(WIVES_SURNAMES) + self._given(Sex.FEMALE, birth)
        return self._person(name, Sex.FEMALE, birth, "母亲")

    def _given(self, sex: Sex, birth: date) -> str:
        is_young = _age(birth) < YOUNG
        if sex is Sex.MALE:
            return self.chance.choice(MALE_YOUNG if is_young else MALE_OLD)
        return self.chance.choice(FEMALE_YOUNG if is_young else FEMALE_OLD)

    def _person(self, name: str, sex: Sex, birth: date, relation: str, county: str = "") -> Person:
        home = next(code for until, code in COUNTY_CODES if birth < until)
        number = self._id_number(county or home, birth, sex)
        return Person(name=name, sex=sex, birth=birth, id_number=number, relation=relation)

    def _id_number(self, county: str, birth: date, sex: Sex) -> str:
        order = self.chance.randrange(601 if sex is Sex.MALE else 602, 995, 2)
        number = f"{county}{birth:%Y%m%d}{order}"
        number += check_digit(number)
        if number in self.taken:
            return self._id_number(county, birth, sex)
        self.taken.add(number)
        return number

    def _day(self, first_year: int, last_year: int) -> date:
        start, end = date(first_year, 1, 1), date(last_year, 12, 31)
        return start + timedelta(days=self.chance.randint(0, (end - start).days))

    def _phone(self) -> str:
        return f"154{self.chance.randrange(10**8):08}"

    def _card(self) -> str:
        body = f"629999{self.chance.randrange(10**12):012}"
        return next(body + figure for figure in "0123456789" if luhn_remainder(body + figure) == 0)


def _age(birth: date) -> int:
    return (THIS_DAY - birth).days // 365


def _child_relation(sex: Sex, elder: Sequence[Sex]) -> str:
    ranks = ("长", "次", "三")
    return ranks[elder.count(sex)] + ("子" if sex is Sex.MALE else "女")
