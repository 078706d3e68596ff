"""The left wing's place in the application: its features' pages and menu entries."""

from flask import Blueprint

from foundation.web.menu import MenuEntry

blueprint = Blueprint("coop", __name__, url_prefix="/coop")

MENU: tuple[MenuEntry, ...] = ()
