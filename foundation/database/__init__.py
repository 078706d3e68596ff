"""Where rows live: the declarative base, the column types and the transaction rules of both databases."""
