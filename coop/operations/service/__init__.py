"""Verbs of work orders: plan, issue, change, cancel, report; and what acceptance writes on a line."""
