"""The ground's own pages: accounts, units, divisions, journal, jobs, imports, papers."""

from flask import Blueprint

from foundation.web.menu import MenuEntry

blueprint = Blueprint("foundation", __name__, url_prefix="/foundation")

MENU: tuple[MenuEntry, ...] = ()
