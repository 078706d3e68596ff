"""Which files are taken: told by their first bytes, never by their name, and by their size."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from foundation.access.grants import Viewer
from foundation.errors import InvalidValue
from foundation.wording import N_, Term

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
LONGEST_NAME = 200
HEAD_BYTES = 4096


class FileKind(Term):
    """A kind of file that may be attached; the value is its usual ending."""

    PDF = "pdf", N_("PDF 文件")
    PNG = "png", N_("PNG 图片")
    JPEG = "jpg", N_("JPEG 图片")
    XLSX = "xlsx", N_("Excel 工作簿")
    DOCX = "docx", N_("Word 文档")

    @property
    def media_type(self) -> str:
        """The media type a browser is told."""
        return _MEDIA_TYPES[self]

    @property
    def endings(self) -> frozenset[str]:
        """The endings a name of this kind may have."""
        return frozenset({".jpg", ".jpeg"}) if self is FileKind.JPEG else frozenset({f".{self.value}"})


_MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

SHOWN_INLINE = frozenset({"application/pdf", "image/png", "image/jpeg"})
"""Only these are opened in the browser; all others are saved."""


class EmptyFile(InvalidValue):
    """文件“%(name)s”是空的；请重新选择文件。"""


class FileTooLarge(InvalidValue):
    """文件“%(name)s”有 %(size)s MB，超过 %(limit)s MB 的上限；请压缩或拆分后再上传。"""


class FileKindRefused(InvalidValue):
    """文件“%(name)s”的内容不是可接收的类型；可接收 %(kinds)s，请转换后再上传。"""


class EndingMismatch(InvalidValue):
    """文件“%(name)s”的内容是%(kind)s，与扩展名不符；请改用正确的扩展名，或确认选对了文件。"""


def sniff(content: bytes) -> FileKind | None:
    """Return what the bytes are, or nothing when they are none of ours."""
    head = content[:HEAD_BYTES]
    if head.startswith(b"%PDF-"):
        return FileKind.PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if head.startswith(b"PK\x03\x04"):
        return _office_kind(content)
    return None


def _office_kind(content: bytes) -> FileKind | None:
    """Tell the office formats apart by the folders that the zip's directory (at its end) names."""
    if b"[Content_Types].xml" not in content:
        return None
    if b"xl/workbook" in content:
        return FileKind.XLSX
    return FileKind.DOCX if b"word/document" in content else None


def checked_kind(name: str, content: bytes, limit: int = LARGEST) -> FileKind:
    """Return the kind of a file that may be attached; refuse every other with its reason."""
    if not content:
        raise EmptyFile(name=name)
    if len(content) > limit:
        raise FileTooLarge(name=name, size=-(-len(content) // MEGABYTE), limit=limit // MEGABYTE)
    kind = sniff(content)
    if kind is None:
        raise FileKindRefused(name=name, kinds="、".join(kind.label for kind in FileKind))
    if PurePosixPath(name).suffix.lower() not in kind.endings:
        raise EndingMismatch(name=name, kind=kind)
    return kind


def clean_name(name: str, fallback: str = "附件") -> str:
    r"""Return the last part of a file's name without control characters, short enough to keep.

    >>> clean_name("C:\\扫描\\合同.pdf"), clean_name("../../etc/passwd")
    ('合同.pdf', 'passwd')
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(character for character in last if character.isprintable()).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if len(kept) > LONGEST_NAME and dot:
        kept = stem[: LONGEST_NAME - len(ending) - 1] + dot + ending
    return kept[:LONGEST_NAME] or fallback


Answers = Callable[[Viewer, int], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A kind of row that has files: who may see and who may change those of the row with an id.

    ``name`` is what attachments keep as ``owner_type``; ``page`` leads to the row, with the id behind it.
    """

    name: str
    page: str
    may_see: Answers
    may_change: Answers
