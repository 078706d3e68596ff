"""Where the two parties sign: at the end of an agreement, and below every annex."""

from coop.contracts.document.wording import FIRST, SECOND
from coop.contracts.snapshot import BetweenParties
from foundation.papers.document import DATE_LINE
from foundation.typesetting import Signatures, Signer


def closing_signatures(agreement: BetweenParties) -> Signatures:
    """Return the signatures that close an agreement; for a body its legal representative signs."""
    signers = tuple(
        Signer(
            f"{label}（签字或盖章）：",
            (DATE_LINE,) if party.is_household else ("法定代表人（签字）：", DATE_LINE),
        )
        for label, party in ((FIRST, agreement.first), (SECOND, agreement.second))
    )
    return Signatures(signers)


def annex_signatures() -> Signatures:
    """Return the signatures that close every annex."""
    return Signatures(tuple(Signer(f"{label}（签字或盖章）：", (DATE_LINE,)) for label in (FIRST, SECOND)))
