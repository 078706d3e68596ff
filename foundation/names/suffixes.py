"""Search inside names by their suffixes, which both databases answer from one plain index.

A name "contains 建国" exactly when one of its suffixes begins with it.
"""

import unicodedata

_SEPARATORS = str.maketrans("", "", " \t\r\n\u3000·•‧・∙⋅.")


def search_key(text: str) -> str:
    """The form in which names are stored for search and in which a search word is looked up."""
    return unicodedata.normalize("NFKC", text).translate(_SEPARATORS).casefold()


def suffixes(name: str) -> list[str]:
    """Every ending of a name, the whole name first: 王建国, 建国, 国."""
    key = search_key(name)
    return [key[start:] for start in range(len(key))]
