"""What the assessors observed, and what the institution says it gained."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maturity_desktop.domain.ids import AssessmentId, ClaimId, CriterionId, ObservationId


class Grade(StrEnum):
    """Weight of an observation."""

    MAJOR_NONCONFORMITY = "major_nonconformity"
    MINOR_NONCONFORMITY = "minor_nonconformity"
    SENSITIVE_POINT = "sensitive_point"
    OPPORTUNITY = "opportunity"
    GOOD_PRACTICE = "good_practice"


class ReworkState(StrEnum):
    """Where the rework of an observation stands."""

    NONE = "none"
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A finding bound to criteria."""

    id: ObservationId
    assessment_id: AssessmentId
    grade: Grade
    text: str
    impact: str = ""
    recommendation: str = ""
    responsible: str = ""
    due_on: date | None = None
    rework: ReworkState = ReworkState.NONE
    criteria: tuple[CriterionId, ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeClaim:
    """What an institution says it gained, kept as claimed: metric, before, after, unit, base and source."""

    id: ClaimId
    assessment_id: AssessmentId
    metric: str
    after: str
    before: str = ""
    unit: str = ""
    base: str = ""
    source: str = ""
    version: int = 1
