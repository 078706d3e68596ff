"""The registers of the sample county: they go in by the very path that a clerk's upload takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from coop.contracts.rules.details import AnnexHouseholdDetails, AnnexParcelDetails
from coop.households.models import Household
from coop.mandates.models import Mandate
from coop.organisations.models import Organisation
from coop.parcels.models import Parcel
from foundation.access.grants import Viewer
from foundation.database.engine import db
from foundation.errors import DomainError
from foundation.imports import jobs, service
from foundation.imports.models import ImportBatch

REGISTERS = Path(__file__).resolve().parent / "registers"


class RowsLeftBehind(DomainError):
    """示例台账 %(file)s 有 %(count)s 行没有导入；安装包可能不完整，请重新安装。"""


def bring_in(kind: str, file: str, *, viewer: Viewer, now: datetime) -> ImportBatch:
    """Import a workbook that ships with the house: taken in, read, confirmed, applied."""
    content = (REGISTERS / file).read_bytes()
    batch = service.start(kind, file, content, viewer=viewer, now=now, in_background=False)
    batch = jobs.read_now(batch, viewer, now, _commit)
    service.confirm(batch, viewer=viewer, now=now, in_background=False)
    batch = jobs.apply_now(batch, viewer, now, _commit)
    if batch.stopped:
        raise RowsLeftBehind(file=file, count=batch.stopped)
    return batch


def _commit(_done: int, _total: int) -> None:
    db.session.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """Finds in the registers what the contracts of the story speak of."""

    organisations: dict[str, int]

    @staticmethod
    def survey() -> "Land":
        """Return the land as it was imported."""
        rows = db.session.execute(select(Organisation.name, Organisation.id))
        return Land(organisations=dict(rows.all()))

    def household(self, village: str, group: int, serial: int) -> int:
        """Return the household of a villager group by its number in the register."""
        code = f"{village}{group:02}{serial:04}"
        return db.session.scalars(select(Household.id).where(Household.code == code)).one()

    def households(self, village: str, groups: Iterable[int]) -> Sequence[int]:
        """Return the households of villager groups."""
        wanted = Household.division_code == village, Household.group_number.in_(tuple(groups))
        return db.session.scalars(select(Household.id).where(*wanted).order_by(Household.code)).all()

    def annex(self, household_ids: Sequence[int]) -> tuple[AnnexHouseholdDetails, ...]:
        """Return the annex of households with all their land, each under its mandate if it gave one."""
        own = select(Parcel).where(Parcel.household_id.in_(household_ids)).order_by(Parcel.code)
        parcels: dict[int, list[AnnexParcelDetails]] = {key: [] for key in household_ids}
        for row in db.session.scalars(own):
            line = AnnexParcelDetails(parcel_id=row.id, area=row.area, basis=row.basis)
            parcels[row.household_id or 0].append(line)
        given = select(Mandate.household_id, Mandate.id).where(
            Mandate.household_id.in_(household_ids), Mandate.revoked_on.is_(None)
        )
        mandates = dict(db.session.execute(given).all())
        return tuple(
            AnnexHouseholdDetails(household_id=key, parcels=tuple(parcels[key]), mandate_id=mandates.get(key))
            for key in household_ids
        )
