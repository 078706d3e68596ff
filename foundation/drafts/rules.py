"""What a draft may be called and how much it may hold."""

import re

KEY = re.compile(r"[a-z_]+(?:\.[a-z_]+)+(?::[0-9A-Za-z_-]{1,40})?")
"""A form's endpoint, and behind a colon the row it edits: ``coop.contracts.entry:7``."""

LONGEST_KEY = 120
MOST_BYTES = 2 * 1024 * 1024
MOST_DRAFTS = 100


def is_key(text: str) -> bool:
    """Tell whether ``text`` can name a draft."""
    return len(text) <= LONGEST_KEY and KEY.fullmatch(text) is not None
