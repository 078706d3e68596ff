"""What a check has to say: where, how bad, and one sentence with the cure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from coop.contracts.rules.terms import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding: the place (a field's name as the form counts it), severity, sentence and its values."""

    place: str
    severity: Severity
    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in Chinese."""
        return self.sentence % {key: getattr(value, "label", value) for key, value in self.values.items()}


def block(place: str, sentence: str, **values: Any) -> Finding:
    """A finding that must be mended before the contract can be submitted."""
    return Finding(place=place, severity=Severity.BLOCK, sentence=sentence, values=values)


def need_reason(place: str, sentence: str, **values: Any) -> Finding:
    """A finding that stands if a reason is given."""
    return Finding(place=place, severity=Severity.REASON, sentence=sentence, values=values)


def note(place: str, sentence: str, **values: Any) -> Finding:
    """A finding that only tells."""
    return Finding(place=place, severity=Severity.NOTE, sentence=sentence, values=values)


def blocking(findings: Iterable[Finding], *, has_reason: bool) -> list[Finding]:
    """Return what still stands in the way: blocks, and open questions for a reason without one."""
    stops = {Severity.BLOCK} if has_reason else {Severity.BLOCK, Severity.REASON}
    return [finding for finding in findings if finding.severity in stops]
