"""Levels with their reasons: results, path to the target, what-if, coverage."""

from collections.abc import Mapping

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.ids import AssessmentId, CriterionId
from maturity_desktop.domain.results import CoverageNote, PathToTarget, Results
from maturity_desktop.services.context import Workspace


def compute(workspace: Workspace, assessment_id: AssessmentId) -> Results:
    """Return the results of an assessment by its rule profile."""
    raise NotImplementedError


def path_to_target(workspace: Workspace, assessment_id: AssessmentId, target: str = "") -> PathToTarget:
    """Return the smallest set of criteria to close for the target level (the assessment's own when "")."""
    raise NotImplementedError


def what_if(workspace: Workspace, assessment_id: AssessmentId, changes: Mapping[CriterionId, AnswerValue]) -> Results:
    """Return the results as if these criteria were answered so; nothing is stored."""
    raise NotImplementedError


def coverage(workspace: Workspace, assessment_id: AssessmentId) -> tuple[CoverageNote, ...]:
    """Return what a careful lead assessor would ask about, in order of the pack."""
    raise NotImplementedError
