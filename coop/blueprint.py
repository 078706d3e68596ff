"""The left wing's place in the application: its features' pages and menu entries."""

from flask import Blueprint

from coop.households import views as households
from coop.households.rules import HouseholdPermission
from coop.organisations import importing as organisation_register
from coop.organisations import views as organisations
from coop.organisations.rules import OrganisationPermission
from coop.parcels import importing as village_register
from coop.parcels import views as parcels
from coop.parcels.rules import ParcelPermission
from foundation.imports.service import register
from foundation.web.menu import Door, MenuEntry
from foundation.wording import N_

blueprint = Blueprint("coop", __name__, url_prefix="/coop")

for _feature in (organisations, households, parcels):
    blueprint.register_blueprint(_feature.blueprint)

for _kind in (organisation_register.KIND, village_register.KIND):
    register(_kind)

MENU: tuple[MenuEntry, ...] = (
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
        label=N_("组织名录"),
        endpoint="coop.organisations.index",
        permissions=(OrganisationPermission.VIEW,),
    ),
)
