"""The verbs of the acreage ledger: enter, strike, recount, and issue a statistics sheet; none commits."""
