"""The acreage ledger: physical mu, mu-times and weighted mu of accepted work, never mixed."""
