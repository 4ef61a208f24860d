"""The shortest path to a level, checked against trying every combination on small trees."""

from itertools import combinations

import pytest

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.ids import CriterionId, NodeCode
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import Edition, RuleProfile
from maturity_desktop.scoring import path_to_target, what_if
from maturity_desktop.scoring.items import Answers
from tests.unit.scoring.scored import (
    AVERAGE,
    GATE,
    MINIMUM,
    answers_of,
    make_assessment,
    make_edition,
    make_item,
    override,
    reaching,
    share,
)

ITEMS = tuple(make_item(f"A-{number}", "1 1 2") for number in range(1, 5))
ROWS = ("? y yy", "? y n?", "? n pn", "? ? yn")


def edition_with(profile: RuleProfile) -> Edition:
    return make_edition({"A": ITEMS}, profile=profile)


def given(rows: tuple[str, ...] = ROWS) -> Answers:
    return {key: one for item, row in zip(ITEMS, rows, strict=True) for key, one in answers_of(item, row).items()}


def fewest(edition: Edition, answers: Answers) -> int:
    """Try all sets of criteria, smallest first."""
    assessment = make_assessment(edition)
    open_ids = [one for one in edition.criterion_by_id if one not in answers or not answers[one].value.holds]
    for count in range(len(open_ids) + 1):
        for chosen in combinations(open_ids, count):
            changes: dict[CriterionId, AnswerValue] = dict.fromkeys(chosen, AnswerValue.COMPLIANT)
            if Rating(3) <= what_if(edition, assessment, answers, {}, changes).overall.rating:
                return count
    raise AssertionError


@pytest.mark.parametrize("profile", [MINIMUM, GATE, share("75"), share("50"), share("75", 0), share("25", 2)])
@pytest.mark.parametrize("rows", [ROWS, ("n n nn", "? y ny", "? y yn", "? n yy"), ("? y yy",) * 4])
def test_the_path_is_the_smallest_set_that_reaches_the_target(profile: RuleProfile, rows: tuple[str, ...]) -> None:
    edition, answers = edition_with(profile), given(rows)
    path = path_to_target(edition, make_assessment(edition), answers, {})
    assert (len(path.steps), path.is_reached, path.is_minimal) == (fewest(edition, answers), True, True)


@pytest.mark.parametrize(
    "rows", [ROWS, ("n n nn", "? y ny", "? y yn", "? n yy"), ("? y ??", "? ? ??", "? y y?", "? y ny")]
)
def test_the_average_path_reaches_the_target_and_says_that_it_is_not_proven_smallest(rows: tuple[str, ...]) -> None:
    edition, answers = edition_with(AVERAGE), given(rows)
    path = path_to_target(edition, make_assessment(edition), answers, {})
    assert path.is_reached
    assert not path.is_minimal
    assert len(path.steps) >= fewest(edition, answers)


def test_the_average_path_climbs_above_the_target_where_that_is_needed() -> None:
    items = (make_item("A-1", "1 1 1 1 1"), make_item("A-2", "1 1 1 1 1"))
    edition = make_edition({"A": items}, profile=AVERAGE)
    answers = {**reaching(items[0], 1), **reaching(items[1], 3)}
    overrides = {NodeCode("A-1"): override("A-1", Rating(1))}
    path = path_to_target(edition, make_assessment(edition), answers, overrides)
    assert (path.is_reached, {step.item_code for step in path.steps}) == (True, {"A-2"})


def test_the_average_path_drops_a_climb_that_turned_out_unneeded() -> None:
    items = (make_item("A-1", "1 1 9"), make_item("A-2", "1 5 5"), make_item("A-3", "1 1 1"))
    edition = make_edition({"A": items}, profile=AVERAGE)
    path = path_to_target(edition, make_assessment(edition, "2"), {}, {})
    assert path.is_reached
    assert {step.item_code for step in path.steps} == {"A-1", "A-3"}


def test_no_steps_when_the_target_is_reached_already() -> None:
    edition = edition_with(MINIMUM)
    path = path_to_target(edition, make_assessment(edition), given(("? y yy",) * 4), {})
    assert (path.steps, path.is_reached, path.is_minimal) == ((), True, True)


def test_another_target_than_the_assessments_own_can_be_asked_for() -> None:
    edition = edition_with(MINIMUM)
    path = path_to_target(edition, make_assessment(edition), given(), {}, Rating(2))
    assert [step.criterion_id for step in path.steps] == ["A-3-2.1", "A-4-2.1"]
    assert path.target == Rating(2)


@pytest.mark.parametrize("profile", [MINIMUM, GATE, share("100", 2), AVERAGE])
def test_an_override_below_the_target_makes_it_unreachable_by_answers(profile: RuleProfile) -> None:
    edition = edition_with(profile)
    overrides = {NodeCode("A-2"): override("A-2", Rating(1))}
    path = path_to_target(edition, make_assessment(edition), given(), overrides)
    assert not path.is_reached
    assert "A-2" not in {step.item_code for step in path.steps}


def test_under_a_share_an_item_overridden_upwards_counts() -> None:
    edition = edition_with(share("50", 2))
    overrides = {NodeCode("A-3"): override("A-3", Rating(3))}
    assert path_to_target(edition, make_assessment(edition), given(), overrides).steps == ()


def test_steps_stand_in_the_order_of_the_pack() -> None:
    edition = edition_with(share("75"))
    steps = [step.criterion_id for step in path_to_target(edition, make_assessment(edition), given(), {}).steps]
    assert steps == [one for one in edition.criterion_by_id if one in steps]
