"""The right wing's place in the application: its features' pages and menu entries."""

from flask import Blueprint

from foundation.web.menu import MenuEntry

blueprint = Blueprint("officials", __name__, url_prefix="/officials")

MENU: tuple[MenuEntry, ...] = ()
