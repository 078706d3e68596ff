"""The left wing's place in the application: its features' pages and menu entries."""

from flask import Blueprint

from coop.acceptance import document as acceptance_papers
from coop.acceptance import views as acceptance
from coop.acceptance.rules.terms import AcceptancePermission
from coop.amendments import document as amendment_papers
from coop.amendments import views as amendments
from coop.catalogue import views as catalogue
from coop.catalogue.rules import CataloguePermission
from coop.contracts import document as contract_papers
from coop.contracts import views as contracts
from coop.contracts.rules.terms import ContractPermission
from coop.entry import api as entry_api
from coop.entry import views as entry
from coop.households import views as households
from coop.households.rules import HouseholdPermission
from coop.machinery import importing as machinery_register
from coop.machinery import views as machinery
from coop.machinery.rules import MachineryPermission
from coop.mandates import document as mandate_papers
from coop.mandates import views as mandates
from coop.mandates.rules import MandatePermission
from coop.operations import importing as work_sheets
from coop.operations import views as operations
from coop.operations.rules.terms import OperationPermission
from coop.organisations import importing as organisation_register
from coop.organisations import views as organisations
from coop.organisations.rules import OrganisationPermission
from coop.parcels import importing as village_register
from coop.parcels import views as parcels
from coop.parcels.rules import ParcelPermission
from coop.programmes import views as programmes
from coop.programmes.rules import ProgrammePermission
from coop.seasons import api as season_shapes
from coop.seasons import views as seasons
from coop.seasons.rules.terms import SeasonPermission
from coop.tracks import views as tracks
from coop.tracks.rules.terms import TrackPermission
from coop.trusteeship import document as acreage_papers
from coop.trusteeship import views as trusteeship
from coop.trusteeship.rules.terms import AcreagePermission
from foundation.imports import service as imports
from foundation.papers.rules import register
from foundation.web.menu import Door, MenuEntry
from foundation.wording import N_

blueprint = Blueprint("coop", __name__, url_prefix="/coop")

entry.blueprint.register_blueprint(entry_api.blueprint)
seasons.blueprint.register_blueprint(season_shapes.blueprint)

for feature in (
    entry,
    contracts,
    amendments,
    mandates,
    catalogue,
    organisations,
    households,
    parcels,
    machinery,
    operations,
    seasons,
    tracks,
    acceptance,
    programmes,
    trusteeship,
):
    blueprint.register_blueprint(feature.blueprint)

for kind in (
    *contract_papers.KINDS,
    *mandate_papers.KINDS,
    *amendment_papers.KINDS,
    *acceptance_papers.KINDS,
    *acreage_papers.KINDS,
):
    register(kind)

for spreadsheet in (
    organisation_register.KIND,
    village_register.KIND,
    machinery_register.KIND,
    work_sheets.KIND,
):
    imports.register(spreadsheet)

MENU: tuple[MenuEntry, ...] = (
    MenuEntry(
        door=Door.COOP,
        label=N_("托管合同"),
        endpoint="coop.contracts.index",
        permissions=(ContractPermission.VIEW,),
        quick=True,
    ),
    *entry.MENU,
    MenuEntry(
        door=Door.COOP,
        label=N_("作业单"),
        endpoint="coop.operations.index",
        permissions=(OperationPermission.VIEW,),
        quick=True,
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("编制作业单"),
        endpoint="coop.operations.plans.plan",
        permissions=(OperationPermission.PLAN,),
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("作业季进度"),
        endpoint="coop.seasons.index",
        permissions=(SeasonPermission.VIEW,),
        quick=True,
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("我的作业（手机）"),
        endpoint="coop.operations.phone.index",
        permissions=(OperationPermission.REPORT,),
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("作业轨迹"),
        endpoint="coop.tracks.index",
        permissions=(TrackPermission.VIEW,),
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("面积复测"),
        endpoint="coop.tracks.remeasures.index",
        permissions=(TrackPermission.VIEW,),
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("作业验收"),
        endpoint="coop.acceptance.index",
        permissions=(AcceptancePermission.VIEW,),
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("验收争议"),
        endpoint="coop.acceptance.disputes.index",
        permissions=(AcceptancePermission.VIEW,),
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("托管面积台账"),
        endpoint="coop.trusteeship.index",
        permissions=(AcreagePermission.VIEW,),
        quick=True,
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("托管面积统计"),
        endpoint="coop.trusteeship.statistics.show",
        permissions=(AcreagePermission.VIEW,),
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("补充协议"),
        endpoint="coop.amendments.index",
        permissions=(ContractPermission.VIEW,),
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("授权委托书"),
        endpoint="coop.mandates.index",
        permissions=(MandatePermission.VIEW,),
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("作物、环节和价格"),
        endpoint="coop.catalogue.index",
        permissions=(CataloguePermission.VIEW,),
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("项目和折算系数"),
        endpoint="coop.programmes.index",
        permissions=(ProgrammePermission.VIEW,),
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("农户"),
        endpoint="coop.households.index",
        permissions=(HouseholdPermission.VIEW,),
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("地块"),
        endpoint="coop.parcels.index",
        permissions=(ParcelPermission.VIEW,),
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("机具"),
        endpoint="coop.machinery.machines.index",
        permissions=(MachineryPermission.VIEW,),
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("机手"),
        endpoint="coop.machinery.operators.index",
        permissions=(MachineryPermission.VIEW,),
    ),
    MenuEntry(
        door=Door.COOP,
        label=N_("组织名录"),
        endpoint="coop.organisations.index",
        permissions=(OrganisationPermission.VIEW,),
    ),
)
