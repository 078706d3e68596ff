"""The ground's own pages: accounts, units, divisions, journal, jobs, imports, papers."""

from flask import Blueprint

from foundation.attachments import views as attachments
from foundation.drafts import views as drafts
from foundation.imports import views as imports
from foundation.jobs import views as jobs
from foundation.web.menu import MenuEntry

blueprint = Blueprint("foundation", __name__, url_prefix="/foundation")

for feature in (jobs, imports, attachments, drafts):
    blueprint.register_blueprint(feature.blueprint)

MENU: tuple[MenuEntry, ...] = (*jobs.MENU, *imports.MENU)
