"""Reads observations, claims and interviews of one assessment; runs on the work lane."""

from dataclasses import dataclass

from maturity_desktop.domain.engagement import Interview
from maturity_desktop.domain.findings import Observation, OutcomeClaim
from maturity_desktop.domain.ids import AssessmentId, EngagementId
from maturity_desktop.domain.standard import Edition
from maturity_desktop.services import assessments, engagements, findings
from maturity_desktop.services.context import Workspace


@dataclass(frozen=True, kw_only=True)
class FindingsState:
    """What the findings screen shows."""

    assessment_id: AssessmentId
    engagement_id: EngagementId
    edition: Edition
    observations: tuple[Observation, ...]
    claims: tuple[OutcomeClaim, ...]
    interviews: tuple[Interview, ...]


def load_findings(workspace: Workspace, assessment_id: AssessmentId) -> FindingsState:
    """Return everything the screen shows."""
    sheet = assessments.load_sheet(workspace, assessment_id)
    return FindingsState(
        assessment_id=assessment_id,
        engagement_id=sheet.engagement.id,
        edition=sheet.edition,
        observations=findings.list_observations(workspace, assessment_id),
        claims=findings.list_claims(workspace, assessment_id),
        interviews=engagements.list_interviews(workspace, sheet.engagement.id),
    )
