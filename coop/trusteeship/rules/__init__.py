"""The rules of the acreage ledger: its words, how a parcel-season is counted, and how counts add up."""
