"""Chinese first, English complete behind a switch."""

from flask import Flask, has_request_context, session
from flask_babel import Babel

LANGUAGES = {"zh": "中文", "en": "English"}


def chosen_language() -> str:
    """Return the language of this session, Chinese unless the reader switched."""
    return str(session.get("language", "zh")) if has_request_context() else "zh"


def install(app: Flask) -> None:
    """Attach the translations under ``app/translations``."""
    Babel(app, locale_selector=chosen_language)
