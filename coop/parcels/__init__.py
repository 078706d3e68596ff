"""Parcels of the land register with their three acreages, and the village register workbook."""
