"""What the doctor says of one part of an installation."""

from dataclasses import dataclass

from foundation.wording import N_, Term


class Verdict(Term):
    """How one part is."""

    SOUND = "sound", N_("正常")
    NOTICE = "notice", N_("注意")
    FAULT = "fault", N_("故障")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One sentence about one part of the installation, and what to do about it."""

    name: str
    title: str
    verdict: Verdict
    sentence: str
    cure: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the finding for a monitoring program."""
        return {
            "name": self.name,
            "title": self.title,
            "verdict": self.verdict.value,
            "sentence": self.sentence,
            "cure": self.cure,
        }
