"""What stands around the text of every paper of the register, and what the world may read of it."""

from foundation.papers.rules import Seal
from foundation.typesetting import Furniture

DATE_LINE = "日期：　　　　年　　月　　日"
"""The place under a signature where its day is written by hand."""


def furniture(seal: Seal, number: str) -> Furniture:
    """Return head and foot of a sealed paper: its number on every page, what it is worth, its print."""
    return Furniture(
        head_left=number,
        head_right=f"第 {seal.version} 版" if seal.version else "",
        foot_left=seal.copy_line,
        verify_url=seal.verify_url,
        crossed_out=seal.crossed_out,
        watermark=seal.watermark,
    )


def public_name(name: str) -> str:
    """Return a person's name as the public verify page shows it: 王＊＊."""
    return name[:1] + "＊" * (len(name) - 1)
