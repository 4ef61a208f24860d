"""Results of a stored assessment, and the sentences that explain a level."""

from pathlib import Path

import pytest

from maturity_desktop.domain.answers import AnswerValue, Override
from maturity_desktop.domain.engagement import Scope
from maturity_desktop.domain.ids import AssessmentId, CriterionId, NodeCode
from maturity_desktop.domain.results import CoverageFinding, Rating
from maturity_desktop.domain.standard import HalfStep, Module, RuleProfile
from maturity_desktop.domain.text import Language, Text
from maturity_desktop.errors import EnvironmentProblem, RuleBroken
from maturity_desktop.scoring import compute_results
from maturity_desktop.services import results, workspaces
from tests.factories.sealed_workspace import ASSESSMENT, make_workspace
from tests.unit.scoring.scored import (
    AVERAGE,
    GATE,
    MINIMUM,
    answer,
    answers_of,
    make_assessment,
    make_edition,
    make_item,
    override,
    reaching,
    share,
)

MODULE = Module(code="ops", name=Text("运维", "Operations"), nodes=(NodeCode("B"),))
A1, A2, B1 = make_item("A-1"), make_item("A-2"), make_item("B-1")
ANSWERS = {**reaching(A1, 3), **reaching(A2, 2), **reaching(B1, 4)}


def told(
    profile: RuleProfile, code: str = "", language: Language = "en", overrides: dict[NodeCode, Override] | None = None
) -> str:
    edition = make_edition({"A": (A1, A2), "B": (B1,)}, profile=profile, modules=(MODULE,))
    computed = compute_results(edition, make_assessment(edition), ANSWERS, overrides or {})
    return "\n".join(results.explanation(computed, edition, NodeCode(code), language))


def test_a_stored_assessment_is_computed_explored_and_covered(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    key = CriterionId("CM-VC-BM-1.1")
    with workspace.begin() as work:
        work.answers.append(ASSESSMENT, [answer(key, AnswerValue.COMPLIANT)])
    assert results.compute(workspace, ASSESSMENT).overall.progress.answered == 1
    path = results.path_to_target(workspace, ASSESSMENT)
    assert (len(path.steps), path.is_reached) == (11, True)
    assert len(results.path_to_target(workspace, ASSESSMENT, "1").steps) == 3
    closed = {step.criterion_id: AnswerValue.COMPLIANT for step in path.steps}
    assert results.what_if(workspace, ASSESSMENT, closed).overall.rating == Rating(3)
    assert results.compute(workspace, ASSESSMENT).overall.rating < Rating(1)
    findings = {(note.criterion_id, note.finding) for note in results.coverage(workspace, ASSESSMENT)}
    assert (key, CoverageFinding.COMPLIANT_WITHOUT_EVIDENCE) in findings
    workspaces.close(workspace)


def test_unknown_assessments_and_levels_are_refused(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    with pytest.raises(EnvironmentProblem, match="WSP-020"):
        results.compute(workspace, AssessmentId("gone"))
    with pytest.raises(RuleBroken, match="ANS-006"):
        results.path_to_target(workspace, ASSESSMENT, "9")
    workspaces.close(workspace)


def test_the_lowest_item_is_named_with_what_it_lacks() -> None:
    text = told(MINIMUM)
    assert "The whole: level 2 (Level 2)." in text
    assert "the lowest rated item decides" in text
    assert "2 of 3 rated items reach level 3." in text
    assert "Rated lowest, at 2: 1 item (A-2 A-2)." in text
    assert "To reach level 3, these 2 criteria must hold: A-2-3.1, A-2-3.2." in text


def test_the_same_is_told_in_chinese() -> None:
    text = told(MINIMUM, language="zh")
    assert "总体：2（2级）。" in text
    assert "要达到 3 级，以下 2 个要求点必须满足：A-2-3.1、A-2-3.2。" in text


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (share("60"), "at least 60 % of the rated items (2 of 3)"),
        (share("60"), "Items are lacking for level 4 (missing: 1, below it: 2). Criteria open there (6)"),
        (share("30", 1), "Enough items reach level 4; what lies below the floor keeps it away (items: 1)"),
        (AVERAGE, "the 3 rated items average 3.00"),
        (AVERAGE, "An average of 4 makes level 4; items below it: 2."),
        (GATE, "a level opens only when all criteria of the levels below hold"),
        (GATE, "“3-” means: the level below is reached in full"),
    ],
)
def test_each_rule_explains_itself(profile: RuleProfile, expected: str) -> None:
    assert expected in told(profile)


@pytest.mark.parametrize(("code", "start"), [("A", "A A: level 2"), ("ops", "ops Operations: level 4"), ("B-1", "B-1")])
def test_nodes_modules_and_items_are_explained_too(code: str, start: str) -> None:
    assert told(MINIMUM, code).startswith(start)


def test_a_node_with_one_item_says_so() -> None:
    assert "There is one rated item here" in told(MINIMUM, "B")


def test_the_top_of_the_scale_asks_nothing_further() -> None:
    assert "This is the top of the scale" in told(MINIMUM, "B", overrides={NodeCode("B-1"): override("B-1", Rating(5))})


def test_ratings_set_by_hand_are_named_as_such() -> None:
    text = told(MINIMUM, overrides={NodeCode("A-1"): override("A-1", Rating(1))})
    assert "The rating of 1 item was set by an assessor: A-1 A-1." in text
    assert "Besides, 1 item stays below level 2 by the rating an assessor set: A-1 A-1." in text


def test_long_lists_are_cut() -> None:
    items = tuple(make_item(f"A-{number}", "1 9 9 9 9") for number in range(1, 4))
    edition = make_edition({"A": items})
    computed = compute_results(edition, make_assessment(edition), {}, {})
    text = "\n".join(results.explanation(computed, edition, NodeCode(""), "en"))
    assert "A-2-2.3 and 15 more" in text
    assert "Some criteria are still unanswered" in text
    assert "All 3 rated items are rated 1." in text


def test_below_the_scale_and_plus_steps_have_words() -> None:

    below = make_edition({"A": (A1,)}, base_level="")
    computed = compute_results(below, make_assessment(below), {}, {})
    assert "no level is reached yet" in results.explanation(computed, below, NodeCode(""), "en")[0]
    plus = make_edition({"A": (A1,)}, half_steps=(HalfStep.PLUS,))
    computed = compute_results(plus, make_assessment(plus), answers_of(A1, "? yy y? ?? ?"), {})
    assert "“2+” means: this level is reached in full" in "\n".join(
        results.explanation(computed, plus, NodeCode(""), "en")
    )


def test_what_is_out_of_scope_is_not_explained() -> None:
    edition = make_edition({"A": (A1,), "B": (B1,)})
    computed = compute_results(edition, make_assessment(edition, scope=Scope(nodes=(NodeCode("A"),))), ANSWERS, {})
    assert results.explanation(computed, edition, NodeCode("B"), "en") == ()
