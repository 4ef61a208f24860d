"""Results of nodes, modules and the whole; scope; recomputing only what was touched."""

from dataclasses import replace
from decimal import Decimal

import pytest

from maturity_desktop.domain.engagement import Scope
from maturity_desktop.domain.ids import LevelCode, NodeCode
from maturity_desktop.domain.results import ItemState, Rating
from maturity_desktop.domain.standard import Module, RatedItem, RuleProfile
from maturity_desktop.domain.text import Text
from maturity_desktop.scoring import (
    compute_results,
    items_below,
    items_in_scope,
    target_rating,
    update_results,
    what_if,
)
from tests.unit.scoring.scored import (
    AVERAGE,
    MINIMUM,
    VALUES,
    answers_of,
    make_assessment,
    make_edition,
    make_item,
    override,
    parse_rating,
    reaching,
    share,
)

A1, A2, B1 = make_item("A-1"), make_item("A-2"), make_item("B-1")
MODULE = Module(code="ops", name=Text("运维", "Operations"), nodes=(NodeCode("B"), NodeCode("A-2")))
EDITION = make_edition({"A": (A1, A2), "B": (B1,)}, modules=(MODULE,))
ANSWERS = {**reaching(A1, 3), **reaching(A2, 2), **reaching(B1, 4)}


def codes(items: tuple[RatedItem, ...]) -> list[str]:
    return [item.code for item in items]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), ["A-1", "A-2", "B-1"]),
        (Scope(modules=("ops",)), ["A-2", "B-1"]),
        (Scope(nodes=(NodeCode("A"),)), ["A-1", "A-2"]),
        (Scope(nodes=(NodeCode("B-1"), NodeCode("A-1"))), ["A-1", "B-1"]),
        (Scope(modules=("ops",), nodes=(NodeCode("A"),)), ["A-1", "A-2", "B-1"]),
        (Scope(nodes=(NodeCode("gone"),)), []),
    ],
)
def test_scope_is_modules_and_nodes_together_in_pack_order(scope: Scope, expected: list[str]) -> None:
    assert codes(items_in_scope(EDITION, scope)) == expected


def test_items_below_counts_an_item_once() -> None:
    assert codes(items_below(EDITION, [NodeCode("A"), NodeCode("A-1")])) == ["A-1", "A-2"]


def test_nodes_modules_and_whole_follow_the_rule() -> None:
    results = compute_results(EDITION, make_assessment(EDITION), ANSWERS, {})
    assert results.overall.rating == Rating(2)
    assert {code: result.rating for code, result in results.nodes.items()} == {"A": Rating(2), "B": Rating(4)}
    assert results.modules["ops"].rating == Rating(2)
    assert results.target == Rating(3)


def test_out_of_scope_items_nodes_and_modules_are_missing() -> None:
    results = compute_results(EDITION, make_assessment(EDITION, scope=Scope(nodes=(NodeCode("A-1"),))), ANSWERS, {})
    assert list(results.items) == ["A-1"]
    assert list(results.nodes) == ["A"]
    assert not results.modules
    assert results.overall.rating == Rating(3)


def test_an_empty_scope_has_no_level_and_has_not_started() -> None:
    results = compute_results(EDITION, make_assessment(EDITION, scope=Scope(nodes=(NodeCode("gone"),))), ANSWERS, {})
    assert (results.overall.rating, results.overall.state) == (Rating(0), ItemState.NOT_STARTED)


def test_a_result_names_what_blocks_the_next_level() -> None:
    overall = compute_results(EDITION, make_assessment(EDITION), ANSWERS, {}).overall
    assert (overall.deciding, overall.blocking) == (("A-2",), ("A-2",))
    assert [blocker.criterion_id for blocker in overall.blockers] == ["A-2-3.1", "A-2-3.2"]


def test_under_a_share_blockers_reach_over_more_than_one_level() -> None:
    edition = make_edition({"A": (A1, A2), "B": (B1,)}, profile=share("100", 4))
    answers = {**reaching(A1, 3), **reaching(A2, 1), **reaching(B1, 3)}
    overall = compute_results(edition, make_assessment(edition), answers, {}).overall
    assert overall.rating == Rating(1)
    looser = make_edition({"A": (A1, A2), "B": (B1,)}, profile=share("66", 4))
    overall = compute_results(looser, make_assessment(looser), answers, {}).overall
    assert overall.rating == Rating(3)
    assert [blocker.criterion_id for blocker in overall.blockers if blocker.item_code == "A-2"] == [
        "A-2-2.1",
        "A-2-2.2",
        "A-2-3.1",
        "A-2-3.2",
        "A-2-4.1",
        "A-2-4.2",
    ]


def test_an_overridden_item_blocks_without_criteria_to_close() -> None:
    overrides = {NodeCode("A-1"): override("A-1", Rating(1))}
    overall = compute_results(EDITION, make_assessment(EDITION), ANSWERS, overrides).overall
    assert (overall.rating, overall.blocking, overall.blockers) == (Rating(1), ("A-1",), ())


def test_distribution_average_and_progress_cover_all_items() -> None:
    overall = compute_results(EDITION, make_assessment(EDITION), ANSWERS, {}).overall
    assert overall.distribution == ((Rating(2), 1), (Rating(3), 1), (Rating(4), 1))
    assert overall.average == Decimal("3.00")
    assert (overall.progress.answered, overall.progress.total) == (24, 24)
    assert (overall.progress.needed_answered, overall.progress.needed_total) == (12, 12)


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        (("? ?? ?? ?? ?", "? ?? ?? ?? ?"), ItemState.NOT_STARTED),
        (("? yy yy ?? ?", "? yy yy ?? ?"), ItemState.SETTLED),
        (("? yy yy ?? ?", "? ?? ?? ?? ?"), ItemState.OPEN),
    ],
)
def test_a_node_is_settled_when_all_its_items_are(rows: tuple[str, str], state: ItemState) -> None:
    edition = make_edition({"A": (A1, A2)})
    answers = {**answers_of(A1, rows[0]), **answers_of(A2, rows[1])}
    assert compute_results(edition, make_assessment(edition), answers, {}).overall.state is state


@pytest.mark.parametrize(("wanted", "default", "expected"), [("4", "3", 4), ("?", "3", 3), ("?", "?", 5), ("", "", 5)])
def test_the_target_falls_back_to_the_editions_default_then_to_the_top(
    wanted: str, default: str, expected: int
) -> None:
    edition = replace(EDITION, default_target=LevelCode(default))
    assert target_rating(edition, make_assessment(edition, wanted)) == Rating(expected)


@pytest.mark.parametrize("profile", [MINIMUM, AVERAGE, share("60")], ids=["minimum", "average", "share"])
def test_updating_touched_items_equals_computing_everything(profile: RuleProfile) -> None:
    edition = make_edition({"A": (A1, A2), "B": (B1,)}, profile=profile, modules=(MODULE,))
    assessment = make_assessment(edition)
    before = compute_results(edition, assessment, ANSWERS, {})
    answers = {**ANSWERS, **reaching(A2, 4)}
    updated = update_results(before, edition, assessment, answers, {}, [A2.code, NodeCode("gone")])
    assert updated == compute_results(edition, assessment, answers, {})
    assert updated.nodes[NodeCode("B")] is before.nodes[NodeCode("B")]
    assert list(updated.nodes) == list(before.nodes)


def test_an_untouched_module_is_kept() -> None:
    before = compute_results(EDITION, make_assessment(EDITION), ANSWERS, {})
    answers = {**ANSWERS, **reaching(A1, 5)}
    updated = update_results(before, EDITION, make_assessment(EDITION), answers, {}, [A1.code])
    assert updated.modules["ops"] is before.modules["ops"]


def test_another_target_is_noticed_and_everything_computed_again() -> None:
    before = compute_results(EDITION, make_assessment(EDITION), ANSWERS, {})
    assessment = make_assessment(EDITION, "5")
    assert update_results(before, EDITION, assessment, ANSWERS, {}, []) == compute_results(
        EDITION, assessment, ANSWERS, {}
    )


def test_what_if_changes_nothing_but_the_supposed_answers() -> None:
    assessment = make_assessment(EDITION)
    edition_answers = dict(ANSWERS)
    del edition_answers[A2.cells[2].criteria[0].id]
    closed = {criterion.id: VALUES["y"] for criterion in A2.cells[2].criteria}
    assert what_if(EDITION, assessment, edition_answers, {}, closed).overall.rating == Rating(3)
    assert compute_results(EDITION, assessment, edition_answers, {}).overall.rating == parse_rating("2")
