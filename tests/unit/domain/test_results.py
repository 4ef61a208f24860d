"""Ratings order as assessors read them."""

from decimal import Decimal
from itertools import pairwise

from maturity_desktop.domain.ids import LevelCode
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import HalfStep, Level
from maturity_desktop.domain.text import Text

SCALE = tuple(Level(code=LevelCode(str(code)), name=Text("级", "level"), colour="#000000") for code in range(1, 6))
ASCENDING = (
    Rating(1, HalfStep.MINUS),
    Rating(1),
    Rating(2, HalfStep.MINUS),
    Rating(2),
    Rating(2, HalfStep.PLUS),
    Rating(3, HalfStep.MINUS),
    Rating(3),
)


def test_a_half_step_lies_between_its_neighbours() -> None:
    assert all(lower < higher and lower <= higher for lower, higher in pairwise(ASCENDING))


def test_the_position_on_an_axis_rises_with_the_order() -> None:
    assert [rating.position for rating in ASCENDING] == sorted(rating.position for rating in ASCENDING)
    assert Rating(3, HalfStep.MINUS).position == Decimal("2.5")


def test_minus_reaches_the_level_below_in_full() -> None:
    assert Rating(3, HalfStep.MINUS).full_level == 2
    assert Rating(3).full_level == 3
    assert Rating(2, HalfStep.PLUS).full_level == 2


def test_labels_use_the_scale_of_the_standard() -> None:
    labels = [rating.label(SCALE) for rating in ASCENDING]
    assert labels == ["1-", "1", "2-", "2", "2+", "3-", "3"]
    assert Rating(0).label(SCALE) == "–"
    assert Rating(6).label(SCALE) == "–"
