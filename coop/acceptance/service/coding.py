"""The codes of an order's households: made again from the key at print time, kept as a digest only."""

from coop.acceptance.rules.codes import derived_code
from foundation.secrets import keyring


def code_of(slip_id: int, serial: int) -> str:
    """Return the plain code of a slip's serial number; the database never holds it.

    The printed 作业单 freezes slip id and serial alone and asks here when it is drawn, so that equal
    snapshots give equal bytes and no readable code lies in the print register.
    """
    return derived_code(slip_id, serial, keyring.current().signature)


def digest_of_code(code: str) -> bytes:
    """Return what the slip keeps of its code."""
    return keyring.current().blind_index(f"acceptance-code:{code}")
