"""How a file is named on its way to the browser: headers carry Latin letters, RFC 6266 all others."""

from urllib.parse import quote

from werkzeug.http import dump_options_header


def disposition(manner: str, name: str) -> str:
    """Return the header that shows (``inline``) or hands over (``attachment``) a file under its name.

    >>> disposition("inline", "合同.pdf")
    "inline; filename=.pdf; filename*=UTF-8''%E5%90%88%E5%90%8C.pdf"
    """
    plain = name.encode("ascii", "ignore").decode()
    if plain == name:
        return dump_options_header(manner, {"filename": name})
    return dump_options_header(manner, {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"})
