"""What a careful lead assessor would ask about before signing."""

from collections.abc import Iterator, Mapping

from maturity_desktop.domain.answers import Answer, AnswerValue
from maturity_desktop.domain.engagement import Assessment
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.results import CoverageFinding, CoverageNote
from maturity_desktop.domain.standard import Criterion, Edition, RatedItem
from maturity_desktop.scoring.items import Answers, base_index, value_of
from maturity_desktop.scoring.rollup import target_rating
from maturity_desktop.scoring.scope import items_in_scope

_NEGATIVE = frozenset({AnswerValue.NOT_COMPLIANT, AnswerValue.PARTIALLY_COMPLIANT})


def coverage(
    edition: Edition, assessment: Assessment, answers: Answers, evidence_counts: Mapping[CriterionId, int]
) -> tuple[CoverageNote, ...]:
    """Return all coverage notes for the items in scope, in the order of the pack; several may name one criterion.

    Args:
        edition: the edition the assessment is pinned to.
        assessment: gives scope and target level.
        answers: criterion → newest answer; missing means not assessed.
        evidence_counts: criterion → number of linked evidence items; missing means none.
    """
    target = target_rating(edition, assessment).level
    return tuple(
        CoverageNote(finding=finding, item_code=item.code, criterion_id=criterion.id)
        for item in items_in_scope(edition, assessment.scope)
        for place, criterion in _numbered(item)
        for finding in (
            *_about_level(value_of(answers, criterion.id), place, base_index(edition), target),
            *_about_order(item, answers, place, criterion),
            *_about_answer(answers.get(criterion.id)),
            *_about_proof(value_of(answers, criterion.id), evidence_counts.get(criterion.id, 0), place, edition),
        )
    )


def _numbered(item: RatedItem) -> Iterator[tuple[int, Criterion]]:
    for place, cell in enumerate(item.cells, 1):
        for criterion in cell.criteria:
            yield place, criterion


def _about_level(value: AnswerValue, place: int, base: int, target: int) -> Iterator[CoverageFinding]:
    if base < place <= target:
        if value is AnswerValue.NOT_ASSESSED:
            yield CoverageFinding.NOT_ASSESSED
        if value is AnswerValue.NOT_APPLICABLE:
            yield CoverageFinding.NOT_APPLICABLE_AT_TARGET


def _about_order(item: RatedItem, answers: Answers, place: int, criterion: Criterion) -> Iterator[CoverageFinding]:
    """A lower point is refused although a higher one is met: one of the two is probably wrong."""
    if value_of(answers, criterion.id) is not AnswerValue.NOT_COMPLIANT:
        return
    higher = (other for cell in item.cells[place:] for other in cell.criteria)
    if any(value_of(answers, other.id) is AnswerValue.COMPLIANT for other in higher):
        yield CoverageFinding.HIGHER_YES_LOWER_NO


def _about_answer(answer: Answer | None) -> Iterator[CoverageFinding]:
    if answer is None:
        return
    if answer.value in _NEGATIVE and not answer.rationale.strip():
        yield CoverageFinding.NEGATIVE_WITHOUT_RATIONALE
    if answer.flagged:
        yield CoverageFinding.FLAGGED
    if answer.to_confirm:
        yield CoverageFinding.TO_CONFIRM


def _about_proof(value: AnswerValue, evidence: int, place: int, edition: Edition) -> Iterator[CoverageFinding]:
    """The base level holds by default, so nobody needs proof of it."""
    if value is AnswerValue.COMPLIANT and evidence == 0 and place > base_index(edition):
        yield CoverageFinding.COMPLIANT_WITHOUT_EVIDENCE
