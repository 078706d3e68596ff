"""The roles a new installation starts with; the security administrator changes them to the office's needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from coop.acceptance.rules.terms import AcceptancePermission
from coop.catalogue.rules import CataloguePermission
from coop.contracts.rules.terms import ContractPermission
from coop.households.rules import HouseholdPermission
from coop.machinery.rules import MachineryPermission
from coop.mandates.rules import MandatePermission
from coop.operations.rules.terms import OperationPermission
from coop.organisations.rules import OrganisationPermission
from coop.parcels.rules import ParcelPermission
from coop.programmes.rules import ProgrammePermission
from coop.seasons.rules.terms import SeasonPermission
from coop.tracks.rules.terms import TrackPermission
from coop.trusteeship.rules.terms import AcreagePermission
from foundation.access.grants import Viewer
from foundation.accounts.rules import AccountPermission
from foundation.divisions.rules import DivisionPermission
from foundation.imports.rules import ImportPermission
from foundation.jobs.rules import JobPermission
from foundation.journal.rules import JournalPermission
from foundation.papers.rules import PaperPermission
from foundation.postings import service
from foundation.postings.models import Role
from foundation.postings.rules import PostingPermission, RoleKind
from foundation.units.rules import UnitPermission
from foundation.wording import Term

READING: tuple[Term, ...] = (
    OrganisationPermission.VIEW,
    HouseholdPermission.VIEW,
    ParcelPermission.VIEW,
    CataloguePermission.VIEW,
    MandatePermission.VIEW,
    ContractPermission.VIEW,
    OperationPermission.VIEW,
    TrackPermission.VIEW,
    SeasonPermission.VIEW,
    AcceptancePermission.VIEW,
    MachineryPermission.VIEW,
    ProgrammePermission.VIEW,
    PaperPermission.VIEW,
    AcreagePermission.VIEW,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A role as it ships: its name in Chinese, its kind and its permissions."""

    name: str
    kind: RoleKind
    permissions: tuple[Term, ...]


PRESETS: Mapping[str, Preset] = {
    "system": Preset(
        name="系统管理员",
        kind=RoleKind.SYSTEM,
        permissions=(
            AccountPermission.MANAGE,
            DivisionPermission.EDIT,
            UnitPermission.EDIT,
            JobPermission.SUPERVISE,
        ),
    ),
    "security": Preset(
        name="安全管理员",
        kind=RoleKind.SECURITY,
        permissions=(PostingPermission.ROLES, PostingPermission.POSTINGS, AccountPermission.SESSIONS),
    ),
    "audit": Preset(name="审计管理员", kind=RoleKind.AUDIT, permissions=(JournalPermission.VIEW,)),
    "registrar": Preset(
        name="台账管理员",
        kind=RoleKind.BUSINESS,
        permissions=(
            *READING,
            OrganisationPermission.EDIT,
            OrganisationPermission.REVEAL,
            OrganisationPermission.EXPORT,
            MachineryPermission.EDIT,
            MachineryPermission.REVEAL,
            MachineryPermission.EXPORT,
            HouseholdPermission.EDIT,
            HouseholdPermission.REVEAL,
            HouseholdPermission.EXPORT,
            TrackPermission.MEASURE,
            TrackPermission.EXPORT,
            ParcelPermission.EDIT,
            ParcelPermission.IMPORT,
            ParcelPermission.EXPORT,
            AcreagePermission.EXPORT,
            AcreagePermission.PRINT,
            ImportPermission.RUN,
        ),
    ),
    "clerk": Preset(
        name="合同经办",
        kind=RoleKind.BUSINESS,
        permissions=(
            *READING,
            HouseholdPermission.EDIT,
            HouseholdPermission.REVEAL,
            HouseholdPermission.EXPORT,
            MachineryPermission.REVEAL,
            ParcelPermission.EDIT,
            ParcelPermission.IMPORT,
            ParcelPermission.EXPORT,
            ImportPermission.RUN,
            MandatePermission.EDIT,
            MandatePermission.EXPORT,
            MandatePermission.PRINT,
            OperationPermission.PLAN,
            OperationPermission.REPORT,
            TrackPermission.IMPORT,
            TrackPermission.EXPORT,
            OperationPermission.EXPORT,
            OperationPermission.PRINT,
            AcceptancePermission.NOTIFY,
            AcceptancePermission.RECORD,
            AcceptancePermission.EXPORT,
            AcceptancePermission.PRINT,
            ContractPermission.DRAFT,
            ContractPermission.SIGN,
            ContractPermission.EXPORT,
            ContractPermission.PRINT,
            AcreagePermission.EXPORT,
            AcreagePermission.PRINT,
        ),
    ),
    "approver": Preset(
        name="合同审核",
        kind=RoleKind.BUSINESS,
        permissions=(
            *READING,
            OperationPermission.EXPORT,
            OperationPermission.PRINT,
            AcceptancePermission.DEEM,
            AcceptancePermission.RESOLVE,
            AcceptancePermission.UNDO,
            AcceptancePermission.EXPORT,
            AcceptancePermission.PRINT,
            ContractPermission.APPROVE,
            ContractPermission.CLOSE,
            ContractPermission.EXPORT,
            ContractPermission.PRINT,
            AcreagePermission.EXPORT,
            AcreagePermission.PRINT,
            MandatePermission.EXPORT,
            MandatePermission.PRINT,
        ),
    ),
    "price_keeper": Preset(
        name="价格管理",
        kind=RoleKind.BUSINESS,
        permissions=(
            CataloguePermission.VIEW,
            CataloguePermission.EDIT,
            ProgrammePermission.VIEW,
            ProgrammePermission.EDIT,
            AcreagePermission.VIEW,
            AcreagePermission.RECOUNT,
        ),
    ),
    "driver": Preset(
        name="机手",
        kind=RoleKind.BUSINESS,
        permissions=(OperationPermission.REPORT, AcceptancePermission.VIEW, AcceptancePermission.RECORD),
    ),
    "reader": Preset(name="查阅", kind=RoleKind.BUSINESS, permissions=READING),
}


def set_up(viewer: Viewer, now: datetime) -> dict[str, Role]:
    """Create the preset roles, or bring them back to how they ship; return them by code."""
    return {
        code: service.set_role(
            code, preset.name, preset.kind, [p.value for p in preset.permissions], viewer=viewer, now=now
        )
        for code, preset in PRESETS.items()
    }
