"""Spreadsheets come in: read in the background, previewed row by row, confirmed, and undone if need be."""
