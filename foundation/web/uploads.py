"""The files that a request sent."""

from flask import request


def sent_files(field: str) -> list[tuple[str, bytes]]:
    """Return name and content of every file of a field; a field that was left empty sends a nameless one."""
    return [(file.filename, file.read()) for file in request.files.getlist(field) if file.filename]
