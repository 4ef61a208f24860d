"""Searching a questionnaire: over the edition's texts, the rationales and the evidence, in memory."""

from collections.abc import Iterable, Iterator, Mapping

from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.standard import Edition, RatedItem
from maturity_desktop.domain.text import Text
from maturity_desktop.services.session import AssessmentState, SearchText, Session

_BETWEEN = "\n"


def find(
    session: Session, state: AssessmentState, in_evidence: Mapping[str, frozenset[CriterionId]], limit: int
) -> tuple[CriterionId, ...]:
    """Return the criteria in scope that contain every word, in order of the pack.

    Args:
        session: keeps the case-folded texts of editions.
        state: the assessment searched in.
        in_evidence: case-folded word → criteria whose evidence contains it.
        limit: at most so many.
    """
    hits: list[CriterionId] = []
    for each in _texts(session, state):
        if each.item_code not in state.results.items:
            continue
        answer = state.answers.get(each.criterion_id)
        rationale = answer.rationale.casefold() if answer and answer.rationale else ""
        if all(
            word in each.text or word in rationale or each.criterion_id in criteria
            for word, criteria in in_evidence.items()
        ):
            hits.append(each.criterion_id)
            if len(hits) == limit:
                break
    return tuple(hits)


def _texts(session: Session, state: AssessmentState) -> tuple[SearchText, ...]:
    digest = state.assessment.edition_digest
    known = session.search_texts.get(digest)
    return known or session.search_texts.setdefault(digest, tuple(_folded(state.edition)))


def _folded(edition: Edition) -> Iterator[SearchText]:
    for item in edition.items:
        of_item = _BETWEEN.join(_words_of(item))
        for criterion in item.criteria:
            own = _BETWEEN.join((criterion.id, *_both((criterion.text, criterion.note)), of_item))
            yield SearchText(criterion_id=criterion.id, item_code=item.code, text=own.casefold())


def _words_of(item: RatedItem) -> Iterator[str]:
    yield item.code
    yield from _both((item.name, item.scope))
    yield from item.aliases


def _both(texts: Iterable[Text]) -> Iterator[str]:
    for text in texts:
        yield text.zh
        yield text.en
