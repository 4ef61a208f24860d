"""The frozen picture of one assessment that exports are made from, taken in one read transaction."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from maturity_desktop import __version__
from maturity_desktop.domain.evidence import Evidence
from maturity_desktop.domain.ids import AssessmentId, CriterionId
from maturity_desktop.reporting.snapshot import ReportSnapshot
from maturity_desktop.scoring import compute_results, coverage, path_to_target
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.engagements import found

if TYPE_CHECKING:
    from maturity_desktop.storage.work import Reading


def take(workspace: Workspace, assessment_id: AssessmentId) -> ReportSnapshot:
    """Return everything a report says about one assessment.

    Raises:
        EnvironmentProblem: WSP-020 the assessment is gone; STO-0xx.
    """
    with workspace.read() as reading:
        return within(workspace, reading, assessment_id)


def within(workspace: Workspace, reading: "Reading", assessment_id: AssessmentId) -> ReportSnapshot:
    """Return the same out of a transaction that is open already. Raises as `take`."""
    assessment = found(reading.assessments.find(assessment_id), "assessment", assessment_id)
    engagement = found(reading.engagements.find(assessment.engagement_id), "engagement", assessment.engagement_id)
    edition = workspace.session.editions.get(assessment.edition_digest) or reading.editions.load(
        assessment.edition_digest
    )
    answers = reading.answers.newest(assessment_id)
    overrides = reading.overrides.newest(assessment_id)
    evidence = reading.evidence.all(assessment_id)
    entries, head = reading.journal.head()
    return ReportSnapshot(
        edition=edition,
        edition_digest=assessment.edition_digest,
        engagement=engagement,
        institution=found(
            reading.institutions.find(engagement.institution_id), "institution", engagement.institution_id
        ),
        system=found(reading.institutions.find_system(assessment.system_id), "system", assessment.system_id),
        assessment=assessment,
        answers=answers,
        overrides=overrides,
        self_ratings=reading.self_ratings.all(assessment_id),
        evidence=evidence,
        observations=reading.observations.of_assessment(assessment_id),
        claims=reading.claims.of_assessment(assessment_id),
        interviews=reading.interviews.of_engagement(engagement.id),
        results=compute_results(edition, assessment, answers, overrides),
        path_to_target=path_to_target(edition, assessment, answers, overrides),
        coverage=coverage(edition, assessment, answers, _links(evidence, assessment_id)),
        journal_entries=entries,
        journal_head=head,
        captured_at=workspace.machine.clock.now(),
        captured_by=workspace.actor,
        program_version=__version__,
    )


def _links(evidence: Iterable[Evidence], assessment_id: AssessmentId) -> Counter[CriterionId]:
    """Count the evidence items of each criterion."""
    return Counter(link.criterion_id for item in evidence for link in item.links if link.assessment_id == assessment_id)
