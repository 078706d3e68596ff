"""The ground's own pages: accounts, units, divisions, journal, jobs, imports, papers."""

from flask import Blueprint

from foundation.accounts import views as accounts
from foundation.attachments import views as attachments
from foundation.divisions import views as divisions
from foundation.drafts import views as drafts
from foundation.imports import views as imports
from foundation.jobs import views as jobs
from foundation.journal import views as journal
from foundation.papers import views as papers
from foundation.postings import views as postings
from foundation.units import views as units
from foundation.web.menu import MenuEntry

blueprint = Blueprint("foundation", __name__, url_prefix="/foundation")

for feature in (accounts, postings, units, divisions, journal, jobs, imports, attachments, drafts, papers):
    blueprint.register_blueprint(feature.blueprint)

desk = papers.desk
"""The public desk at /verify, where anyone who holds a paper asks whether it holds."""

MENU: tuple[MenuEntry, ...] = (
    *jobs.MENU,
    *papers.MENU,
    *imports.MENU,
    *accounts.MENU,
    *postings.MENU,
    *units.MENU,
    *divisions.MENU,
    *journal.MENU,
)
