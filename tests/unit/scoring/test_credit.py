"""Partial credit: answer sets earn parts of a level, and means are taken over children of nodes, exactly."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from maturity_desktop.domain.answers import Answer, AnswerValue, value_of_choice
from maturity_desktop.domain.canonical import ABSENT
from maturity_desktop.domain.ids import CriterionId, NodeCode
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import (
    AnswerSet,
    AverageOver,
    Choice,
    Edition,
    Method,
    Node,
    RatedItem,
    RuleProfile,
)
from maturity_desktop.domain.text import Text
from maturity_desktop.scoring import compute_results, path_to_target, update_results
from tests.unit.scoring.scored import AT, make_assessment, make_edition, make_item, override

QUARTERS = AnswerSet(
    code="Q",
    choices=tuple(
        Choice(code=str(place), text=Text("答", "answer"), credit=Decimal(credit))
        for place, credit in enumerate(("0", "0.25", "0.5", "1"))
    ),
)
BY_NODE = RuleProfile(
    id="samm", method=Method.AVERAGE, name=Text("均", "Mean"), over=AverageOver.NODE, partial_credit=Decimal("0.5")
)


def with_choices(item: RatedItem) -> RatedItem:
    cells = tuple(
        replace(cell, criteria=tuple(replace(one, answer_set="Q") for one in cell.criteria)) for cell in item.cells
    )
    return replace(item, cells=cells)


def samm(*, profile: RuleProfile = BY_NODE) -> Edition:
    """Two functions: F with practices P1 (two streams) and P2 (one stream), G with one practice."""
    streams = {code: with_choices(make_item(code, "1 1 1")) for code in ("P1-A", "P1-B", "P2-A", "P3-A")}
    flat = make_edition({"F": tuple(streams.values())}, profile=profile, half_steps=(), base_level="")

    def practice(code: str, *items: str) -> Node:
        return Node(code=NodeCode(code), name=Text(code, code), items=tuple(streams[item] for item in items))

    nodes = (
        Node(code=NodeCode("F"), name=Text("F", "F"), nodes=(practice("P1", "P1-A", "P1-B"), practice("P2", "P2-A"))),
        Node(code=NodeCode("G"), name=Text("G", "G"), nodes=(practice("P3", "P3-A"),)),
    )
    return replace(flat, nodes=nodes, answer_sets=(QUARTERS,), profiles=(profile,))


def chosen(edition: Edition, **rows: str) -> dict[CriterionId, Answer]:
    """``P1_A="310"`` chooses the answers 3, 1 and 0 on levels 1 to 3."""
    answers = {}
    for name, row in rows.items():
        item = edition.item_by_code[NodeCode(name.replace("_", "-"))]
        for criterion, code in zip(item.criteria, row, strict=True):
            choice = QUARTERS.choice(code)
            assert choice is not None
            answers[criterion.id] = Answer(
                criterion_id=criterion.id, value=value_of_choice(choice), by="Li", at=AT, choice=code
            )
    return answers


def test_a_model_with_answer_sets_scores_as_its_owner_does() -> None:
    edition = samm()
    answers = chosen(edition, P1_A="310", P1_B="321", P2_A="332", P3_A="222")
    results = compute_results(edition, make_assessment(edition), answers, {})
    assert results.items[NodeCode("P1-A")].position == Fraction("1.25")  # 1 + 0.25 + 0
    assert results.items[NodeCode("P1-B")].position == Fraction("1.75")  # 1 + 0.5 + 0.25
    assert results.nodes[NodeCode("P1")].average == Decimal("1.50")
    assert results.nodes[NodeCode("P2")].average == Decimal("2.50")
    assert results.nodes[NodeCode("F")].average == Decimal("2.00")  # practices alike, not streams
    assert results.nodes[NodeCode("G")].average == Decimal("1.50")
    assert results.overall.average == Decimal("1.75")
    assert results.overall.rating == Rating(1)
    assert results.nodes[NodeCode("F")].rating == Rating(2)


def test_without_a_choice_the_rule_says_what_a_part_is_worth() -> None:
    edition = make_edition({"A": (make_item("A-1", "2 1"),)}, profile=BY_NODE, base_level="")
    given = {"A-1-1.1": "partially_compliant", "A-1-1.2": "compliant", "A-1-2.1": "not_compliant"}
    answers = {
        CriterionId(code): Answer(criterion_id=CriterionId(code), value=AnswerValue(value), by="", at=AT)
        for code, value in given.items()
    }
    results = compute_results(edition, make_assessment(edition), answers, {})
    assert results.items[NodeCode("A-1")].position == Fraction("0.75")
    plain = replace(BY_NODE, partial_credit=Decimal("0.2"))
    other = replace(edition, profiles=(plain,))
    assert compute_results(other, make_assessment(other), answers, {}).items[NodeCode("A-1")].position == Fraction(
        "0.6"
    )


def test_what_is_not_applicable_is_left_out_and_empty_levels_do_not_count() -> None:
    edition = make_edition({"A": (make_item("A-1", "- 2 ="),)}, profile=BY_NODE, base_level="")
    first, second = edition.items[0].criteria
    answers = {
        first.id: Answer(criterion_id=first.id, value=AnswerValue.NOT_APPLICABLE, rationale="x", by="", at=AT),
        second.id: Answer(criterion_id=second.id, value=AnswerValue.PARTIALLY_COMPLIANT, by="", at=AT),
    }
    results = compute_results(edition, make_assessment(edition), answers, {})
    assert results.items[NodeCode("A-1")].position == Fraction("1.5")  # half of a scale of three


def test_a_third_written_with_six_places_is_a_third() -> None:
    thirds = AnswerSet(code="Q", choices=(Choice(code="1", text=Text("一", "one"), credit=Decimal("0.333333")),))
    edition = replace(samm(), answer_sets=(thirds,))
    answers = {
        criterion.id: Answer(criterion_id=criterion.id, value=AnswerValue.PARTIALLY_COMPLIANT, by="", at=AT, choice="1")
        for criterion in edition.criterion_by_id.values()
    }
    assert compute_results(edition, make_assessment(edition), answers, {}).overall.rating == Rating(1)


def test_an_override_counts_instead_of_what_was_earned() -> None:
    edition = samm()
    answers = chosen(edition, P1_A="333")
    results = compute_results(
        edition, make_assessment(edition), answers, {NodeCode("P1-A"): override("P1-A", Rating(1))}
    )
    assert results.items[NodeCode("P1-A")].position == 1


def test_credit_is_kept_up_to_date_where_touched() -> None:
    edition = samm()
    assessment = make_assessment(edition)
    before = compute_results(edition, assessment, {}, {})
    answers = chosen(edition, P2_A="312")
    again = update_results(before, edition, assessment, answers, {}, [NodeCode("P2-A")])
    assert again == compute_results(edition, assessment, answers, {})


def test_the_path_to_a_target_reaches_it() -> None:
    edition = samm()
    assessment = make_assessment(edition, "2")
    answers = chosen(edition, P1_A="222", P1_B="222", P2_A="222", P3_A="222")
    path = path_to_target(edition, assessment, answers, {})
    assert path.is_reached
    assert path.steps


def test_without_credit_nothing_is_earned() -> None:
    edition = samm(profile=replace(BY_NODE, partial_credit=ABSENT))
    results = compute_results(edition, make_assessment(edition), chosen(edition, P1_A="333"), {})
    assert results.items[NodeCode("P1-A")].earned is ABSENT
    assert results.nodes[NodeCode("P1")].average == Decimal("1.50")


@pytest.mark.parametrize(
    ("credit", "value"), [("1", "compliant"), ("0.25", "partially_compliant"), ("0", "not_compliant")]
)
def test_a_choice_means_one_of_the_five_answers(credit: str, value: str) -> None:
    assert value_of_choice(Choice(code="1", text=Text(), credit=Decimal(credit))) == AnswerValue(value)
