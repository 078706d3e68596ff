"""What a paper is: its kinds, its states, its token, and what is printed on it besides its own text."""

import base64
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from foundation.access.grants import Viewer
from foundation.errors import NotFound
from foundation.typesetting import Document
from foundation.wording import N_, Term

TOKEN_BYTES = 10
REPLACED = "已被替代"
VOID = "作废"
DRAFT = "草稿"


class PaperState(Term):
    """What a paper is worth today; derived from its facts, never stored."""

    CURRENT = "current", N_("有效")
    REPLACED = "replaced", N_("已被替代")
    VOID = "void", N_("作废")


class PaperPermission(Term):
    """The register page; which papers it shows follows from the permissions of their kinds."""

    VIEW = "foundation.papers.view", N_("查看打印登记")


class PaperAct(Term):
    """What the journal calls the acts on papers."""

    ISSUED = "papers.issued", N_("打印文书")
    REPRINTED = "papers.reprinted", N_("再次打印文书")
    REPLACED = "papers.replaced", N_("文书被替代")
    VOIDED = "papers.voided", N_("文书作废")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What the register adds to a paper: where it is verified, which print it is, and what it is worth.

    The first print of a version is the original and carries no copy line, so that equal contents give
    equal bytes.
    """

    version: int = 0
    verify_url: str = ""
    copy_line: str = ""
    crossed_out: str = ""
    watermark: str = ""


DRAFT_SEAL = Seal(watermark=DRAFT)
"""For a look before approval: no number in the register, nothing to verify."""


def token_of(kind: str, number: str, version: int, digest: str, sign: Callable[[str], bytes]) -> str:
    """Return the short keyed word that the QR of a paper carries: sixteen letters that nobody guesses."""
    signed = sign(f"paper:{kind}|{number}|{version}|{digest}")
    return base64.b32encode(signed[:TOKEN_BYTES]).decode("ascii")


def worth(state: PaperState) -> str:
    """Return the word that crosses a paper out, or nothing while it is current."""
    return {PaperState.REPLACED: REPLACED, PaperState.VOID: VOID}.get(state, "")


def copy_line(copy: int, name: str, at: str) -> str:
    """Return the line at the foot of a reprint.

    >>> copy_line(2, "王秀英", "2026-03-02 09:30")
    '第 2 次打印 · 王秀英 · 2026-03-02 09:30'
    """
    return f"第 {copy} 次打印 · {name} · {at}"


@dataclass(slots=True, kw_only=True)
class Throttle:
    """So many questions from one address within so long; more are asked to wait."""

    most: int = 60
    within: timedelta = timedelta(minutes=1)
    addresses: int = 10_000
    _asked: dict[str, deque[datetime]] = field(default_factory=dict)

    def admits(self, address: str, now: datetime) -> bool:
        """Count a question and tell whether it is answered."""
        if len(self._asked) > self.addresses:
            self._asked.clear()
        times = self._asked.setdefault(address, deque())
        while times and now - times[0] > self.within:
            times.popleft()
        if len(times) >= self.most:
            return False
        times.append(now)
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A row at the moment it is printed: who may see it follows from division and date.

    ``snapshot`` is canonical text: equal contents give equal texts. A ``draft`` may be looked at, not issued.
    """

    subject_type: str
    subject_id: int
    number: str
    division_code: str
    dated_on: date
    snapshot: str
    draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """A kind of paper.

    ``freeze`` returns the row's frozen copy if the viewer may see it and raises ``NotFound`` otherwise;
    ``draw`` and ``summarise`` work from the snapshot's text alone. Whoever holds ``sees`` in the row's
    division sees its papers, whoever holds ``prints`` prints them. ``page`` and the id lead to the row.
    A paper that shows one-time codes ``keeps_bytes`` not: it is drawn again, the same to the byte.
    """

    name: str
    label: str
    sees: Term
    prints: Term
    page: str
    freeze: Callable[[Viewer, int], Frozen]
    draw: Callable[[str, Seal], Document]
    summarise: Callable[[str], Sequence[tuple[str, str]]]
    keeps_bytes: bool = True


_kinds: dict[str, PaperKind] = {}


def register(kind: PaperKind) -> PaperKind:
    """Let papers of this kind be printed."""
    _kinds[kind.name] = kind
    return kind


def kind_of(name: str) -> PaperKind:
    """Return a kind by its name, or raise ``NotFound``."""
    if name not in _kinds:
        raise NotFound
    return _kinds[name]


def all_kinds() -> list[PaperKind]:
    """Return every kind."""
    return list(_kinds.values())
