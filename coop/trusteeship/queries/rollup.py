"""The summary as it is kept: one keyed statement of few columns, whatever the county holds."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select

from coop.trusteeship.models import AcreageSummary
from coop.trusteeship.queries.scope import digits_of, visible_to
from coop.trusteeship.rules.terms import LEVELS, AcreagePermission
from foundation.access.grants import Viewer, code_bounds
from foundation.database.engine import db
from foundation.values.area import Mu
from foundation.values.money import Fen
from foundation.wording import Term


class AcreageRow(NamedTuple):
    """The figures of one division in one crop season, or in the whole year."""

    code: str
    digits: int
    season_key: int
    small_households: int
    large_households: int
    parcels: int
    tilled: Mu
    sown: Mu
    protected: Mu
    protected_times: Mu
    harvested: Mu
    mu_times: Mu
    deemed_times: Mu
    physical: Mu
    physical_small: Mu
    physical_entrusted: Mu
    weighted: Mu
    weighted_small: Mu
    whole: Mu
    income: Fen
    subsidy: Fen

    @property
    def households(self) -> int:
        """Households and large operators, each counted once."""
        return self.small_households + self.large_households

    @property
    def single(self) -> Mu:
        """The land on which some required link is missing."""
        return Mu(self.physical - self.whole)


_TABLE = AcreageSummary.__table__
COLUMNS = tuple(_TABLE.c[name] for name in AcreageRow._fields)


def below(digits: int) -> int | None:
    """Return the digits of the next level down, nothing below a village."""
    return next((level for level in LEVELS if level > digits), None)


def level(viewer: Viewer, programme_id: int, season_key: int, code: str) -> list[AcreageRow]:
    """Return a division's own row and those right below it, as far as the viewer may see: one keyed read."""
    digits = digits_of(code)
    levels = [one for one in (digits, below(digits)) if one is not None]
    return rows_in(viewer, programme_id, (season_key,), levels, code)


def rows_in(
    viewer: Viewer,
    programme_id: int,
    season_keys: Collection[int],
    levels: Collection[int],
    code: str,
    permission: Term = AcreagePermission.VIEW,
) -> list[AcreageRow]:
    """Return the rows of these levels in and below a division, by code."""
    lower, upper = code_bounds(code)
    found = (
        select(*COLUMNS)
        .where(
            _TABLE.c.programme_id == programme_id,
            _TABLE.c.season_key.in_(season_keys),
            _TABLE.c.digits.in_(levels),
            _TABLE.c.code >= lower,
            _TABLE.c.code < upper,
            visible_to(viewer, _TABLE.c.code, permission),
        )
        .order_by(_TABLE.c.code, _TABLE.c.season_key)
    )
    return [AcreageRow._make(row) for row in db.session.execute(found)]


def rows_at(
    viewer: Viewer, programme_id: int, season_keys: Collection[int], codes: Collection[str]
) -> list[AcreageRow]:
    """Return the rows of these very divisions that the viewer may see."""
    found = (
        select(*COLUMNS)
        .where(
            _TABLE.c.programme_id == programme_id,
            _TABLE.c.season_key.in_(season_keys),
            _TABLE.c.code.in_(codes),
            visible_to(viewer, _TABLE.c.code),
        )
        .order_by(_TABLE.c.code, _TABLE.c.season_key)
    )
    return [AcreageRow._make(row) for row in db.session.execute(found)]
