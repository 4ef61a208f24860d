"""Questions a careful lead assessor asks before signing."""

import pytest

from maturity_desktop.domain.answers import Answer
from maturity_desktop.domain.engagement import Scope
from maturity_desktop.domain.ids import CriterionId, NodeCode
from maturity_desktop.domain.results import CoverageFinding
from maturity_desktop.scoring import coverage
from tests.unit.scoring.scored import VALUES, answer, answers_of, make_assessment, make_edition, make_item

ITEM = make_item("A-1", "1 1 1 1 1")
EDITION = make_edition({"A": (ITEM,)})
FINDING = CoverageFinding


def found(
    answers: dict[CriterionId, Answer], evidence: dict[CriterionId, int] | None = None, target: str = "3"
) -> list[tuple[str, str]]:
    notes = coverage(EDITION, make_assessment(EDITION, target), answers, evidence or {})
    return [(note.criterion_id, note.finding) for note in notes]


def with_reason(row: str) -> dict[CriterionId, Answer]:
    return {
        key: answer(key, one.value, rationale="looked at the pipeline") for key, one in answers_of(ITEM, row).items()
    }


EVIDENCE = {criterion.id: 1 for criterion in ITEM.criteria}


def test_nothing_to_ask_when_all_is_answered_with_evidence() -> None:
    assert found(with_reason("y y y ? ?"), EVIDENCE) == []


def test_compliant_without_evidence_is_asked_about_above_the_base_level() -> None:
    assert found(with_reason("y y y ? ?"), {CriterionId("A-1-2.1"): 2}) == [
        ("A-1-3.1", FINDING.COMPLIANT_WITHOUT_EVIDENCE)
    ]


def test_a_higher_yes_over_a_lower_no_is_asked_about_at_the_lower_one() -> None:
    assert (CriterionId("A-1-2.1"), FINDING.HIGHER_YES_LOWER_NO) in found(with_reason("y n n y ?"), EVIDENCE)
    assert FINDING.HIGHER_YES_LOWER_NO not in {one for _, one in found(with_reason("y y n n ?"), EVIDENCE)}


@pytest.mark.parametrize(("target", "is_asked"), [("3", True), ("2", False)])
def test_not_applicable_is_asked_about_up_to_the_target(target: str, is_asked: bool) -> None:
    notes = found(with_reason("y y x ? ?"), EVIDENCE, target)
    assert (("A-1-3.1", FINDING.NOT_APPLICABLE_AT_TARGET) in notes) is is_asked


def test_not_assessed_is_asked_about_above_the_base_level_up_to_the_target() -> None:
    assert found({}, EVIDENCE) == [("A-1-2.1", FINDING.NOT_ASSESSED), ("A-1-3.1", FINDING.NOT_ASSESSED)]


@pytest.mark.parametrize(
    ("letter", "rationale", "is_asked"), [("n", "", True), ("p", "  ", True), ("n", "no log", False), ("y", "", False)]
)
def test_a_negative_answer_wants_a_rationale(letter: str, rationale: str, is_asked: bool) -> None:
    key = CriterionId("A-1-2.1")
    notes = found({key: answer(key, VALUES[letter], rationale=rationale)}, EVIDENCE)
    assert ((key, FINDING.NEGATIVE_WITHOUT_RATIONALE) in notes) is is_asked


def test_a_flag_is_asked_about_even_without_an_answer() -> None:
    key = CriterionId("A-1-5.1")
    assert (key, FINDING.FLAGGED) in found({key: answer(key, VALUES["?"], flagged=True)}, EVIDENCE)


def test_only_items_in_scope_are_looked_at() -> None:
    other = make_item("B-1")
    edition = make_edition({"A": (ITEM,), "B": (other,)})
    assessment = make_assessment(edition, scope=Scope(nodes=(NodeCode("A"),)))
    assert {note.item_code for note in coverage(edition, assessment, {}, {})} == {"A-1"}
