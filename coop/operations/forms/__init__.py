"""Forms of work orders: planning and changing, and what was done on each line."""
