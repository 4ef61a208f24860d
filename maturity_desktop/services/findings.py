"""Observations and outcome claims."""

from maturity_desktop.domain.findings import Observation, OutcomeClaim
from maturity_desktop.domain.ids import AssessmentId, ClaimId, CriterionId, ObservationId
from maturity_desktop.errors import RuleBroken
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.engagements import found
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.services.sealing import require_editable
from maturity_desktop.storage.notes import of_change


def list_observations(workspace: Workspace, assessment_id: AssessmentId) -> tuple[Observation, ...]:
    """Return the observations of an assessment, gravest first, then in order of entry."""
    with workspace.read() as reading:
        return reading.observations.of_assessment(assessment_id)


def save_observation(workspace: Workspace, observation: Observation) -> Outcome[Observation]:
    """Add or change an observation.

    Raises:
        RuleBroken: FND-001 no text; SGN-001 the assessment is approved and read-only.
        Conflict: FND-009 changed meanwhile.
        EnvironmentProblem: WSP-020 the assessment is gone.
    """
    if not observation.text.strip():
        raise RuleBroken("FND-001")
    with workspace.begin() as work:
        require_editable(work, observation.assessment_id)
        old = work.observations.find(observation.id)
        saved = observation
        if old != observation:
            saved = work.observations.save(observation, is_new=old is None)
            work.note(of_change("observation", observation.id, old, saved))
    touched = dict.fromkeys((*(old.criteria if old else ()), *saved.criteria))
    return Outcome(value=saved, changes=_changes(saved.assessment_id, tuple(touched)))


def delete_observation(workspace: Workspace, observation_id: ObservationId) -> Outcome[None]:
    """Mark an observation deleted. Raises EnvironmentProblem WSP-020; RuleBroken SGN-001."""
    with workspace.begin() as work:
        old = found(work.observations.find(observation_id), "observation", observation_id)
        require_editable(work, old.assessment_id)
        work.observations.delete(observation_id, work.now)
        work.note(of_change("observation", observation_id, old, None))
    return Outcome(value=None, changes=_changes(old.assessment_id, old.criteria))


def list_claims(workspace: Workspace, assessment_id: AssessmentId) -> tuple[OutcomeClaim, ...]:
    """Return the outcome claims in order of entry."""
    with workspace.read() as reading:
        return reading.claims.of_assessment(assessment_id)


def save_claim(workspace: Workspace, claim: OutcomeClaim) -> Outcome[OutcomeClaim]:
    """Add or change a claim.

    Raises:
        RuleBroken: FND-002 no metric or no value; SGN-001 the assessment is approved and read-only.
        Conflict: FND-009 changed meanwhile.
        EnvironmentProblem: WSP-020 the assessment is gone.
    """
    if not (claim.metric.strip() and claim.after.strip()):
        raise RuleBroken("FND-002")
    with workspace.begin() as work:
        require_editable(work, claim.assessment_id)
        old = work.claims.find(claim.id)
        saved = claim
        if old != claim:
            saved = work.claims.save(claim, is_new=old is None)
            work.note(of_change("claim", claim.id, old, saved))
    return Outcome(value=saved, changes=_changes(saved.assessment_id))


def delete_claim(workspace: Workspace, claim_id: ClaimId) -> Outcome[None]:
    """Mark a claim deleted. Raises EnvironmentProblem WSP-020; RuleBroken SGN-001."""
    with workspace.begin() as work:
        old = found(work.claims.find(claim_id), "claim", claim_id)
        require_editable(work, old.assessment_id)
        work.claims.delete(claim_id, work.now)
        work.note(of_change("claim", claim_id, old, None))
    return Outcome(value=None, changes=_changes(old.assessment_id))


def _changes(assessment_id: AssessmentId, criteria: tuple[CriterionId, ...] = ()) -> Changes:
    return Changes(areas=frozenset({Area.FINDINGS}), assessment_id=assessment_id, criteria=criteria)
