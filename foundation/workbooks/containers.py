"""What kind of file was handed in, judged by its bytes, and whether it is safe to open.

A sheet is laid out in memory as a full rectangle, so one stray value in a far corner costs gigabytes;
the corner is looked for in the packed file before anything is laid out.
"""

import io
import re
import struct
import zipfile
import zlib
from typing import IO

from foundation.errors import InvalidValue

MOST_BYTES = 30 * 1024 * 1024
MOST_UNPACKED_BYTES = 300 * 1024 * 1024
MOST_ROWS = 199_999
MOST_COLUMNS_NAME = "CZ"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml|meta|style)", re.IGNORECASE)
_FAR_CELL = re.compile(
    rb"""\sr=["'](?:[A-Z]{3}|[D-Z][A-Z]|[A-Z]{1,2}(?:[2-9]\d{5}|\d{7}))[\dA-Z]*["'][^>]*[^/]>"""
)
_UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)
_CHUNK = 1 << 20
_OVERLAP = 512


class FileTooLarge(InvalidValue):
    """文件有 %(size)s MB，超过 %(limit)s MB 的上限；请分成几个文件分别导入。"""


class EncryptedWorkbook(InvalidValue):
    """文件设有打开密码，系统无法读取；请在 Excel 或 WPS 中去掉密码后另存，再重新上传。"""


class OldWorkbook(InvalidValue):
    """这是旧版表格文件（.xls 或 .et）；请在 Excel 或 WPS 中另存为“.xlsx”后再上传。"""


class WebPageAsWorkbook(InvalidValue):
    """这个文件其实是网页，只是改了扩展名；请用 Excel 或 WPS 打开后另存为“.xlsx”再上传。"""


class NotAWorkbook(InvalidValue):
    """这不是能识别的表格文件；请上传“.xlsx”或“.csv”文件。"""


class BrokenWorkbook(InvalidValue):
    """表格文件已损坏，打不开；请在 Excel 或 WPS 中打开并另存一份，再重新上传。"""


class TooManyCells(InvalidValue):
    """表格太大：最多 %(rows)s 行、最右到 %(columns)s 列。请删去远处零散的内容，或分成几个文件。"""


def is_workbook(content: bytes) -> bool:
    """True for an .xlsx that may be opened, False for text (CSV); anything else is refused with its cure."""
    if len(content) > MOST_BYTES:
        raise FileTooLarge(size=-(-len(content) // 2**20), limit=MOST_BYTES // 2**20)
    if content.startswith(_OLE):
        raise EncryptedWorkbook if _ENCRYPTED in content else OldWorkbook
    if content.startswith(b"PK"):
        _check_package(content)
        return True
    if _MARKUP.match(content[:200]):
        raise WebPageAsWorkbook
    if not content.strip() or b"\x00" in content:
        raise NotAWorkbook
    return False


def _check_package(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
            if "xl/workbook.xml" not in names:
                raise NotAWorkbook
            if sum(entry.file_size for entry in package.infolist()) > MOST_UNPACKED_BYTES:
                raise TooManyCells(rows=MOST_ROWS, columns=MOST_COLUMNS_NAME)
            for name in names:
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    with package.open(name) as sheet:
                        _check_corner(sheet)
    except _UNREADABLE:
        raise BrokenWorkbook from None


def _check_corner(sheet: IO[bytes]) -> None:
    """Refuse a sheet with a filled cell beyond the last row or column that we read."""
    tail = b""
    while chunk := sheet.read(_CHUNK):
        if _FAR_CELL.search(tail + chunk):
            raise TooManyCells(rows=MOST_ROWS, columns=MOST_COLUMNS_NAME)
        tail = chunk[-_OVERLAP:]
