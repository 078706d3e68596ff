"""The tables of the ledger: the statistics sheet and the work of each provider, once for page and file."""
