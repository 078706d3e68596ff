"""The version of the product; pyproject.toml carries the same (a test compares them)."""

VERSION = "0.1.0"
