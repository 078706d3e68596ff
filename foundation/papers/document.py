"""What stands around the text of every paper of the register."""

from foundation.papers.rules import Seal
from foundation.typesetting import Furniture


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
