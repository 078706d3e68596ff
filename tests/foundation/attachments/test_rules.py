"""Files are known by their content."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from foundation.attachments.rules import (
    LARGEST,
    EmptyFile,
    EndingMismatch,
    FileKind,
    FileKindRefused,
    FileTooLarge,
    checked_kind,
    clean_name,
    sniff,
)

PDF = b"%PDF-1.7\n..."


def zipped(*names: str) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, FileKind.PDF),
        (b"\x89PNG\r\n\x1a\n...", FileKind.PNG),
        (b"\xff\xd8\xff\xe0...", FileKind.JPEG),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), FileKind.XLSX),
        (zipped("[Content_Types].xml", "word/document.xml"), FileKind.DOCX),
        (zipped("payload.exe"), None),
        (b"MZ\x90\x00", None),
        (b"<html><script>", None),
        (b"<svg xmlns=", None),
    ],
)
def test_the_first_bytes_tell_the_kind(content: bytes, kind: FileKind | None) -> None:
    assert sniff(content) is kind


def test_every_refusal_names_the_file_and_the_cure() -> None:
    with pytest.raises(EmptyFile, match=r"合同\.pdf"):
        checked_kind("合同.pdf", b"")
    with pytest.raises(FileTooLarge, match="21 MB，超过 20 MB"):
        checked_kind("合同.pdf", PDF + b"x" * LARGEST)
    with pytest.raises(FileKindRefused, match="可接收 PDF 文件"):
        checked_kind("病毒.pdf", b"MZ\x90\x00")
    with pytest.raises(EndingMismatch):
        checked_kind("照片.png", PDF)
    assert checked_kind("照片.JPEG", b"\xff\xd8\xff") is FileKind.JPEG


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("C:\\扫描\\合同.pdf", "合同.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nb\x00.pdf", "ab.pdf"),
        ("...", "附件"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_a_name_keeps_its_last_part_only(name: str, clean: str) -> None:
    assert clean_name(name) == clean
