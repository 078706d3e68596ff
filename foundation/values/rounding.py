"""The one rounding of the house: half up, a tie going away from zero, without a float on the way."""

from decimal import Decimal
from fractions import Fraction


def half_up(value: int | Decimal | Fraction, denominator: int = 1) -> int:
    """``value / denominator`` to the nearest whole number, a tie away from zero (2.5 → 3, -2.5 → -3)."""
    if isinstance(value, int):
        numerator, divisor = (value, denominator) if denominator > 0 else (-value, -denominator)
    else:
        exact = Fraction(value) / denominator
        numerator, divisor = exact.numerator, exact.denominator
    magnitude = (2 * abs(numerator) + divisor) // (2 * divisor)
    return magnitude if numerator >= 0 else -magnitude
