"""Writing a contract down: the clerk's page, its annex by search or paste, and its sums while one types."""
