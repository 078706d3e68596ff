"""What a field of files hands over."""

from io import BytesIO

from flask import Flask

from foundation.web.uploads import sent_files


def test_every_file_comes_with_its_name(stage: Flask) -> None:
    sent = {"scans": [(BytesIO(b"one"), "第一页.png"), (BytesIO(b"two"), "第二页.png")]}
    with stage.test_request_context("/", method="POST", data=sent):
        assert sent_files("scans") == [("第一页.png", b"one"), ("第二页.png", b"two")]


def test_a_field_left_empty_sends_no_file(stage: Flask) -> None:
    with stage.test_request_context("/", method="POST", data={"scans": (BytesIO(b""), "")}):
        assert sent_files("scans") == []
