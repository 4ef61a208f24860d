"""The four rule profiles, each with worked examples: item ratings on the left, the level of the whole on the right."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.results import ItemRating, ItemState, Rating
from maturity_desktop.domain.standard import AverageOver, Edition, HalfStep, RuleProfile
from maturity_desktop.scoring import rate_item
from maturity_desktop.scoring.methods import Verdict, judge, mean_position, shares
from maturity_desktop.scoring.rounding import full_level_of_mean, items_needed, shown_mean
from tests.unit.scoring.scored import (
    AVERAGE,
    GATE,
    MINIMUM,
    answers_of,
    make_edition,
    make_item,
    parse_rating,
    share,
)


def rated(words: str) -> tuple[ItemRating, ...]:
    return tuple(
        ItemRating(item_code=NodeCode(f"A-{number}"), computed=parse_rating(word), state=ItemState.SETTLED)
        for number, word in enumerate(words.split(), 1)
    )


def edition_of(count: int, profile: RuleProfile, half_steps: tuple[HalfStep, ...] = (HalfStep.MINUS,)) -> Edition:
    items = tuple(make_item(f"A-{number}", "1 1 1 1 1") for number in range(1, count + 1))
    return make_edition({"A": items}, profile=profile, half_steps=half_steps)


def verdict(profile: RuleProfile, words: str, half_steps: tuple[HalfStep, ...] = (HalfStep.MINUS,)) -> Verdict:
    ratings = rated(words)
    return judge(edition_of(len(ratings), profile, half_steps), profile, ratings, {})


@pytest.mark.parametrize(
    ("words", "level"),
    [("3 3 3", "3"), ("3 2+ 5", "2+"), ("3- 2 4", "2"), ("3- 3 3", "3-"), ("5 5", "5"), ("1- 5 5", "1-")],
)
def test_minimum_takes_the_lowest_item(words: str, level: str) -> None:
    assert verdict(MINIMUM, words).rating == parse_rating(level)


@pytest.mark.parametrize(
    ("pct", "floor", "words", "level"),
    [
        pytest.param("80", 1, "3 3 3 3 2", "3", id="four of five and the fifth on the floor"),
        pytest.param("80", 1, "3 3 3 3 2-", "2", id="the fifth below the floor"),
        pytest.param("80", 1, "3 3 3 2 2", "2", id="three of five are too few"),
        pytest.param("80", 1, "3 3 3 3- 2", "3-", id="counting the half step the share is there"),
        pytest.param("80", 1, "3 3 3 3- 2-", "2", id="a half step does not soften the floor"),
        pytest.param("80", 0, "3 3 3 3 2", "2", id="no step of floor means nobody below"),
        pytest.param("80", 4, "3 3 3 3 1-", "3", id="a deep floor"),
        pytest.param("80", 1, "5 5 5 5 5", "5", id="top of the scale"),
        pytest.param("80", 1, "1- 1- 1- 1- 1-", "1-", id="below the first level"),
        pytest.param("66.7", 1, "3 3 2", "2", id="two of three are less than 66.7 per cent"),
        pytest.param("66.6", 1, "3 3 2", "3", id="two of three are more than 66.6 per cent"),
        pytest.param("100", 1, "3 3 3 3 2", "2", id="all"),
    ],
)
def test_share_with_floor(pct: str, floor: int, words: str, level: str) -> None:
    assert verdict(share(pct, floor), words).rating == parse_rating(level)


@pytest.mark.parametrize(
    ("words", "level"),
    [
        pytest.param("3 3 3", "3", id="exact"),
        pytest.param("3 3 2", "3-", id="2.67 is past the half"),
        pytest.param("3- 2 2 2", "2", id="2.125 is not"),
        pytest.param("3 2", "3-", id="exactly the half"),
        pytest.param("4 2", "3", id="evens out"),
        pytest.param("5 5", "5", id="top"),
        pytest.param("1- 1-", "1-", id="below the first level"),
        pytest.param("3 3 3 3 3 3 2+", "3-", id="just below three is not three"),
    ],
)
def test_average_rounds_down_to_half_steps(words: str, level: str) -> None:
    assert verdict(AVERAGE, words).rating == parse_rating(level)


def test_average_without_half_steps_rounds_down_to_full_levels() -> None:
    assert verdict(AVERAGE, "3 3 2", ()).rating == Rating(2)


def test_average_with_plus_steps_uses_their_position() -> None:
    assert verdict(AVERAGE, "3 2 2 2", (HalfStep.PLUS,)).rating == Rating(2, HalfStep.PLUS)


def test_forty_nine_equal_items_average_to_exactly_their_level() -> None:
    assert verdict(AVERAGE, " ".join(["3"] * 49)).rating == Rating(3)


def test_weights_count_in_the_average() -> None:
    heavy, light = make_item("A-1", "1 1 1 1 1", weight="3"), make_item("A-2", "1 1 1 1 1")
    edition = make_edition({"A": (heavy, light)}, profile=AVERAGE)
    assert mean_position(edition, AVERAGE, rated("4 2")) == Fraction(7, 2)


def test_every_outermost_node_counts_alike_when_the_profile_says_so() -> None:
    profile = replace(AVERAGE, over=AverageOver.SUB_DOMAIN)
    items = {"A": (make_item("A-1", "1 1 1 1 1"), make_item("A-2", "1 1 1 1 1")), "B": (make_item("A-3", "1 1 1 1 1"),)}
    edition = make_edition(items, profile=profile)
    assert mean_position(edition, profile, rated("2 2 4")) == 3
    assert sum(shares(edition, profile, tuple(edition.item_by_code)).values()) == 1


@pytest.mark.parametrize(
    ("rows", "level"),
    [
        pytest.param(("? yy yy ?? ?", "? yy yy ?? ?"), "3", id="all cells up to three"),
        pytest.param(("? yy yy ?? ?", "? yy ?? ?? ?"), "3-", id="part of three anywhere"),
        pytest.param(("? yy ?? ?? ?", "? yy ?? ?? ?"), "2", id="nothing of three"),
        pytest.param(("? yy xx ?? ?", "? yy ?? ?? ?"), "2", id="not applicable alone is no part"),
        pytest.param(("? yy p? ?? ?", "? yy ?? ?? ?"), "3-", id="partially compliant is part"),
        pytest.param(("? yn ?? ?? ?", "? yy yy ?? ?"), "2-", id="one item holds all back"),
        pytest.param(("n ?? ?? ?? ?", "? yy yy ?? ?"), "1-", id="refused at the base level"),
        pytest.param(("y yy yy yy y", "y yy yy yy y"), "5", id="top of the scale"),
    ],
)
def test_gate_opens_level_by_level(rows: tuple[str, str], level: str) -> None:
    items = (make_item("A-1"), make_item("A-2"))
    edition = make_edition({"A": items}, profile=GATE)
    answers = {key: one for item, row in zip(items, rows, strict=True) for key, one in answers_of(item, row).items()}
    ratings = tuple(rate_item(edition, item, answers, Rating(3)) for item in items)
    assert judge(edition, GATE, ratings, answers).rating == parse_rating(level)


def test_gate_knows_no_half_step_when_the_scale_has_none() -> None:
    assert verdict(GATE, "3 2", ()).rating == Rating(2)


@pytest.mark.parametrize(("word", "level"), [("3-", "3-"), ("2", "2"), ("4", "3-")])
def test_gate_counts_an_override_as_part(word: str, level: str) -> None:
    first, second = rated("2 2")
    ratings = (replace(first, override=parse_rating(word)), second)
    assert judge(edition_of(2, GATE), GATE, ratings, {}).rating == parse_rating(level)


@pytest.mark.parametrize(
    ("profile", "words", "deciding", "blocking"),
    [
        pytest.param(MINIMUM, "3 2 2+ 2", {"A-2", "A-4"}, {"A-2": 3, "A-3": 3, "A-4": 3}, id="minimum"),
        pytest.param(GATE, "3 2 3- 2", {"A-2", "A-3", "A-4"}, {"A-2": 3, "A-3": 3, "A-4": 3}, id="gate"),
        pytest.param(AVERAGE, "3 2 2 3", {"A-2", "A-3"}, {"A-2": 3, "A-3": 3}, id="average"),
        pytest.param(share("75"), "3 3 2 2", {"A-3", "A-4"}, {"A-3": 3, "A-4": 3}, id="share is missing"),
        pytest.param(share("75"), "3 3 3 1", {"A-4"}, {"A-4": 2}, id="floor is missing"),
        pytest.param(share("75"), "5 5 5 4", {"A-4"}, {}, id="top under a share"),
        pytest.param(MINIMUM, "5 5 5 5", {"A-1", "A-2", "A-3", "A-4"}, {}, id="top"),
    ],
)
def test_who_decides_and_who_blocks(
    profile: RuleProfile, words: str, deciding: set[str], blocking: dict[str, int]
) -> None:
    found = verdict(profile, words)
    assert set(found.deciding) == deciding
    assert {one.item_code: one.level for one in found.blocking} == blocking


@pytest.mark.parametrize(
    ("pct", "count", "needed"), [("80", 49, 40), ("80", 5, 4), ("100", 49, 49), ("0.1", 10, 1), ("66.7", 3, 3)]
)
def test_a_share_is_rounded_up_to_whole_items(pct: str, count: int, needed: int) -> None:
    assert items_needed(Decimal(pct), count) == needed


def test_means_are_rounded_down_for_levels_and_half_up_for_show() -> None:
    assert full_level_of_mean(Fraction(299, 100)) == 2
    assert shown_mean(Fraction(2665, 1000)) == Decimal("2.67")
    assert shown_mean(Fraction(2, 3)) == Decimal("0.67")
