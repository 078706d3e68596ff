"""The right wing: college-graduate village officials (到村任职)."""
