"""Where one installation keeps its data and how it is reached, read from the environment once."""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_PORT = 8000


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one installation.

    ``home`` holds the database (unless ``database_url`` names another), keys, files and the job queue;
    ``public_url`` is what a verify QR on paper leads to; ``fonts`` is a folder of the customer's own faces;
    ``proxies`` is how many trusted reverse proxies stand in front, each naming the caller's address.
    """

    home: Path
    database_url: str = ""
    port: int = DEFAULT_PORT
    public_url: str = ""
    fonts: Path | None = None
    proxies: int = 0
    overrides: dict[str, object] = field(default_factory=dict)

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database; by default SQLite in ``home``."""
        return self.database_url or f"sqlite:///{self.home / 'shecun.db'}"

    @property
    def address(self) -> str:
        """The address that people and papers use."""
        return self.public_url or f"http://127.0.0.1:{self.port}"

    @property
    def keyring_file(self) -> Path:
        """Where the keys of the sealed columns lie, outside the database."""
        return self.home / "keyring.json"

    @property
    def files(self) -> Path:
        """Where stored papers, uploads and backups lie."""
        return self.home / "files"

    def cookie_key(self) -> str:
        """Return the key that signs cookies, made on first use and kept in ``home``."""
        file = self.home / "cookie.key"
        if not file.exists():
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as target:
                target.write(secrets.token_hex(32))
        return file.read_text("ascii")


def from_environment() -> Settings:
    """Read ``SHECUN_HOME``, ``_DATABASE``, ``_URL``, ``_FONTS`` and ``_PROXIES``, and ``PORT``."""
    fonts = os.environ.get("SHECUN_FONTS")
    return Settings(
        home=Path(os.environ.get("SHECUN_HOME", "home")).absolute(),
        database_url=os.environ.get("SHECUN_DATABASE", ""),
        port=int(os.environ.get("PORT") or DEFAULT_PORT),
        public_url=os.environ.get("SHECUN_URL", "").rstrip("/"),
        fonts=Path(fonts) if fonts else None,
        proxies=int(os.environ.get("SHECUN_PROXIES", "0")),
    )
