"""Tracks of machine terminals: the area really swept, set against what was declared."""
