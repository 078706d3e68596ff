"""The one rounding of the house: half up, a tie going away from zero, without a float on the way."""

from decimal import Decimal
from fractions import Fraction


def half_up(value: int | Decimal | Fraction, denominator: int = 1) -> int:
    """``value / denominator`` to the nearest whole number, a tie away from zero (2.5 → 3, -2.5 → -3)."""
    exact = Fraction(value) / denominator
    magnitude = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return magnitude if exact >= 0 else -magnitude
