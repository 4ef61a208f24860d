"""Institutions, systems, engagements with their team, and the assessments they hold."""

from dataclasses import dataclass

from maturity_desktop.domain.engagement import Assessment, Engagement, Interview
from maturity_desktop.domain.ids import AssessmentId, EngagementId, InstitutionId, InterviewId
from maturity_desktop.domain.institution import Institution, System
from maturity_desktop.domain.results import Progress, Rating
from maturity_desktop.domain.text import Text
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentCard:
    """One assessment as lists show it."""

    assessment: Assessment
    system: System
    standard: Text
    edition_id: str
    target_label: str
    result: Rating
    result_label: str
    progress: Progress
    evidence_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementCard:
    """One engagement with its institution and assessments, newest engagement first in lists."""

    engagement: Engagement
    institution: Institution
    assessments: tuple[AssessmentCard, ...]


def list_engagements(workspace: Workspace) -> tuple[EngagementCard, ...]:
    """Return all engagements with their assessments."""
    raise NotImplementedError


def load_engagement(workspace: Workspace, engagement_id: EngagementId) -> EngagementCard:
    """Return one engagement. Raises EnvironmentProblem WSP-020 when it is gone."""
    raise NotImplementedError


def list_institutions(workspace: Workspace) -> tuple[Institution, ...]:
    """Return all institutions by name."""
    raise NotImplementedError


def list_systems(workspace: Workspace, institution_id: InstitutionId) -> tuple[System, ...]:
    """Return the systems of one institution by name."""
    raise NotImplementedError


def save_institution(workspace: Workspace, institution: Institution) -> Outcome[Institution]:
    """Add or change an institution (by id).

    Raises:
        RuleBroken: ENG-001 credit code wrong; ENG-002 no name in any language.
    """
    raise NotImplementedError


def save_system(workspace: Workspace, system: System) -> Outcome[System]:
    """Add or change a system (by id). Raises RuleBroken ENG-002 without a name."""
    raise NotImplementedError


def save_engagement(workspace: Workspace, engagement: Engagement) -> Outcome[Engagement]:
    """Add or change an engagement and its team.

    Raises:
        RuleBroken: ENG-003 ends before it starts; ENG-004 no title.
        Conflict: ENG-009 the engagement was changed meanwhile (version).
    """
    raise NotImplementedError


def save_assessment(workspace: Workspace, assessment: Assessment) -> Outcome[Assessment]:
    """Add or change an assessment; the edition of an existing one never changes.

    The edition must have been pinned with `services.standards.pin` before.

    Raises:
        RuleBroken: ENG-005 edition changed; ENG-006 unknown target level, profile, module or node.
        Conflict: ENG-009.
    """
    raise NotImplementedError


def save_interview(workspace: Workspace, interview: Interview) -> Outcome[Interview]:
    """Add or change an interview record."""
    raise NotImplementedError


def list_interviews(workspace: Workspace, engagement_id: EngagementId) -> tuple[Interview, ...]:
    """Return the interviews of an engagement, oldest first."""
    raise NotImplementedError


def delete_interview(workspace: Workspace, interview_id: InterviewId) -> Outcome[None]:
    """Mark an interview deleted."""
    raise NotImplementedError


def assessment_card(workspace: Workspace, assessment_id: AssessmentId) -> AssessmentCard:
    """Return one assessment as lists show it."""
    raise NotImplementedError
