"""Keys kept outside the database: AES-256-GCM for sealing, HMAC-SHA-256 for searching without opening.

Each sealed text names the version of its key, so that keys rotate without a stop: new texts use the
newest key, old ones stay readable until they are sealed again.
"""

import hmac
import json
import os
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from foundation.errors import DomainError

NONCE_BYTES = 12
INDEX_BYTES = 16


class KeyMissing(DomainError):
    """加密密钥文件缺失或不是本系统的密钥，敏感信息无法读取；请把备份的密钥文件放回数据目录。"""


@dataclass(frozen=True, slots=True)
class Keyring:
    """The sealing keys by version (1 to 255) and the one key of the blind indexes."""

    keys: dict[int, bytes]
    index_key: bytes
    _ciphers: dict[int, AESGCM] = field(default_factory=dict, repr=False, compare=False)

    @property
    def version(self) -> int:
        """The version new texts are sealed with."""
        return max(self.keys)

    def _cipher(self, version: int) -> AESGCM:
        if version not in self.keys:
            raise KeyMissing
        return self._ciphers.setdefault(version, AESGCM(self.keys[version]))

    def seal(self, text: str) -> bytes:
        """Return one version byte, the nonce and the sealed text."""
        nonce = os.urandom(NONCE_BYTES)
        return bytes([self.version]) + nonce + self._cipher(self.version).encrypt(nonce, text.encode(), None)

    def open(self, sealed: bytes) -> str:
        """Return the text, or raise ``KeyMissing`` when its key is not here."""
        nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            return self._cipher(sealed[0]).decrypt(nonce, body, None).decode()
        except InvalidTag as error:
            raise KeyMissing from error

    def blind_index(self, text: str) -> bytes:
        """Return what stands for ``text`` in an index: equal for equal texts, meaningless without the key."""
        return hmac.digest(self.index_key, text.encode(), sha256)[:INDEX_BYTES]

    def signature(self, text: str) -> bytes:
        """Return a full keyed digest of ``text``, for tokens that only this house can make."""
        return hmac.digest(self.index_key, b"token:" + text.encode(), sha256)

    def rotated(self) -> "Keyring":
        """Return the ring with one more sealing key; the index key stays, or every search would break."""
        return Keyring({**self.keys, self.version + 1: secrets.token_bytes(32)}, self.index_key)


def new_keyring() -> Keyring:
    """Return a ring of fresh random keys."""
    return Keyring({1: secrets.token_bytes(32)}, secrets.token_bytes(32))


def load(path: Path) -> Keyring:
    """Read the ring from its file; raise ``KeyMissing`` when there is none."""
    try:
        stored = json.loads(path.read_text("ascii"))
        keys = {int(version): bytes.fromhex(key) for version, key in stored["keys"].items()}
        return Keyring(keys, bytes.fromhex(stored["index"]))
    except (OSError, ValueError, KeyError) as error:
        raise KeyMissing from error


def save(ring: Keyring, path: Path) -> None:
    """Write the ring to a file that only its owner reads, replacing the old one in a single step."""
    keys = {str(version): key.hex() for version, key in ring.keys.items()}
    body = {"keys": keys, "index": ring.index_key.hex()}
    draft = path.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(body, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


_in_use: list[Keyring] = []


def use(ring: Keyring) -> None:
    """Make ``ring`` the one this process seals and opens with."""
    _in_use[:] = [ring]


def current() -> Keyring:
    """Return the ring in use; raise ``KeyMissing`` before one was chosen."""
    if not _in_use:
        raise KeyMissing
    return _in_use[0]


def blind_index(text: str | None) -> bytes | None:
    """Return the blind index of ``text`` under the ring in use; nothing for nothing."""
    return None if text is None else current().blind_index(text)


def tail_index(text: str | None) -> bytes | None:
    """Return the blind index of the last four characters, kept apart from whole numbers of four."""
    return None if text is None else current().blind_index("tail:" + text[-4:])
