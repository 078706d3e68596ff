"""Put the house together: settings, keys, database, gate, both wings, refusals."""

from datetime import timedelta
from pathlib import Path

from flask import Flask

from app import errors, languages, schema, security
from app.config import Settings, from_environment
from app.home import views as home
from coop import blueprint as coop
from foundation import blueprint as ground
from foundation.access import gate
from foundation.database.engine import db
from foundation.jobs import queue
from foundation.postings import login
from foundation.secrets import keyring
from foundation.web import pages
from officials import blueprint as officials

ROOT = Path(__file__).resolve().parent.parent
UPLOAD_LIMIT = 64 * 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application for one installation; by default the one of the environment."""
    settings = settings or from_environment()
    settings.home.mkdir(parents=True, exist_ok=True)
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.from_mapping(_configuration(settings))
    app.extensions["settings"] = settings
    db.init_app(app)
    keyring.use(_keyring(app, settings))
    security.install(app)
    languages.install(app)
    login.install(app)
    gate.install(app)
    errors.install(app)
    queue.install(app)
    for blueprint in (home.blueprint, ground.blueprint, ground.desk, coop.blueprint, officials.blueprint):
        app.register_blueprint(blueprint)
    pages.install(app, [*home.MENU, *coop.MENU, *officials.MENU, *ground.MENU])
    return app


def _configuration(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.cookie_key(),
        "SQLALCHEMY_DATABASE_URI": settings.database,
        "FILES": settings.files,
        "PUBLIC_URL": settings.address,
        "FONTS": settings.fonts,
        "MAX_CONTENT_LENGTH": UPLOAD_LIMIT,
        "MAX_FORM_MEMORY_SIZE": 16 * 1024 * 1024,
        "MAX_FORM_PARTS": 60_000,
        "SESSION_COOKIE_NAME": "shecun",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.address.startswith("https://"),
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "BABEL_DEFAULT_LOCALE": "zh",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
        "WTF_CSRF_TIME_LIMIT": None,
        **settings.overrides,
    }


def _keyring(app: Flask, settings: Settings) -> keyring.Keyring:
    """Make keys for a new installation only: over existing rows a new ring would hide the loss of the old."""
    if not settings.keyring_file.exists() and _is_new(app, settings):
        keyring.save(keyring.new_keyring(), settings.keyring_file)
    return keyring.load(settings.keyring_file)


def _is_new(app: Flask, settings: Settings) -> bool:
    if not settings.database_url:
        return not (settings.home / "shecun.db").exists()
    with app.app_context():
        is_empty = schema.is_empty(db.engine)
        db.engine.dispose()
    return is_empty
