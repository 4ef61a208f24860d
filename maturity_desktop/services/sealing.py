"""The one place that says whether something may still be edited: what an approved assessment states may not.

An assessment that is approved is read-only until it is reopened, and so is everything its report states: the visit,
the system and the institution. Every changing verb asks here first, inside its transaction.
"""

from typing import TYPE_CHECKING

from maturity_desktop.domain.ids import AssessmentId, EngagementId, InstitutionId, SystemId
from maturity_desktop.domain.signoff import SignoffAct
from maturity_desktop.errors import EnvironmentProblem, RuleBroken

if TYPE_CHECKING:
    from datetime import datetime

    from maturity_desktop.storage.signoffs import Sealed
    from maturity_desktop.storage.work import Work


def require_editable(work: "Work", assessment_id: AssessmentId) -> None:
    """Refuse changes to what an assessment says when it may not change.

    Raises:
        EnvironmentProblem: WSP-020 there is no such assessment.
        RuleBroken: SGN-001 it is approved (values name, day).
    """
    if not work.assessments.has(assessment_id):
        raise EnvironmentProblem("WSP-020", what="assessment", id=assessment_id)
    newest = work.signoffs.newest(assessment_id)
    if newest is not None and newest.act is SignoffAct.APPROVE:
        raise _sealed(newest.by, newest.at)


def require_editable_engagement(work: "Work", engagement_id: EngagementId) -> None:
    """Refuse changes to a visit that an approved assessment states. Raises RuleBroken SGN-001."""
    _refuse(work.signoffs.sealed_in_engagement(engagement_id))


def require_editable_system(work: "Work", system_id: SystemId) -> None:
    """Refuse changes to a system that an approved assessment states. Raises RuleBroken SGN-001."""
    _refuse(work.signoffs.sealed_of_system(system_id))


def require_editable_institution(work: "Work", institution_id: InstitutionId) -> None:
    """Refuse changes to an institution that an approved assessment states. Raises RuleBroken SGN-001."""
    _refuse(work.signoffs.sealed_of_institution(institution_id))


def _refuse(sealed: "Sealed | None") -> None:
    if sealed is not None:
        raise _sealed(sealed.by, sealed.at)


def _sealed(by: str, at: "datetime") -> RuleBroken:
    return RuleBroken("SGN-001", name=by, day=at.astimezone().date().isoformat())
