"""The one place that says whether an assessment may still be edited."""

from typing import TYPE_CHECKING

from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.errors import EnvironmentProblem

if TYPE_CHECKING:
    from maturity_desktop.storage.work import Work


def require_editable(work: "Work", assessment_id: AssessmentId) -> None:
    """Refuse changes to what an assessment says when it may not change; every changing verb asks here first.

    Raises:
        EnvironmentProblem: WSP-020 there is no such assessment.
    """
    if not work.assessments.has(assessment_id):
        raise EnvironmentProblem("WSP-020", what="assessment", id=assessment_id)
