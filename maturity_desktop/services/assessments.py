"""Walking the questionnaire: load the sheet, record answers, undo, override, search."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from maturity_desktop.domain.answers import Answer, AnswerValue, Override, SelfRating
from maturity_desktop.domain.engagement import Assessment, Engagement
from maturity_desktop.domain.ids import AssessmentId, CriterionId, NodeCode
from maturity_desktop.domain.institution import Institution, System
from maturity_desktop.domain.results import ItemRating, NodeResult, Progress, Rating, Results
from maturity_desktop.domain.standard import Edition
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Outcome


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
    """A wish to answer one criterion; None leaves that part as it is."""

    criterion_id: CriterionId
    value: AnswerValue | None = None
    rationale: str | None = None
    flagged: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersRecorded:
    """What the screen needs after answers were durably saved: no second query.

    Attributes:
        items: new ratings of the touched items.
        nodes: new results of the nodes above them.
        results: the whole, computed anew.
    """

    answers: tuple[Answer, ...]
    items: tuple[ItemRating, ...]
    nodes: tuple[NodeResult, ...]
    overall: NodeResult
    progress: Progress
    results: Results


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
    raise NotImplementedError


def record_answers(
    workspace: Workspace, assessment_id: AssessmentId, requests: tuple[AnswerRequest, ...], *, reason: str = ""
) -> Outcome[AnswersRecorded]:
    """Append new revisions for one or more criteria in one durable transaction.

    Raises:
        RuleBroken: ANS-001 not applicable without a reason; ANS-002 too long; ANS-003 unknown criterion;
            ANS-004 out of scope; SGN-001 the assessment is approved and read-only.
        EnvironmentProblem: STO-0xx when it could not be saved; nothing is changed then.
    """
    raise NotImplementedError


def undo_last(workspace: Workspace, assessment_id: AssessmentId) -> Outcome[AnswersRecorded] | None:
    """Take back the newest not yet undone change of this session by appending its old values; None if there is none."""
    raise NotImplementedError


def redo_last(workspace: Workspace, assessment_id: AssessmentId) -> Outcome[AnswersRecorded] | None:
    """Do again what was undone last; None if there is nothing."""
    raise NotImplementedError


def history(workspace: Workspace, assessment_id: AssessmentId, criterion_id: CriterionId) -> tuple[Answer, ...]:
    """Return all revisions of one answer, oldest first."""
    raise NotImplementedError


def override_rating(
    workspace: Workspace, assessment_id: AssessmentId, item_code: NodeCode, rating: Rating | None, reason: str
) -> Outcome[AnswersRecorded]:
    """Set the assessor's own rating of an item, or take it away with None.

    Raises:
        RuleBroken: ANS-005 no reason; ANS-006 not a rating of this scale.
    """
    raise NotImplementedError


def save_self_rating(workspace: Workspace, assessment_id: AssessmentId, self_rating: SelfRating) -> Outcome[SelfRating]:
    """Keep the institution's own rating of an item."""
    raise NotImplementedError


def search(workspace: Workspace, assessment_id: AssessmentId, text: str, limit: int = 200) -> tuple[CriterionId, ...]:
    """Find criteria whose code, text (both languages), note, rationale, item name, or evidence contains `text`.

    Case-insensitive; several words separated by blanks must all occur; two-character Chinese works; order of the pack.
    """
    raise NotImplementedError
