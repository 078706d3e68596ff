"""The left wing's place in the application: its features' pages and menu entries."""

from flask import Blueprint

from coop.entry import api as entry_api
from coop.entry import views as entry
from foundation.web.menu import MenuEntry

blueprint = Blueprint("coop", __name__, url_prefix="/coop")

entry.blueprint.register_blueprint(entry_api.blueprint)

for feature in (entry,):
    blueprint.register_blueprint(feature.blueprint)

MENU: tuple[MenuEntry, ...] = (*entry.MENU,)
