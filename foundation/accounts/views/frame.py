"""The blueprint that all pages of accounts hang on."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")
