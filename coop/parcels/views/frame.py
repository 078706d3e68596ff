"""The blueprint that all pages of parcels hang on."""

from flask import Blueprint

blueprint = Blueprint("parcels", __name__, url_prefix="/parcels")

HOME = "/coop/parcels/"
