"""The worktable: what waits for the person who just came in."""
