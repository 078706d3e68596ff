"""Files of business rows: checked by content, stored once by digest, seen by whoever sees the row."""
