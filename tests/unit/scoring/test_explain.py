"""Facts behind a level."""

from maturity_desktop.domain.engagement import Scope
from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.results import Rating, Results
from maturity_desktop.domain.standard import Edition, Module
from maturity_desktop.domain.text import Text
from maturity_desktop.scoring import compute_results, explain
from tests.unit.scoring.scored import make_assessment, make_edition, make_item, override, reaching, share

A1, A2, B1 = make_item("A-1"), make_item("A-2"), make_item("B-1")
MODULE = Module(code="ops", name=Text("运维", "Operations"), nodes=(NodeCode("B"), NodeCode("A-2")))
EDITION = make_edition({"A": (A1, A2), "B": (B1,)}, modules=(MODULE,), profile=share("60"))
ANSWERS = {**reaching(A1, 3), **reaching(A2, 2), **reaching(B1, 5)}


def computed(edition: Edition = EDITION) -> Results:
    overrides = {NodeCode("B-1"): override("B-1", Rating(4))}
    return compute_results(edition, make_assessment(edition), ANSWERS, overrides)


def test_the_whole_counts_items_at_the_next_level_and_names_the_lowest() -> None:
    facts = explain(computed(), EDITION, NodeCode(""))
    assert facts is not None
    assert (facts.rating, facts.items, facts.next_level, facts.at_next, facts.wanted_at_next) == (Rating(3), 3, 4, 1, 2)
    assert (facts.lowest, facts.lowest_rating, facts.overridden) == (("A-2",), Rating(2), ("B-1",))


def test_a_node_and_a_module_count_only_their_own_items() -> None:
    node, module = (explain(computed(), EDITION, NodeCode(code)) for code in ("A", "ops"))
    assert node is not None
    assert module is not None
    assert (node.items, module.items) == (2, 2)
    assert module.lowest == ("A-2",)


def test_a_single_item_is_explained_by_its_own_criteria() -> None:
    facts = explain(computed(), EDITION, NodeCode("A-2"))
    assert facts is not None
    assert (facts.rating, facts.items, facts.next_level) == (Rating(2), 1, 3)
    assert [blocker.criterion_id for blocker in facts.blockers] == ["A-2-3.1", "A-2-3.2"]


def test_an_overridden_item_names_no_criteria_to_close() -> None:
    facts = explain(computed(), EDITION, NodeCode("B-1"))
    assert facts is not None
    assert (facts.blockers, facts.overridden, facts.next_level) == ((), ("B-1",), 5)


def test_there_is_no_next_level_at_the_top() -> None:
    results = compute_results(EDITION, make_assessment(EDITION), ANSWERS, {})
    facts = explain(results, EDITION, NodeCode("B"))
    assert facts is not None
    assert facts.next_level == 0


def test_what_is_out_of_scope_has_no_explanation() -> None:
    assessment = make_assessment(EDITION, scope=Scope(nodes=(NodeCode("A"),)))
    results = compute_results(EDITION, assessment, ANSWERS, {})
    assert explain(results, EDITION, NodeCode("B")) is None
    empty = compute_results(EDITION, make_assessment(EDITION, scope=Scope(nodes=(NodeCode("gone"),))), {}, {})
    assert explain(empty, EDITION, NodeCode("")) is None
