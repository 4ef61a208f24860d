"""Exports: snapshot, render, sign, verify, write atomically, record. And the certificate."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from maturity_desktop.domain.certificate import Certificate, IssuingBody
from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.domain.text import Language
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Outcome
from maturity_desktop.system.progress import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who signs: a PKCS#12 file and its passphrase (never stored)."""

    pkcs12: Path
    passphrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """A wish for one file.

    Attributes:
        languages: one or both; both gives one bilingual workbook, or a report with both languages.
        identity: None writes an unsigned draft that says so on every page.
        is_final: False prints a draft mark.
    """

    assessment_id: AssessmentId
    target: Path
    languages: tuple[Language, ...] = ("zh",)
    identity: Identity | None = None
    is_final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRequest:
    """A wish for a certificate; the level printed is the computed result."""

    assessment_id: AssessmentId
    target: Path
    issued_on: date
    languages: tuple[Language, ...] = ("zh", "en")
    identity: Identity | None = None


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


def export_report(workspace: Workspace, request: ExportRequest, progress: Progress = silent) -> Outcome[Exported]:
    """Write the PDF report.

    Raises:
        SigningRefused: SGN-010 … SGN-019. VerificationFailed: EXP-001 the written file does not verify or count.
        EnvironmentProblem: SYS-0xx; the old file is untouched.
    """
    raise NotImplementedError


def export_workbook(workspace: Workspace, request: ExportRequest, progress: Progress = silent) -> Outcome[Exported]:
    """Write the Excel workbook. Raises as `export_report`."""
    raise NotImplementedError


def issue_certificate(
    workspace: Workspace, request: CertificateRequest, progress: Progress = silent
) -> Outcome[tuple[Certificate, Exported]]:
    """Give the next serial, write the certificate PDF with its QR, record it. Raises as `export_report`."""
    raise NotImplementedError


def issuing_body(workspace: Workspace) -> IssuingBody | None:
    """Return the configured issuing body, or None when none is configured yet."""
    raise NotImplementedError


def save_issuing_body(workspace: Workspace, body: IssuingBody) -> Outcome[IssuingBody]:
    """Configure who issues certificates. Raises RuleBroken CRT-001 without a name."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRecord:
    """One finished export as the register shows it."""

    kind: str
    file_name: str
    sha256: str
    signer: str
    exported_at: str
    exported_by: str
    serial: str = ""


def list_exports(workspace: Workspace, assessment_id: AssessmentId) -> tuple[ExportRecord, ...]:
    """Return finished exports, newest first."""
    raise NotImplementedError
