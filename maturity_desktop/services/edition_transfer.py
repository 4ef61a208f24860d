"""What goes over when an assessment moves to a newer edition, worked out before anything is written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from maturity_desktop.domain.answers import Answer, AnswerValue, Override, SelfRating
from maturity_desktop.domain.canonical import ABSENT
from maturity_desktop.domain.evidence import Evidence
from maturity_desktop.domain.ids import CriterionId, EvidenceId, NodeCode
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import Edition, HalfStep
from maturity_desktop.services.edition_changes import CriterionChange, CriterionFate, EditionDifference, compare
from maturity_desktop.services.session import AssessmentState

if TYPE_CHECKING:
    from maturity_desktop.storage.work import Reading


class AnswerFate(StrEnum):
    """What becomes of the answer to a criterion that differs."""

    TO_CONFIRM = "to_confirm"
    LEFT_BEHIND = "left_behind"
    FRESH = "fresh"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Everything that goes over by stable id, and what has no place in the new edition.

    Attributes:
        answers: as they stand in the copy; those whose criterion says something else are marked *to be confirmed*.
        left_behind: answered criteria the new edition does not have.
        overrides_left, self_ratings_left: items the new edition does not have, or cannot rate so.
        links: evidence → criteria it stays linked to.
        profile_changed: the rule profile is not in the new edition; its default one is used.
    """

    difference: EditionDifference
    answers: tuple[Answer, ...]
    left_behind: tuple[CriterionId, ...]
    overrides: tuple[Override, ...]
    overrides_left: tuple[NodeCode, ...]
    self_ratings: tuple[SelfRating, ...]
    self_ratings_left: tuple[NodeCode, ...]
    links: tuple[tuple[EvidenceId, tuple[CriterionId, ...]], ...]
    profile_changed: bool

    @property
    def to_confirm(self) -> tuple[CriterionId, ...]:
        """Criteria whose answer goes over to be confirmed."""
        return tuple(answer.criterion_id for answer in self.answers if answer.to_confirm)

    @property
    def overrides_to_confirm(self) -> tuple[NodeCode, ...]:
        """Items whose override goes over although criteria of the item changed."""
        touched = self.difference.touched_items
        return tuple(override.item_code for override in self.overrides if override.item_code in touched)

    def fate_of(self, change: CriterionChange) -> AnswerFate:
        """Return what becomes of the answer to a criterion that differs; NONE: it had none."""
        if change.fate is CriterionFate.ADDED:
            return AnswerFate.FRESH
        if change.criterion_id in self.left_behind:
            return AnswerFate.LEFT_BEHIND
        return AnswerFate.TO_CONFIRM if change.criterion_id in self.to_confirm else AnswerFate.NONE

    @property
    def evidence_links(self) -> int:
        """How many links between evidence and criteria go over."""
        return sum(len(criteria) for _, criteria in self.links)


def transfer(reading: "Reading", before: AssessmentState, edition: Edition) -> Transfer:
    """Return what goes over from an assessment to another edition of its standard; nothing is written."""
    found = compare(before.edition, edition)
    said = {key: answer for key, answer in before.answers.items() if _says_something(answer)}
    rated = _Rated(before.edition, edition)
    overrides = {code: rated.carried(code, each.rating) for code, each in before.overrides.items()}
    own = reading.self_ratings.all(before.assessment.id)
    self_ratings = {code: rated.carried(code, each.rating) for code, each in own.items()}
    return Transfer(
        difference=found,
        answers=tuple(_answers(said, edition, found.reworded)),
        left_behind=tuple(key for key in said if key not in edition.criterion_by_id),
        overrides=tuple(
            replace(before.overrides[code], rating=rating) for code, rating in overrides.items() if rating is not None
        ),
        overrides_left=tuple(code for code, rating in overrides.items() if rating is None),
        self_ratings=tuple(
            replace(own[code], rating=rating) for code, rating in self_ratings.items() if rating is not None
        ),
        self_ratings_left=tuple(code for code, rating in self_ratings.items() if rating is None),
        links=tuple(_links(before, edition, reading.evidence.all(before.assessment.id))),
        profile_changed=edition.profile(before.assessment.profile_id).id != before.assessment.profile_id,
    )


def _answers(
    said: Mapping[CriterionId, Answer], edition: Edition, reworded: frozenset[CriterionId]
) -> Iterator[Answer]:
    for key, criterion in edition.criterion_by_id.items():
        answer = said.get(key)
        if answer is None:
            continue
        offered = edition.answer_set_of(criterion)
        is_offered = offered is not None and answer.choice and offered.choice(answer.choice) is not None
        yield replace(
            answer,
            revision=1,
            choice=answer.choice if is_offered else ABSENT,
            to_confirm=bool(answer.to_confirm) or key in reworded or ABSENT,
        )


def _says_something(answer: Answer) -> bool:
    return answer.value is not AnswerValue.NOT_ASSESSED or bool(answer.rationale) or answer.flagged


def _links(
    before: AssessmentState, edition: Edition, kept: Iterable[Evidence]
) -> Iterator[tuple[EvidenceId, tuple[CriterionId, ...]]]:
    for evidence in kept:
        criteria = tuple(
            link.criterion_id
            for link in evidence.links
            if link.assessment_id == before.assessment.id and link.criterion_id in edition.criterion_by_id
        )
        if criteria:
            yield evidence.id, criteria


@dataclass(frozen=True, slots=True)
class _Rated:
    """Ratings of one edition on the scale of another."""

    old: Edition
    new: Edition

    def carried(self, code: NodeCode, rating: Rating) -> Rating | None:
        """Return a rating on the new scale by the level's own code; None when item, level or half step is gone."""
        if code not in self.new.item_by_code or rating.half not in (HalfStep.FULL, *self.new.half_steps):
            return None
        if rating.level == 0:
            return rating
        place = self.new.level_index(self.old.levels[rating.level - 1].code)
        return replace(rating, level=place) if place else None
