"""The roof: it builds the application out of both wings and contains no rule of either."""

from app.factory import create_app

__all__ = ["create_app"]
