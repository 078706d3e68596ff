"""Every question asked of the acreage ledger, from the county's one row down to a single entry."""
