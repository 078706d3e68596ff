"""What a person has typed but not yet saved, kept by itself until it is."""
