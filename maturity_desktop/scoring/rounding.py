"""Every rounding of the program's arithmetic, with its name and its reason. Means are exact fractions until here."""

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_TWO_PLACES = Decimal("0.01")


def full_level_of_mean(mean: Fraction) -> int:
    """Return the level a mean reaches: always rounded down, because a level is reached in full or not at all."""
    return math.floor(mean)


def items_needed(share_pct: Decimal, count: int) -> int:
    """Return how many of `count` items make up the share: rounded up, since "at least x %" admits no less."""
    return math.ceil(Fraction(share_pct) * count / 100)


def shown_mean(mean: Fraction) -> Decimal:
    """Return a mean for charts and sentences: two places, half up, as people round by hand."""
    quotient = Decimal(mean.numerator) / Decimal(mean.denominator)
    return quotient.quantize(_TWO_PLACES, rounding=ROUND_HALF_UP)
