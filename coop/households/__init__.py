"""Households of the land register: issuers, contracting parties, families, and how one finds them."""
