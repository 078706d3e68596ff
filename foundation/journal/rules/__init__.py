"""How a journal entry is sealed: a keyed digest over everything it says and the digest before it."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from foundation.wording import N_, Term

GENESIS = "0" * 64
"""What the first entry names as the digest before it."""

SEALED_FIELDS = (
    "id",
    "at",
    "actor_id",
    "actor_name",
    "act",
    "subject_type",
    "subject_id",
    "subject_label",
    "division_code",
    "address",
    "changes",
    "reason",
    "note",
)
"""What a digest covers, in this order; a new column joins at the end with a new version of the seal."""


class JournalPermission(Term):
    """What the journal allows; only audit administrators hold it."""

    VIEW = "foundation.journal.view", N_("查看操作日志")


class JournalAct(Term):
    """What the journal says about itself."""

    EXPORTED = "journal.exported", N_("导出操作日志")
    VERIFIED = "journal.verified", N_("核验操作日志")


def known_acts() -> dict[str, Term]:
    """Return every act that a feature declares, by its code with a dot: ``accounts.logged_in``."""
    return {
        member.value: member for family in Term.__subclasses__() for member in family if "." in member.value
    }


def seal(previous: str, entry: Mapping[str, Any], sign: Callable[[str], bytes]) -> str:
    """Return the digest of an entry: 64 hexadecimal characters that nobody makes without the key."""
    said = [previous, *(_plain(entry[field]) for field in SEALED_FIELDS)]
    return sign(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))).hex()


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
