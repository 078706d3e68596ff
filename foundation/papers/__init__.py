"""The print register: every paper that leaves the house is numbered, sealed, kept and can be verified."""
