"""Spreadsheets in and out: reading, writing and telling damaged cells."""
