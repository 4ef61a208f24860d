"""The frozen picture of one assessment that exports are made from, taken in one read transaction."""

from collections import Counter

from maturity_desktop import __version__
from maturity_desktop.domain.ids import AssessmentId, CriterionId
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.reporting.snapshot import ReportSnapshot
from maturity_desktop.scoring import compute_results, coverage, path_to_target
from maturity_desktop.services.context import Workspace


def take(workspace: Workspace, assessment_id: AssessmentId) -> ReportSnapshot:
    """Return everything a report says about one assessment.

    Raises:
        EnvironmentProblem: WSP-020 the assessment is gone; STO-0xx.
    """
    with workspace.read() as reading:
        assessment = reading.assessments.find(assessment_id)
        if assessment is None:
            raise EnvironmentProblem("WSP-020", what="assessment", id=assessment_id)
        engagement = reading.engagements.find(assessment.engagement_id)
        system = reading.institutions.find_system(assessment.system_id)
        institution = engagement and reading.institutions.find(engagement.institution_id)
        if engagement is None or system is None or institution is None:
            raise EnvironmentProblem("WSP-020", what="engagement", id=assessment.engagement_id)
        edition = workspace.session.editions.get(assessment.edition_digest) or reading.editions.load(
            assessment.edition_digest
        )
        answers = reading.answers.newest(assessment_id)
        overrides = reading.overrides.newest(assessment_id)
        evidence = reading.evidence.all(assessment_id)
        results = compute_results(edition, assessment, answers, overrides)
        entries, head = reading.journal.head()
        links = Counter(
            CriterionId(link.criterion_id)
            for item in evidence
            for link in item.links
            if link.assessment_id == assessment_id
        )
        return ReportSnapshot(
            edition=edition,
            edition_digest=assessment.edition_digest,
            engagement=engagement,
            institution=institution,
            system=system,
            assessment=assessment,
            answers=answers,
            overrides=overrides,
            self_ratings=reading.self_ratings.all(assessment_id),
            evidence=evidence,
            observations=reading.observations.of_assessment(assessment_id),
            claims=reading.claims.of_assessment(assessment_id),
            interviews=reading.interviews.of_engagement(engagement.id),
            results=results,
            path_to_target=path_to_target(edition, assessment, answers, overrides),
            coverage=coverage(edition, assessment, answers, links),
            journal_entries=entries,
            journal_head=head,
            captured_at=workspace.machine.clock.now(),
            captured_by=workspace.actor,
            program_version=__version__,
        )
