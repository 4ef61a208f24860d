"""The work: an engagement with its team and phase, its assessments, and the interviews held."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from maturity_desktop.domain.ids import (
    AssessmentId,
    CriterionId,
    Digest,
    EngagementId,
    InstitutionId,
    InterviewId,
    LevelCode,
    NodeCode,
    PersonId,
    SystemId,
)


class Phase(StrEnum):
    """The nine phases of an assessment, in order."""

    APPLICATION = "application"
    SELF_ASSESSMENT = "self-assessment"
    MATERIAL_PREPARATION = "material-preparation"
    FIRST_REVIEW = "first-review"
    ON_SITE = "on-site"
    REPORT = "report"
    INSTITUTION_CHECK = "institution-check"
    EXPERT_REVIEW = "expert-review"
    CERTIFICATE = "certificate"


class Role(StrEnum):
    """What a person does in an engagement."""

    LEAD_ASSESSOR = "lead-assessor"
    ASSESSOR = "assessor"
    COORDINATOR = "coordinator"
    INTERVIEWEE = "interviewee"


class HandlingMark(StrEnum):
    """How outputs may be handled; printed on every page."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"


class InterviewMethod(StrEnum):
    """The three on-site methods (人员访谈, 材料审查, 模拟演示)."""

    INTERVIEW = "interview"
    DOCUMENT_REVIEW = "document-review"
    DEMONSTRATION = "demonstration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who takes part: name, role and department only (data minimisation)."""

    id: PersonId
    name: str
    role: Role
    department: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """One visit to one institution."""

    id: EngagementId
    institution_id: InstitutionId
    title: str
    starts_on: date | None = None
    ends_on: date | None = None
    phase: Phase = Phase.ON_SITE
    handling: HandlingMark = HandlingMark.INTERNAL
    is_sample: bool = False
    team: tuple[Person, ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What of the standard is assessed: everything, some modules, or chosen nodes. Empty tuples mean everything."""

    modules: tuple[str, ...] = ()
    nodes: tuple[NodeCode, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the whole standard is in scope."""
        return not self.modules and not self.nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One system rated against one edition, for a scope, towards a target level, by a rule profile."""

    id: AssessmentId
    engagement_id: EngagementId
    system_id: SystemId
    edition_digest: Digest
    target_level: LevelCode
    profile_id: str
    scope: Scope = field(default_factory=Scope)
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """A conversation, review or demonstration, and the criteria it touched."""

    id: InterviewId
    engagement_id: EngagementId
    held_on: date | None
    method: InterviewMethod
    people: tuple[str, ...]
    criteria: tuple[CriterionId, ...] = ()
    notes: str = ""
    version: int = 1
