"""The certificate: its fields, its number, and what its QR code says."""

from dataclasses import dataclass
from datetime import date

from maturity_desktop.domain.ids import AssessmentId, CertificateId
from maturity_desktop.domain.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuingBody:
    """The organisation that issues certificates, as the user's organisation configured it."""

    name: Text
    serial_prefix: str = "MD"
    validity_years: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """One certificate as issued; immutable, a correction is a new serial.

    Attributes:
        level_label: what is printed, such as ``3`` or ``3-``; the word itself where the standard rates in words.
        level_name: name of the level reached in full.
        report_digest: SHA-256 over the report's canonical content.
    """

    id: CertificateId
    assessment_id: AssessmentId
    serial: str
    institution: Text
    system: Text
    standard: Text
    edition: str
    scope: Text
    level_label: str
    level_name: Text
    profile_name: Text
    issued_on: date
    valid_until: date
    issuing_body: Text
    report_digest: str
    is_sample: bool = False

    @property
    def is_in_words(self) -> bool:
        """Whether the level is told by its word alone."""
        return self.level_label == self.level_name.pick("zh")


def next_serial(prefix: str, issued_on: date, number_in_year: int) -> str:
    """Return a serial number such as ``MD-2026-00017``."""
    return f"{prefix}-{issued_on.year}-{number_in_year:05d}"
