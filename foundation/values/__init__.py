"""Exact quantities: money in fen, area in 0.01 mu and square metres, capitals, dates."""
