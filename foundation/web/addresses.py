"""Addresses that come from outside: only paths of this site are followed."""

from urllib.parse import urlsplit


def local_path(address: str, otherwise: str = "/") -> str:
    r"""Return ``address`` when it is a path of this site, else ``otherwise``: no link leads elsewhere.

    ``//host`` and ``/\host`` look like paths but are other sites.
    """
    plain = address.replace("\\", "/")
    parts = urlsplit(plain)
    is_local = plain.startswith("/") and not plain.startswith("//") and not parts.netloc and not parts.scheme
    return address if is_local and address.isprintable() else otherwise
