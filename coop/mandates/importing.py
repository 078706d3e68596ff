"""The households of a batch of mandates as lines of text, each matched to exactly one household."""

from datetime import date

from coop.households.queries import find
from coop.mandates import queries
from foundation.access.grants import Viewer
from foundation.errors import InvalidValue


class NoHousehold(InvalidValue):
    """第 %(row)s 行：所选村没有找到农户“%(text)s”；请核对姓名、承包方编码或身份证尾号。"""


class SeveralHouseholds(InvalidValue):
    """第 %(row)s 行：“%(text)s”对应 %(count)s 户；请改填承包方编码或身份证尾号。"""


class NobodyLeft(InvalidValue):
    """所选村没有需要登记委托书的农户：都已有委托书，或名下没有地块。"""


def read_households(
    viewer: Viewer, text: str | None, division_code: str, starts_on: date, ends_on: date
) -> list[int]:
    """Return the households that the lines mean; without lines all of the village that gave none yet."""
    lines = [(row, line.strip()) for row, line in enumerate((text or "").splitlines(), 1) if line.strip()]
    if lines:
        return [_household(viewer, row, line, division_code) for row, line in lines]
    found = queries.without_mandate(viewer, division_code, starts_on, ends_on)
    if not found:
        raise NobodyLeft
    return found


def _household(viewer: Viewer, row: int, text: str, division_code: str) -> int:
    found = find(viewer, text, division_code=division_code, limit=3)
    exact = [one for one in found if text in (one.head_name, one.code)] or list(found)
    if not exact:
        raise NoHousehold(row=row, text=text)
    if len(exact) > 1:
        raise SeveralHouseholds(row=row, text=text, count=len(exact))
    return exact[0].id
