"""Ratings of single items, as rows of worked examples."""

import pytest

from maturity_desktop.domain.results import ItemRating, ItemState, Obstacle, Rating
from maturity_desktop.domain.standard import Edition, HalfStep, RatedItem
from maturity_desktop.scoring import rate_item
from tests.unit.scoring.scored import MINIMUM, answers_of, make_edition, make_item, override, parse_rating

MINUS, PLUS = HalfStep.MINUS, HalfStep.PLUS


def rate(item: RatedItem, row: str, *, target: int = 3, edition: Edition | None = None) -> ItemRating:
    edition = edition or make_edition({"A": (item,)}, profile=MINIMUM)
    return rate_item(edition, item, answers_of(item, row), Rating(target))


@pytest.mark.parametrize(
    ("cells", "row", "label"),
    [
        pytest.param("1 2 2 2 1", "? ?? ?? ?? ?", "1", id="unanswered item stands on the base level"),
        pytest.param("1 2 2 2 1", "y yy ?? ?? ?", "2", id="all of two"),
        pytest.param("1 2 2 2 1", "? yy y? ?? ?", "3-", id="two in full and part of three"),
        pytest.param("1 2 2 2 1", "? yy pn ?? ?", "3-", id="partially compliant counts as part"),
        pytest.param("1 2 2 2 1", "? yy xn ?? ?", "2", id="not applicable alone is no part"),
        pytest.param("1 2 2 2 1", "? yy xy ?? ?", "3", id="not applicable holds"),
        pytest.param("1 2 2 2 1", "? xx xx xx x", "5", id="everything not applicable holds"),
        pytest.param("1 2 2 2 1", "? yn yy yy y", "2-", id="a gap below stops the climb"),
        pytest.param("1 2 2 2 1", "n yy yy yy y", "1-", id="an explicit no at the base level"),
        pytest.param("1 2 2 2 1", "p yy ?? ?? ?", "1-", id="a partial answer at the base level"),
        pytest.param("1 2 2 2 1", "x yy ?? ?? ?", "2", id="not applicable at the base level holds"),
        pytest.param("1 2 2 2 1", "y yy yy yy y", "5", id="top of the scale"),
        pytest.param("- 1 1 1 =", "y y y", "5", id="same as below holds with the level below"),
        pytest.param("- 1 1 1 =", "y y ?", "3", id="same as below does not hold alone"),
        pytest.param("- 1 2 1 -", "y yy y", "5", id="an empty top cell holds with the level below"),
        pytest.param("- 1 - 1 1", "y ? ?", "3", id="an empty cell in the middle never blocks"),
        pytest.param("- 1 - 1 1", "? ? ?", "1", id="an empty base cell holds"),
        pytest.param("- 1 - 2 1", "y p? ?", "4-", id="part of the level above an empty cell"),
    ],
)
def test_rating_of_an_item(cells: str, row: str, label: str) -> None:
    assert rate(make_item("A-1", cells), row).computed == parse_rating(label)


@pytest.mark.parametrize(
    ("half_steps", "base", "row", "expected"),
    [
        ((), "1", "? yy y? ?? ?", Rating(2)),
        ((PLUS,), "1", "? yy y? ?? ?", Rating(2, PLUS)),
        ((MINUS, PLUS), "1", "? yy y? ?? ?", Rating(3, MINUS)),
        ((), "1", "n ?? ?? ?? ?", Rating(0)),
        ((PLUS,), "1", "n ?? ?? ?? ?", Rating(0)),
        ((MINUS,), "", "? ?? ?? ?? ?", Rating(0)),
        ((MINUS,), "", "p ?? ?? ?? ?", Rating(1, MINUS)),
        ((MINUS,), "2", "? ?? y? ?? ?", Rating(3, MINUS)),
        ((MINUS,), "2", "? n? y? ?? ?", Rating(2, MINUS)),
    ],
)
def test_half_steps_and_base_level_come_from_the_edition(
    half_steps: tuple[HalfStep, ...], base: str, row: str, expected: Rating
) -> None:
    item = make_item("A-1")
    edition = make_edition({"A": (item,)}, half_steps=half_steps, base_level=base)
    assert rate(item, row, edition=edition).computed == expected


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ("? ?? ?? ?? ?", ItemState.NOT_STARTED),
        ("y ?? ?? ?? ?", ItemState.OPEN),
        ("? yy y? ?? ?", ItemState.OPEN),
        ("? yy yy ?? ?", ItemState.SETTLED),
        ("? yn ?? ?? ?", ItemState.SETTLED),
        ("? y? n? ?? ?", ItemState.OPEN),
        ("? yy n? ?? ?", ItemState.OPEN),
        ("? yy np ?? ?", ItemState.SETTLED),
        ("n ?? ?? ?? ?", ItemState.SETTLED),
    ],
)
def test_an_item_is_settled_when_nothing_open_up_to_the_target_can_change_it(row: str, state: ItemState) -> None:
    assert rate(make_item("A-1"), row).state is state


def test_a_higher_target_opens_a_settled_item() -> None:
    assert rate(make_item("A-1"), "? yy yy ?? ?", target=4).state is ItemState.OPEN


def test_an_item_without_criteria_is_settled() -> None:
    assert rate(make_item("A-1", "- - - - -"), "").state is ItemState.SETTLED


def test_an_override_counts_and_the_computed_rating_stays_visible() -> None:
    item = make_item("A-1")
    edition = make_edition({"A": (item,)})
    rated = rate_item(edition, item, answers_of(item, "? yy ?? ?? ?"), Rating(3), override("A-1", Rating(3)))
    assert (rated.computed, rated.effective, rated.override_reason) == (Rating(2), Rating(3), "seen on site")
    assert rated.state is ItemState.SETTLED


def test_blockers_name_what_the_next_full_level_wants() -> None:
    rated = rate(make_item("A-1"), "? yy pn ?? ?", target=4)
    assert [(blocker.criterion_id, blocker.obstacle) for blocker in rated.blockers] == [
        ("A-1-3.1", Obstacle.PARTIALLY_COMPLIANT),
        ("A-1-3.2", Obstacle.NOT_COMPLIANT),
    ]
    assert [blocker.criterion_id for blocker in rated.target_blockers] == ["A-1-3.1", "A-1-3.2", "A-1-4.1", "A-1-4.2"]
    assert {blocker.level for blocker in rated.blockers} == {"3"}


def test_unanswered_criteria_of_the_next_level_block_it() -> None:
    rated = rate(make_item("A-1"), "? ?? ?? ?? ?")
    assert [(blocker.criterion_id, blocker.obstacle) for blocker in rated.blockers] == [
        ("A-1-2.1", Obstacle.NOT_ASSESSED),
        ("A-1-2.2", Obstacle.NOT_ASSESSED),
    ]


def test_an_untouched_item_with_an_empty_cell_has_not_started() -> None:
    assert rate(make_item("A-1", "- 1 1 1 ="), "? ? ?").state is ItemState.NOT_STARTED


def test_nothing_blocks_at_the_top_of_the_scale() -> None:
    assert rate(make_item("A-1"), "y yy yy yy y").blockers == ()


def test_an_unanswered_base_criterion_is_no_blocker_but_a_refused_one_is() -> None:
    item = make_item("A-1", "2 1 1 1 1")
    assert [blocker.criterion_id for blocker in rate(item, "n? y ? ? ?").blockers] == ["A-1-1.1"]
    assert [blocker.criterion_id for blocker in rate(item, "n? y y ? ?").target_blockers] == ["A-1-1.1"]


def test_progress_counts_all_criteria_and_those_needed_for_the_target() -> None:
    progress = rate(make_item("A-1"), "y yn ?? ?? y").progress
    assert (progress.answered, progress.total) == (4, 8)
    assert (progress.needed_answered, progress.needed_total) == (2, 4)
