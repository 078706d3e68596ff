"""Readers of the season board; every one of them starts from ``visible_to``."""

from coop.seasons.queries.board import board, current_season, seasons_with_orders, visible_to
from coop.seasons.queries.map import links_of, plots, villages

__all__ = ["board", "current_season", "links_of", "plots", "seasons_with_orders", "villages", "visible_to"]
