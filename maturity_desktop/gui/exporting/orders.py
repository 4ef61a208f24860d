"""What an export needs to know, and carrying it out with services; runs on the work lane."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from maturity_desktop.domain.certificate import IssuingBody
from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.domain.text import Language, Text
from maturity_desktop.gui.exporting.state import Kind
from maturity_desktop.services import engagements, exporting, submissions
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.export_requests import Signatory, Sm2Identity
from maturity_desktop.services.exporting import CertificateRequest, Exported, ExportRecord, ExportRequest
from maturity_desktop.services.outcomes import Outcome
from maturity_desktop.services.submissions import Packed, SubmissionRequest
from maturity_desktop.system.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Everything chosen on the page."""

    assessment_id: AssessmentId
    kind: Kind
    target: Path
    languages: tuple[Language, ...]
    identity: Signatory | None
    sm2: Sm2Identity | None
    is_final: bool
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the page shows besides the form."""

    subject: Text
    body: IssuingBody | None
    records: tuple[ExportRecord, ...]


def surroundings(workspace: Workspace, assessment_id: AssessmentId) -> Surroundings:
    """Read what the assessment is about, who issues certificates, and what was exported before."""
    return Surroundings(
        subject=engagements.assessment_card(workspace, assessment_id).system.name,
        body=exporting.issuing_body(workspace),
        records=exporting.list_exports(workspace, assessment_id),
    )


def carry_out(workspace: Workspace, order: Order, progress: Progress) -> Outcome[Exported] | Outcome[Packed]:
    """Write the file. Raises what the services raise."""
    if order.kind is Kind.SUBMISSION and order.identity is not None:
        return submissions.pack(workspace, _submission(order, order.identity), progress)
    if order.kind is Kind.CERTIFICATE:
        outcome = exporting.issue_certificate(workspace, _certificate(order), progress)
        return Outcome(value=outcome.value[1], changes=outcome.changes)
    request = ExportRequest(
        assessment_id=order.assessment_id,
        target=order.target,
        languages=order.languages,
        identity=order.identity,
        is_final=order.is_final,
    )
    if order.kind is Kind.REPORT:
        return exporting.export_report(workspace, request, progress)
    return exporting.export_workbook(workspace, request, progress)


def _certificate(order: Order) -> CertificateRequest:
    return CertificateRequest(
        assessment_id=order.assessment_id,
        target=order.target,
        issued_on=order.today,
        languages=order.languages,
        identity=order.identity,
    )


def _submission(order: Order, identity: Signatory) -> SubmissionRequest:
    return SubmissionRequest(
        assessment_id=order.assessment_id,
        target=order.target,
        identity=identity,
        languages=order.languages,
        sm2=order.sm2,
    )
