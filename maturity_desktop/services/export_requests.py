"""What somebody asks for when exporting: which assessment, where to, in which language, signed by whom."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.domain.text import Language


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
