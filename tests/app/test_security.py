"""What holds on every answer, and whose address counts behind a proxy."""

from pathlib import Path

import pytest
from flask import Flask, request

from app.config import Settings
from app.factory import create_app

FORWARDED = {"X-Forwarded-For": "203.0.113.9"}


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "203.0.113.9")])
def test_the_callers_address_is_taken_from_a_trusted_proxy_only(
    tmp_path: Path, proxies: int, address: str
) -> None:
    app = create_app(Settings(home=tmp_path, proxies=proxies))
    seen: list[str | None] = []
    app.before_request_funcs.setdefault(None, []).insert(0, lambda: seen.append(request.remote_addr))

    app.test_client().get("/static/manifest.json", headers=FORWARDED).close()

    assert seen == [address]


def test_every_page_forbids_frames_foreign_scripts_and_sniffing(tables: Flask) -> None:
    with tables.test_client().get("/static/manifest.json") as answer:
        headers = answer.headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
