"""Observations and outcome claims."""

from maturity_desktop.domain.findings import Observation, OutcomeClaim
from maturity_desktop.domain.ids import AssessmentId, ClaimId, ObservationId
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Outcome


def list_observations(workspace: Workspace, assessment_id: AssessmentId) -> tuple[Observation, ...]:
    """Return the observations of an assessment, gravest first, then in order of entry."""
    raise NotImplementedError


def save_observation(workspace: Workspace, observation: Observation) -> Outcome[Observation]:
    """Add or change an observation. Raises RuleBroken FND-001 without text; Conflict FND-009."""
    raise NotImplementedError


def delete_observation(workspace: Workspace, observation_id: ObservationId) -> Outcome[None]:
    """Mark an observation deleted."""
    raise NotImplementedError


def list_claims(workspace: Workspace, assessment_id: AssessmentId) -> tuple[OutcomeClaim, ...]:
    """Return the outcome claims in order of entry."""
    raise NotImplementedError


def save_claim(workspace: Workspace, claim: OutcomeClaim) -> Outcome[OutcomeClaim]:
    """Add or change a claim. Raises RuleBroken FND-002 without metric or value; Conflict FND-009."""
    raise NotImplementedError


def delete_claim(workspace: Workspace, claim_id: ClaimId) -> Outcome[None]:
    """Mark a claim deleted."""
    raise NotImplementedError
