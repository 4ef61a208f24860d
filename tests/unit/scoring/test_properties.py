"""What must hold for any tree, any answers and any rule profile."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from maturity_desktop.domain.answers import Answer, AnswerValue
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.results import Rating, Results
from maturity_desktop.domain.standard import AverageOver, Edition, HalfStep
from maturity_desktop.scoring import compute_results, path_to_target, update_results, what_if
from tests.unit.scoring.scored import AVERAGE, GATE, MINIMUM, answer, make_assessment, make_edition, make_item, share

EACH_DOMAIN_ALIKE = replace(AVERAGE, over=AverageOver.SUB_DOMAIN)
PROFILES = st.sampled_from(
    [
        MINIMUM,
        GATE,
        AVERAGE,
        replace(AVERAGE, over=AverageOver.SUB_DOMAIN),
        share("80"),
        share("50", 2),
        share("100", 0),
    ]
)
CELLS = st.tuples(st.sampled_from("-1"), *(st.sampled_from("-=12") for _ in range(3))).map(" ".join)
BETTER = {
    AnswerValue.NOT_COMPLIANT: AnswerValue.PARTIALLY_COMPLIANT,
    AnswerValue.PARTIALLY_COMPLIANT: AnswerValue.COMPLIANT,
    AnswerValue.NOT_APPLICABLE: AnswerValue.COMPLIANT,
    AnswerValue.NOT_ASSESSED: AnswerValue.COMPLIANT,
}


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    shapes = draw(st.lists(st.lists(CELLS, min_size=1, max_size=3), min_size=1, max_size=3))
    tree = {
        f"N{number}": tuple(
            make_item(f"N{number}-{place}", cells, weight=draw(st.sampled_from(["1", "2.5"])))
            for place, cells in enumerate(items, 1)
        )
        for number, items in enumerate(shapes, 1)
    }
    half_steps = draw(st.sampled_from([(HalfStep.MINUS,), (), (HalfStep.PLUS,)]))
    return make_edition(
        tree, profile=draw(PROFILES), half_steps=half_steps, base_level=draw(st.sampled_from(["1", ""]))
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[Edition, dict[CriterionId, Answer]]:
    edition = draw(editions())
    values = st.none() | st.sampled_from(AnswerValue)
    given_values = {key: draw(values) for key in edition.criterion_by_id}
    return edition, {key: answer(key, value) for key, value in given_values.items() if value is not None}


def results_of(edition: Edition, answers: dict[CriterionId, Answer]) -> Results:
    return compute_results(edition, make_assessment(edition), answers, {})


def all_ratings(results: Results) -> dict[str, Rating]:
    ratings = {str(code): node.rating for code, node in (*results.nodes.items(), *results.modules.items())}
    items = {str(code): item.computed for code, item in results.items.items()}
    return {"": results.overall.rating, **ratings, **items}


@settings(deadline=None, max_examples=150)
@given(cases(), st.data())
def test_a_better_answer_never_lowers_anything(case: tuple[Edition, dict[CriterionId, Answer]], data: Any) -> None:
    edition, answers = case
    if not edition.criterion_by_id:
        return
    key = data.draw(st.sampled_from(sorted(edition.criterion_by_id)))
    value = answers[key].value if key in answers else AnswerValue.NOT_ASSESSED
    better = {**answers, key: answer(key, BETTER.get(value, value))}
    before, after = all_ratings(results_of(edition, answers)), all_ratings(results_of(edition, better))
    assert all(before[code] <= after[code] for code in before)


@settings(deadline=None, max_examples=60)
@given(cases(), st.randoms())
def test_the_order_of_answering_does_not_matter(case: tuple[Edition, dict[CriterionId, Answer]], random: Any) -> None:
    edition, answers = case
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    assert results_of(edition, dict(shuffled)) == results_of(edition, answers)


@settings(deadline=None, max_examples=100)
@given(cases(), st.data())
def test_updating_equals_computing(case: tuple[Edition, dict[CriterionId, Answer]], data: Any) -> None:
    edition, answers = case
    assessment = make_assessment(edition)
    before = results_of(edition, answers)
    touched = data.draw(st.sets(st.sampled_from([item.code for item in edition.items])))
    changed = {
        criterion.id: answer(criterion.id, data.draw(st.sampled_from(AnswerValue)))
        for code in touched
        for criterion in edition.item_by_code[code].criteria
    }
    after = {**answers, **changed}
    assert update_results(before, edition, assessment, after, {}, touched) == results_of(edition, after)


@settings(deadline=None, max_examples=150)
@given(cases(), st.sampled_from(["2", "3", "4"]))
def test_closing_the_path_reaches_the_target(case: tuple[Edition, dict[CriterionId, Answer]], target: str) -> None:
    edition, answers = case
    assessment = make_assessment(edition, target)
    path = path_to_target(edition, assessment, answers, {})
    changes = {step.criterion_id: AnswerValue.COMPLIANT for step in path.steps}
    assert path.is_reached
    assert path.target <= what_if(edition, assessment, answers, {}, changes).overall.rating


@settings(deadline=None, max_examples=100)
@given(cases())
def test_closing_all_blockers_of_the_whole_reaches_the_next_level(
    case: tuple[Edition, dict[CriterionId, Answer]],
) -> None:
    edition, answers = case
    before = results_of(edition, answers).overall
    changes = {blocker.criterion_id: AnswerValue.COMPLIANT for blocker in before.blockers}
    after = what_if(edition, make_assessment(edition), answers, {}, changes).overall
    if before.rating.full_level < len(edition.levels):
        assert after.rating.full_level > before.rating.full_level
