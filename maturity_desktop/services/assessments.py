"""Walking the questionnaire: load the sheet, record answers, undo, override, search."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from maturity_desktop.domain.answers import (
    Answer,
    AnswerValue,
    Override,
    SelfRating,
    check_answer,
    offered_choice,
    value_of_choice,
)
from maturity_desktop.domain.canonical import ABSENT, Absent
from maturity_desktop.domain.engagement import Assessment, Engagement
from maturity_desktop.domain.ids import AssessmentId, CriterionId, NodeCode
from maturity_desktop.domain.institution import Institution, System
from maturity_desktop.domain.results import Rating, Results
from maturity_desktop.domain.standard import Edition, HalfStep
from maturity_desktop.errors import RuleBroken
from maturity_desktop.services import searching, states, steps
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.engagements import found
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.services.sealing import require_editable
from maturity_desktop.services.session import AssessmentState, Step
from maturity_desktop.services.steps import AnswersRecorded
from maturity_desktop.storage.notes import Note, as_json

if TYPE_CHECKING:
    from maturity_desktop.storage.work import Work

__all__ = [
    "AnswerRequest",
    "AnswersRecorded",
    "Find",
    "Sheet",
    "history",
    "load_sheet",
    "override_rating",
    "record_answers",
    "redo_last",
    "save_self_rating",
    "search",
    "undo_last",
]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything the questionnaire screen shows at first.

    Attributes:
        answers: criterion → newest answer; missing means never answered.
        evidence_counts: criterion → number of linked evidence items; missing means none.
        observation_counts: criterion → number of observations bound to it.
        results: computed for the scope; items out of scope are missing from it.
    """

    edition: Edition
    engagement: Engagement
    institution: Institution
    system: System
    assessment: Assessment
    answers: Mapping[CriterionId, Answer]
    overrides: Mapping[NodeCode, Override]
    self_ratings: Mapping[NodeCode, SelfRating]
    evidence_counts: Mapping[CriterionId, int]
    observation_counts: Mapping[CriterionId, int]
    results: Results


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRequest:
    """A wish to answer one criterion; None leaves that part as it is.

    A value or choice, even the one that is there, confirms an answer that was carried over from another edition.

    Attributes:
        choice: code of the choice made among those the model's owner offers; the value follows from its credit.
    """

    criterion_id: CriterionId
    value: AnswerValue | None = None
    choice: str | None = None
    rationale: str | None = None
    flagged: bool | None = None


class Find(StrEnum):
    """Filters of the questionnaire; several are combined with AND."""

    UNANSWERED = "unanswered"
    FLAGGED = "flagged"
    BLOCKING_TARGET = "blocking_target"
    WITHOUT_EVIDENCE = "without_evidence"
    WITH_RATIONALE = "with_rationale"
    WITH_OBSERVATION = "with_observation"


def load_sheet(workspace: Workspace, assessment_id: AssessmentId) -> Sheet:
    """Return the whole questionnaire with its answers and results. Raises EnvironmentProblem WSP-020."""
    with workspace.read() as reading:
        state = states.current(workspace, reading, assessment_id)
        assessment = state.assessment
        engagement = found(reading.engagements.find(assessment.engagement_id), "engagement", assessment.engagement_id)
        institution = reading.institutions.find(engagement.institution_id)
        system = reading.institutions.find_system(assessment.system_id)
        return Sheet(
            edition=state.edition,
            engagement=engagement,
            institution=found(institution, "institution", engagement.institution_id),
            system=found(system, "system", assessment.system_id),
            assessment=assessment,
            answers=state.answers,
            overrides=state.overrides,
            self_ratings=reading.self_ratings.all(assessment_id),
            evidence_counts=reading.evidence_overview.counts(assessment_id),
            observation_counts=reading.observations.counts(assessment_id),
            results=state.results,
        )


def record_answers(
    workspace: Workspace, assessment_id: AssessmentId, requests: tuple[AnswerRequest, ...], *, reason: str = ""
) -> Outcome[AnswersRecorded]:
    """Append new revisions for one or more criteria in one durable transaction.

    Raises:
        RuleBroken: ANS-001 not applicable without a reason; ANS-002 too long; ANS-003 unknown criterion;
            ANS-004 out of scope; ANS-007 no choice of the criterion; SGN-001 the assessment is approved and read-only.
        EnvironmentProblem: STO-0xx when it could not be saved; nothing is changed then.
    """
    with workspace.begin() as work:
        require_editable(work, assessment_id)
        before = states.current(workspace, work, assessment_id)
        wanted = _wanted(before, requests, work)
        step = Step(answers=tuple((before.answers.get(each.criterion_id), each) for each in wanted))
        return steps.take(workspace, work, before, step, reason=reason)


def undo_last(workspace: Workspace, assessment_id: AssessmentId) -> Outcome[AnswersRecorded] | None:
    """Take back the newest not yet undone change of this session by appending its old values; None if there is none."""
    return steps.undo(workspace, assessment_id)


def redo_last(workspace: Workspace, assessment_id: AssessmentId) -> Outcome[AnswersRecorded] | None:
    """Do again what was undone last; None if there is nothing."""
    return steps.redo(workspace, assessment_id)


def history(workspace: Workspace, assessment_id: AssessmentId, criterion_id: CriterionId) -> tuple[Answer, ...]:
    """Return all revisions of one answer, oldest first."""
    with workspace.read() as reading:
        return reading.answers.history(assessment_id, criterion_id)


def override_rating(
    workspace: Workspace, assessment_id: AssessmentId, item_code: NodeCode, rating: Rating | None, reason: str
) -> Outcome[AnswersRecorded]:
    """Set the assessor's own rating of an item, or take it away with None.

    Raises:
        RuleBroken: ANS-005 no reason; ANS-006 not a rating of this scale; ANS-004 out of scope.
    """
    if not reason.strip():
        raise RuleBroken("ANS-005")
    with workspace.begin() as work:
        require_editable(work, assessment_id)
        before = states.current(workspace, work, assessment_id)
        _require_rating(before, item_code, rating)
        wanted = None
        if rating is not None:
            wanted = Override(item_code=item_code, rating=rating, reason=reason, by=work.author.name, at=work.now)
        step = Step(overrides=((item_code, before.overrides.get(item_code), wanted),))
        return steps.take(workspace, work, before, step, reason=reason)


def save_self_rating(workspace: Workspace, assessment_id: AssessmentId, self_rating: SelfRating) -> Outcome[SelfRating]:
    """Keep the institution's own rating of an item. Raises RuleBroken ANS-004 out of scope; ANS-006."""
    with workspace.begin() as work:
        require_editable(work, assessment_id)
        state = states.current(workspace, work, assessment_id)
        _require_rating(state, self_rating.item_code, self_rating.rating)
        old = work.self_ratings.all(assessment_id).get(self_rating.item_code)
        work.self_ratings.save(assessment_id, self_rating)
        subject = f"{assessment_id}/{self_rating.item_code}"
        work.note(Note(event="self_rating.saved", subject=subject, old=as_json(old), new=as_json(self_rating)))
    return Outcome(value=self_rating, changes=Changes(areas=frozenset({Area.ANSWERS}), assessment_id=assessment_id))


def search(workspace: Workspace, assessment_id: AssessmentId, text: str, limit: int = 200) -> tuple[CriterionId, ...]:
    """Find criteria whose code, text (both languages), note, rationale, item name, or evidence contains `text`.

    Case-insensitive; several words separated by blanks must all occur; two-character Chinese works; order of the pack.
    """
    words = tuple(dict.fromkeys(text.casefold().split()))
    if not words:
        return ()
    with workspace.read() as reading:
        state = states.current(workspace, reading, assessment_id)
        in_evidence = {word: reading.evidence_overview.with_text_like(assessment_id, word) for word in words}
    return searching.find(workspace.session, state, in_evidence, limit)


def _wanted(state: AssessmentState, requests: Iterable[AnswerRequest], work: "Work") -> tuple[Answer, ...]:
    """Several wishes for one criterion become one revision; a wish that changes nothing becomes none."""
    drafts: dict[CriterionId, Answer] = {}
    for request in requests:
        _require_in_scope(state, request.criterion_id)
        now = drafts.get(request.criterion_id) or state.answers.get(request.criterion_id)
        value, choice = _judged(state.edition, request, now)
        drafts[request.criterion_id] = Answer(
            criterion_id=request.criterion_id,
            value=value,
            choice=choice,
            rationale=_else(request.rationale, now.rationale if now else ""),
            flagged=_else(request.flagged, now.flagged if now else False),
            by=work.author.name,
            at=work.now,
            to_confirm=now.to_confirm if now and request.value is None and request.choice is None else ABSENT,
        )
    for draft in drafts.values():
        check_answer(draft.value, draft.rationale)
    return tuple(draft for draft in drafts.values() if _says(draft) != _says(state.answers.get(draft.criterion_id)))


def _judged(edition: Edition, request: AnswerRequest, now: Answer | None) -> tuple[AnswerValue, str | Absent]:
    """Return value and choice together: a choice settles the value, another value ends a choice."""
    if request.choice is not None:
        choice = offered_choice(edition, request.criterion_id, request.choice)
        return value_of_choice(choice), choice.code
    if now is None:
        return _else(request.value, AnswerValue.NOT_ASSESSED), ABSENT
    if request.value is None or request.value is now.value:
        return now.value, now.choice
    return request.value, ABSENT


def _else(wish: _T | None, present: _T) -> _T:
    return present if wish is None else wish


def _says(answer: Answer | None) -> tuple[AnswerValue, str, str, bool, bool]:
    if answer is None:
        return AnswerValue.NOT_ASSESSED, "", "", False, False
    return answer.value, answer.choice or "", answer.rationale, answer.flagged, bool(answer.to_confirm)


def _require_in_scope(state: AssessmentState, criterion_id: CriterionId) -> None:
    item = state.edition.item_of_criterion.get(criterion_id)
    if item is None:
        raise RuleBroken("ANS-003", criterion=criterion_id)
    if item.code not in state.results.items:
        raise RuleBroken("ANS-004", place=criterion_id)


def _require_rating(state: AssessmentState, item_code: NodeCode, rating: Rating | None) -> None:
    if item_code not in state.results.items:
        raise RuleBroken("ANS-004", place=item_code)
    if rating is None:
        return
    is_on_scale = 0 <= rating.level <= len(state.edition.levels)
    if not is_on_scale or rating.half not in (HalfStep.FULL, *state.edition.half_steps):
        raise RuleBroken("ANS-006", rating=rating.label(state.edition.levels))
