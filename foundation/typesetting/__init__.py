"""The drawing kit of every printed paper: faces, lines, pages, tables, seals and codes."""
