"""Exports: snapshot, render, sign, verify, write atomically, record. And the certificate."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from maturity_desktop.domain.certificate import Certificate
from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.services import checkpoints
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.export_requests import (
    CertificateRequest,
    ExportRequest,
    Identity,
    KeptIdentity,
    TokenIdentity,
)
from maturity_desktop.services.issuing import issuing_body, save_issuing_body
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.storage.notes import Note, as_json
from maturity_desktop.system.progress import Progress, silent

if TYPE_CHECKING:  # loads the signing library, which waits for the first export
    from maturity_desktop.services.delivering import Document

__all__ = [
    "CertificateRequest",
    "ExportRecord",
    "ExportRequest",
    "Exported",
    "Identity",
    "KeptIdentity",
    "TokenIdentity",
    "export_report",
    "export_workbook",
    "issue_certificate",
    "issuing_body",
    "list_exports",
    "save_issuing_body",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written, counted again in the written file, and verified.

    Attributes:
        counts: what → (in the file, in the workspace), e.g. criteria → (338, 338); always equal pairs.
        signer: subject of the verified signature, "" when unsigned.
    """

    kind: str
    path: Path
    size_bytes: int
    sha256: str
    content_digest: str
    counts: tuple[tuple[str, int, int], ...]
    pages: int = 0
    signer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRecord:
    """One finished export as the register shows it."""

    kind: str
    file_name: str
    sha256: str
    signer: str
    exported_at: datetime
    exported_by: str
    serial: str = ""


def export_report(workspace: Workspace, request: ExportRequest, progress: Progress = silent) -> Outcome[Exported]:
    """Write the PDF report.

    Raises:
        SigningRefused: SGN-010 … SGN-019. RuleBroken: EXP-004 nothing answered yet.
        VerificationFailed: EXP-001 … EXP-003 the written file does not read back, count or verify.
        EnvironmentProblem: SYS-0xx; the old file is untouched.
    """
    from maturity_desktop.services.documents import report

    return _delivered(workspace, report(workspace, request, progress), request.target)


def export_workbook(workspace: Workspace, request: ExportRequest, progress: Progress = silent) -> Outcome[Exported]:
    """Write the Excel workbook. Raises as `export_report`."""
    from maturity_desktop.services.documents import workbook

    return _delivered(workspace, workbook(workspace, request, progress), request.target)


def issue_certificate(
    workspace: Workspace, request: CertificateRequest, progress: Progress = silent
) -> Outcome[tuple[Certificate, Exported]]:
    """Give the next serial, write the certificate PDF with its QR code, record it.

    The serial is taken first, durably, so that no two papers can ever bear the same one; a serial whose file could
    not be delivered stays unused and the journal shows it.

    Raises:
        RuleBroken: CRT-002 no issuing body; CRT-003 no level reached; CRT-005 the content is not approved.
            Otherwise as `export_report`.
    """
    from maturity_desktop.services.documents import certificate_facts, certificate_pdf

    facts = certificate_facts(workspace, request)
    with workspace.begin() as work:
        number = work.certificates.next_number(request.issued_on.year)
        certificate = facts.certificate(number)
        work.certificates.add(certificate, number)
        work.note(Note(event="certificate.issued", subject=certificate.serial, new=as_json(certificate)))
    outcome = _delivered(workspace, certificate_pdf(workspace, facts, certificate, progress), request.target)
    return Outcome(value=(certificate, outcome.value), changes=outcome.changes)


def list_exports(workspace: Workspace, assessment_id: AssessmentId) -> tuple[ExportRecord, ...]:
    """Return finished exports, newest first."""
    with workspace.read() as reading:
        rows = reading.exports.of_assessment(assessment_id)
    return tuple(
        ExportRecord(
            kind=row.kind,
            file_name=row.file_name,
            sha256=row.sha256,
            signer=row.signer,
            exported_at=row.exported_at,
            exported_by=row.exported_by,
            serial=row.serial,
        )
        for row in rows
    )


def _delivered(workspace: Workspace, document: "Document", target: Path) -> Outcome[Exported]:
    from maturity_desktop.services.delivering import record, write

    delivered = write(document, target)
    with workspace.begin() as work:
        record(work, document, target, delivered)
        checkpoints.pin(workspace, work, purpose="export.finished", signer=document.signer)
    exported = Exported(
        kind=document.kind,
        path=target,
        size_bytes=delivered.size_bytes,
        sha256=delivered.sha256,
        content_digest=document.content_digest,
        counts=delivered.counts,
        pages=document.pages,
        signer=delivered.signer,
    )
    changes = Changes(areas=frozenset({Area.EXPORTS}), assessment_id=document.assessment_id)
    return Outcome(value=exported, changes=changes)
