"""The forms of field work: planning and changing orders, their acts, and reporting what was done."""
