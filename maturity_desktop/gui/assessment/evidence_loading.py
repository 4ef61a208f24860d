"""Reads evidence and wanted list of one assessment; runs on the work lane."""

from dataclasses import dataclass

from maturity_desktop.domain.evidence import Evidence
from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.domain.standard import Edition
from maturity_desktop.gui.assessment.state.evidence import Wanted
from maturity_desktop.services import assessments
from maturity_desktop.services import evidence as verbs
from maturity_desktop.services.context import Workspace


@dataclass(frozen=True, kw_only=True)
class EvidenceState:
    """What the evidence screen shows."""

    assessment_id: AssessmentId
    edition: Edition
    evidence: tuple[Evidence, ...]
    wanted: tuple[Wanted, ...]


def load_evidence(workspace: Workspace, assessment_id: AssessmentId) -> EvidenceState:
    """Return the evidence of the whole workspace (unlinked items too) and the wanted list of the assessment."""
    return EvidenceState(
        assessment_id=assessment_id,
        edition=assessments.load_sheet(workspace, assessment_id).edition,
        evidence=verbs.list_evidence(workspace),
        wanted=tuple(
            Wanted(item_code=line.item_code, level=line.level, request=line.request, handed_in=line.handed_in)
            for line in verbs.wanted_list(workspace, assessment_id)
        ),
    )
