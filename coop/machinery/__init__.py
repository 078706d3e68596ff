"""Machines and operators of providers: what works in the field, who drives it, and whose it really is."""
