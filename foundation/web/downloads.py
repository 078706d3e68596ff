"""How a file goes to the browser: under its name, shown or handed over, and kept nowhere on the way."""

from urllib.parse import quote

from flask import Response
from werkzeug.http import dump_options_header

PDF = "application/pdf"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def shown(content: bytes, name: str, media_type: str = PDF) -> Response:
    """Return the answer that opens a file in the browser; it may bear personal data, so nobody keeps it."""
    return _answer(content, name, media_type, "inline")


def handed_over(content: bytes | str, name: str, media_type: str = "application/octet-stream") -> Response:
    """Return the answer that saves a file under its name; no cache keeps it."""
    return _answer(content, name, media_type, "attachment")


def spreadsheet(content: bytes, name: str) -> Response:
    """Return the answer that saves a workbook under its name."""
    return handed_over(content, name, SPREADSHEET)


def _answer(content: bytes | str, name: str, media_type: str, manner: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = disposition(manner, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def disposition(manner: str, name: str) -> str:
    """Return the header of a file's name; headers carry Latin letters only, RFC 6266 all others.

    >>> disposition("inline", "合同.pdf")
    "inline; filename=.pdf; filename*=UTF-8''%E5%90%88%E5%90%8C.pdf"
    """
    plain = name.encode("ascii", "ignore").decode()
    if plain == name:
        return dump_options_header(manner, {"filename": name})
    return dump_options_header(manner, {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"})
