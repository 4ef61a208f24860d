"""Assessments in work: loading their state once, and keeping the result that lists show."""

from typing import TYPE_CHECKING

from maturity_desktop import scoring
from maturity_desktop.domain.engagement import Assessment
from maturity_desktop.domain.ids import AssessmentId, Digest
from maturity_desktop.domain.standard import Edition
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.session import AssessmentState

if TYPE_CHECKING:
    from maturity_desktop.storage.work import Reading, Work


def edition(workspace: Workspace, reading: "Reading", digest: Digest) -> Edition:
    """Return a pinned edition, decoded once per open workspace. Raises EnvironmentProblem WSP-020 not pinned."""
    known = workspace.session.editions.get(digest)
    if known is None:
        known = workspace.session.editions.setdefault(digest, reading.editions.load(digest))
    return known


def current(workspace: Workspace, reading: "Reading", assessment_id: AssessmentId) -> AssessmentState:
    """Return the newest committed state of an assessment; inside `begin` this is the state to change.

    Raises:
        EnvironmentProblem: WSP-020 there is no such assessment.
    """
    known = workspace.session.states.get(assessment_id)
    if known is not None:
        return known
    commits = workspace.session.commits
    assessment = reading.assessments.find(assessment_id)
    if assessment is None:
        raise EnvironmentProblem("WSP-020", what="assessment", id=assessment_id)
    state = computed(workspace, reading, assessment)
    workspace.session.keep_if_current(state, commits)
    return state


def load(workspace: Workspace, assessment_id: AssessmentId) -> AssessmentState:
    """Return the newest committed state of an assessment. Raises EnvironmentProblem WSP-020."""
    known = workspace.session.states.get(assessment_id)
    if known is not None:
        return known
    with workspace.read() as reading:
        return current(workspace, reading, assessment_id)


def computed(workspace: Workspace, reading: "Reading", assessment: Assessment) -> AssessmentState:
    """Return the state of an assessment with its results computed from what is stored."""
    content = edition(workspace, reading, assessment.edition_digest)
    answers = reading.answers.newest(assessment.id)
    overrides = reading.overrides.newest(assessment.id)
    return AssessmentState(
        edition=content,
        assessment=assessment,
        answers=answers,
        overrides=overrides,
        results=scoring.compute_results(content, assessment, answers, overrides),
    )


def note_standing(work: "Work", state: AssessmentState) -> None:
    """Keep result and progress beside the assessment, so that lists need not compute them."""
    overall = state.results.overall
    work.assessments.note_standing(
        state.assessment.id,
        result=overall.rating,
        label=overall.rating.label(state.edition.levels),
        progress=overall.progress,
    )
