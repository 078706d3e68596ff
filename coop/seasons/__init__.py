"""The season board and its map: what is due, done and late, by link and village."""
