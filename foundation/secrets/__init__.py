"""What must not be read by whoever copies the database: sealing, opening and searching sealed columns."""
