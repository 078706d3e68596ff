"""Lines, boxes and ticks as PDF operators; lengths are points, y grows upwards."""

POINTS_PER_MM = 72 / 25.4
GREY = "0.45 g 0.45 G"
PALE_GREY = "0.87 g 0.87 G"
RED = "0.85 0.1 0.1 rg 0.85 0.1 0.1 RG"
PALE_RED = "0.97 0.78 0.78 rg 0.97 0.78 0.78 RG"
_BOX_LINE = 0.06  # in type sizes
_DESCENT = 0.12  # how far a character reaches below the baseline, in type sizes


def mm(length: float) -> float:
    """Millimetres in points."""
    return length * POINTS_PER_MM


def line(x1: float, y1: float, x2: float, y2: float, weight: float = 0.5) -> str:
    """A straight line."""
    return f"{weight:g} w {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S"


def check_box(x: float, y: float, size: float, *, ticked: bool) -> str:
    """A drawn check box that stands on the text line like a character; no face has one."""
    side = size * 0.78
    left, bottom = x + size * 0.11, y - size * 0.05
    box = f"{size * _BOX_LINE:.2f} w {left:.2f} {bottom:.2f} {side:.2f} {side:.2f} re S"
    if not ticked:
        return box
    return (
        f"{box} {size * _BOX_LINE * 1.6:.2f} w {left + side * 0.18:.2f} {bottom + side * 0.52:.2f} m "
        f"{left + side * 0.42:.2f} {bottom + side * 0.22:.2f} l "
        f"{left + side * 0.84:.2f} {bottom + side * 0.8:.2f} l S"
    )


def underline(x1: float, x2: float, y: float, size: float) -> str:
    """A rule below text whose baseline is at ``y``."""
    return line(x1, y - size * (_DESCENT + 0.03), x2, y - size * (_DESCENT + 0.03), 0.5)


def at(x: float, y: float, operators: str) -> str:
    """The operators moved so that their origin lies at (x, y)."""
    return f"q 1 0 0 1 {x:.2f} {y:.2f} cm\n{operators}\nQ"
