"""Rows once, shown three times: on a page, in a spreadsheet, on paper."""
