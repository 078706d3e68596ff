"""Words that reach a user: written in Chinese where they arise, translated only where they are shown.

Pure code (rules, values) may not import the web, so it only marks its texts here; the extractor of the
translation catalogue finds the marks, and templates and handlers translate on the way out.
"""

from enum import StrEnum


def N_(text: str) -> str:  # noqa: N802 - the name that catalogue tools look for
    """Mark ``text`` for the translation catalogue and return it unchanged."""
    return text


class Term(StrEnum):
    """An enumeration whose members carry the Chinese term of the trade beside the stored code.

    A member is written ``LEASE = "lease", N_("流转式")``: the value is stored, the label is shown.
    """

    label: str

    def __new__(cls, value: str, label: str) -> "Term":
        """Build a member that equals its stored code and knows its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
