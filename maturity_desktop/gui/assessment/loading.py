"""Reads one assessment from the services and makes the questionnaire's state of it; runs on the work lane."""

from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.domain.signoff import SignoffState
from maturity_desktop.gui.assessment.state.sheet import SheetState
from maturity_desktop.services import assessments, editions, evidence, signoff
from maturity_desktop.services.context import Workspace


def load_state(workspace: Workspace, assessment_id: AssessmentId) -> SheetState:
    """Return the sheet with its evidence, and with what its edition changed where that is to be confirmed."""
    sheet = assessments.load_sheet(workspace, assessment_id)
    has_moved = any(answer.to_confirm for answer in sheet.answers.values())
    return SheetState(
        edition=sheet.edition,
        assessment=sheet.assessment,
        results=sheet.results,
        answers=sheet.answers,
        overrides=sheet.overrides,
        self_ratings=sheet.self_ratings,
        evidence=evidence.list_evidence(workspace, assessment_id),
        observation_counts=sheet.observation_counts,
        since_move=editions.since_move(workspace, assessment_id) if has_moved else None,
        is_read_only=workspace.is_read_only or signoff.state_of(workspace, assessment_id) is SignoffState.APPROVED,
    )
