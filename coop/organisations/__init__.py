"""Organisations: the union, its co-ops, village collectives, and the directory of providers."""
