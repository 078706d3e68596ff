"""The left wing's place in the application: its features' pages and menu entries."""

from flask import Blueprint

from coop.contracts import document as contract_papers
from coop.contracts import views as contracts
from coop.contracts.rules.terms import ContractPermission
from coop.entry import api as entry_api
from coop.entry import views as entry
from coop.mandates import document as mandate_papers
from foundation.papers.rules import register
from foundation.web.menu import Door, MenuEntry
from foundation.wording import N_

blueprint = Blueprint("coop", __name__, url_prefix="/coop")

entry.blueprint.register_blueprint(entry_api.blueprint)

for feature in (entry, contracts):
    blueprint.register_blueprint(feature.blueprint)

for kind in (*contract_papers.KINDS, *mandate_papers.KINDS):
    register(kind)

MENU: tuple[MenuEntry, ...] = (
    *entry.MENU,
    MenuEntry(
        door=Door.COOP,
        label=N_("托管合同"),
        endpoint="coop.contracts.index",
        permissions=(ContractPermission.VIEW,),
        quick=True,
    ),
)
