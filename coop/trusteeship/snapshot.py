"""The frozen copy of a statistics sheet: every figure, coefficient and word that its paper prints."""

from dataclasses import dataclass
from datetime import date

from coop.programmes.rules import WeightFormula
from foundation.values.area import Mu
from foundation.values.canonical import Canonical, read
from foundation.values.money import Fen
from foundation.values.percent import BasisPoints


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """The figures of one division in one crop season, or a sum."""

    township: str
    village: str
    season: str
    small_households: int
    large_households: int
    tilled: Mu
    sown: Mu
    protected: Mu
    protected_times: Mu
    harvested: Mu
    mu_times: Mu
    deemed: Mu
    weighted: Mu
    physical: Mu
    physical_small: Mu
    physical_entrusted: Mu
    whole: Mu
    single: Mu
    income: Fen
    subsidy: Fen

    @property
    def households(self) -> int:
        """Households and large operators, each once."""
        return self.small_households + self.large_households


@dataclass(frozen=True, slots=True, kw_only=True)
class CoefficientLine:
    """What a link weighs, of one crop or of any."""

    crop: str
    link: str
    weight: BasisPoints
    rate: Fen | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionSnapshot:
    """A version of the coefficients by which some counts of the sheet were weighed."""

    number: int
    valid_from: date
    source: str
    rows: tuple[CoefficientLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSnapshot(Canonical):
    """A statistics sheet: lines, then one total for each crop season asked for."""

    number: str
    office: str
    place: str
    programme: str
    year: int
    is_project: bool
    season: str
    formula: WeightFormula
    weighs_every_pass: bool
    large_from: Mu
    as_of: date | None
    lines: tuple[SheetLine, ...]
    totals: tuple[SheetLine, ...]
    versions: tuple[VersionSnapshot, ...]


def read_snapshot(text: str) -> SheetSnapshot:
    """Return the snapshot that ``write`` wrote."""
    return read(SheetSnapshot, text)
