"""QR codes put together from known ones are the codes that the library draws."""

import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.typesetting import qr

ADDRESS = "http://192.168.1.10:8000/verify/"
TOKENS = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=16, max_size=16)


def drawn(text: str) -> list[str]:
    code = segno.make_qr(text, error="m", boost_error=False, mask=2, mode="byte")
    return ["".join("1" if module else "0" for module in row) for row in code.matrix]


@settings(deadline=None)
@given(TOKENS)
def test_every_token_gives_the_code_that_the_library_draws(token: str) -> None:
    assert qr.modules(ADDRESS + token) == drawn(ADDRESS + token)


@settings(deadline=None)
@given(st.text(alphabet=[chr(code) for code in range(32, 127)], min_size=1, max_size=60))
def test_so_does_every_other_ascii_text(text: str) -> None:
    assert qr.modules(text) == drawn(text)


def test_a_text_beyond_ascii_is_drawn_as_well() -> None:
    assert len(qr.modules("核验")) >= 21
