"""The type case: which face each role of the official look is set in, and what can be printed at all."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import NamedTuple

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFError

from foundation.typesetting.embedding import EmbeddedFace
from foundation.wording import N_, Term

VENDORED = Path(__file__).resolve().parents[2] / "static" / "fonts"
MISSING = "〓"  # the printer's sign for a sort that is not in the case
CHECK_BOXES = frozenset("☑☐")
_SPACES = {"\t": " ", "\u00a0": " ", "\u2003": "\u3000"}
_FORMAT_CATEGORIES = frozenset({"Cc", "Cf", "Mn"})


class Role(Term):
    """What a face is used for."""

    SONG = "song", N_("宋体")
    FANGSONG = "fangsong", N_("仿宋")
    XIAOBIAOSONG = "xiaobiaosong", N_("小标宋")
    HEI = "hei", N_("黑体")
    KAI = "kai", N_("楷体")


_PREFERRED: dict[Role, tuple[str, ...]] = {
    Role.SONG: ("simsun.ttc", "simsun.ttf"),
    Role.FANGSONG: ("仿宋_gb2312.ttf", "fangsong_gb2312.ttf", "simfang.ttf"),
    Role.XIAOBIAOSONG: ("方正小标宋简体.ttf", "方正小标宋_gbk.ttf", "fzxbsjw.ttf", "fzxbsk.ttf", "fzxbs.ttf"),
    Role.HEI: ("simhei.ttf", "黑体.ttf"),
    Role.KAI: ("楷体_gb2312.ttf", "kaiti_gb2312.ttf", "simkai.ttf"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceInUse:
    """Which file serves a role, whether it is the customer's own, and why a better one could not be used."""

    role: Role
    name: str
    path: Path
    own: bool
    problem: str = ""


class Glyph(NamedTuple):
    """How one character is set: in which face (None for boxes and invisible marks), how wide, as what."""

    face: EmbeddedFace | None
    em: float
    shown: str


class Glyphs(dict[str, Glyph]):
    """The glyphs of one role, found once each: its own face, then the fallbacks, then the missing sign."""

    def __init__(self, chain: tuple[EmbeddedFace, ...], western: EmbeddedFace) -> None:
        """Search ``chain`` in its order; letters and digits come from ``western``."""
        super().__init__()
        self._chain = chain
        self._western = western

    def __missing__(self, char: str) -> Glyph:
        """Find the first face that has the character."""
        glyph = self._find(char)
        self[char] = glyph
        return glyph

    def _find(self, char: str) -> Glyph:
        if char in CHECK_BOXES:
            return Glyph(None, 1.0, char)
        if char in _SPACES:
            return self[_SPACES[char]]
        for face in (self._western, *self._chain) if char.isascii() else self._chain:
            if face.covers(char):
                return Glyph(face, face.em_width(char), char)
        if unicodedata.category(char) in _FORMAT_CATEGORIES:
            return Glyph(None, 0.0, "")
        return self[MISSING]


class TypeCase:
    """Every face in use, read once; about a third of a second and 30 MB per process."""

    def __init__(self, folder: Path | None) -> None:
        """Choose and read the faces, preferring the customer's own in ``folder``."""
        self.folder = folder
        self._read: dict[Path, EmbeddedFace] = {}
        found = _files_of(folder)
        self.faces = {role: self._choose(role, found) for role in Role}
        self.glyphs = {role: Glyphs(self._chain(role), self._western(role)) for role in Role}

    def initial_face(self) -> str:
        """The name of the face that a new page begins with, so that no other face enters a PDF."""
        return str(self._load(self.faces[Role.SONG].path).fontName)

    def _choose(self, role: Role, found: dict[str, Path]) -> FaceInUse:
        problem = ""
        for name in _PREFERRED[role]:
            if name not in found:
                continue
            try:
                face = self._load(found[name])
            except TTFError as error:
                problem = f"{found[name].name}: {error}"
                continue
            return FaceInUse(role=role, name=_name_of(face), path=found[name], own=True, problem=problem)
        path = VENDORED / f"{role.value}.ttf"
        return FaceInUse(role=role, name=_name_of(self._load(path)), path=path, own=False, problem=problem)

    def _chain(self, role: Role) -> tuple[EmbeddedFace, ...]:
        fallbacks = (self.faces[Role.SONG].path, VENDORED / "song.ttf", VENDORED / "rare.ttf")
        return tuple(dict.fromkeys(self._load(path) for path in (self.faces[role].path, *fallbacks)))

    def _western(self, role: Role) -> EmbeddedFace:
        """The face of letters and digits: 仿宋 has none that match its strokes, and borrows those of 宋体."""
        return self._load(self.faces[Role.SONG if role is Role.FANGSONG else role].path)

    def _load(self, path: Path) -> EmbeddedFace:
        face = self._read.get(path)
        if face is None:
            face = self._read[path] = EmbeddedFace(f"F{len(self._read) + 1}", str(path))
            registerFont(face)
        return face


class _Shop:
    """The one type case of the process, and the customer's font folder that it prefers."""

    case: TypeCase | None = None
    folder: Path | None = None
    lock = RLock()
    on_change: list[Callable[[], None]] = []  # noqa: RUF012 - one list for the process is what is meant


def type_case() -> TypeCase:
    """The type case in use; the first call reads the faces."""
    if _Shop.case is None:
        with _Shop.lock:
            if _Shop.case is None:
                _Shop.case = TypeCase(_Shop.folder)
    return _Shop.case


def use_font_folder(folder: Path | None) -> None:
    """Prefer the customer's own faces found in this folder from now on; None returns to the vendored ones."""
    with _Shop.lock:
        _Shop.folder, _Shop.case = folder, None
        for forget in _Shop.on_change:
            forget()


def when_faces_change(forget: Callable[[], None]) -> None:
    """Have ``forget`` called whenever the faces change, to drop what was measured with the old ones."""
    _Shop.on_change.append(forget)


def glyphs(role: Role) -> Glyphs:
    """The glyphs of a role, with the fallback faces behind it."""
    return type_case().glyphs[role]


def faces_in_use() -> list[FaceInUse]:
    """Which file serves each role, in the order of the roles."""
    return list(type_case().faces.values())


def covered(char: str) -> bool:
    """Whether some face in use can print the character."""
    return glyphs(Role.SONG)[char].shown != MISSING or char == MISSING


def unprintable(text: str) -> set[str]:
    """The characters of ``text`` that no face can print.

    >>> unprintable("王𬭎")
    set()
    """
    return {char for char in set(text) if not covered(char) or _is_hidden(char)}


def _is_hidden(char: str) -> bool:
    return char not in "\n\r\t" and not glyphs(Role.SONG)[char].em


def _files_of(folder: Path | None) -> dict[str, Path]:
    if folder is None or not folder.is_dir():
        return {}
    return {path.name.lower(): path for path in sorted(folder.iterdir())}


def _name_of(face: EmbeddedFace) -> str:
    return bytes(face.face.name).decode("utf-8", "replace")
