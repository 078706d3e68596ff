"""The rules of field work: its words, where a line and an order stand, what may be planned and reported."""
