"""Chinese names: how they are read, searched and printed."""
