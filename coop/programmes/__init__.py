"""Programmes: by which rules, coefficients and thresholds a county counts the work of a year."""
