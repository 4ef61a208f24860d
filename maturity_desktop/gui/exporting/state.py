"""What the export page offers and lacks, derived from plain inputs; no Qt here."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from maturity_desktop.domain.text import Language


class Kind(StrEnum):
    """What can be written."""

    REPORT = "report"
    WORKBOOK = "workbook"
    CERTIFICATE = "certificate"
    SUBMISSION = "submission"

    @property
    def suffix(self) -> str:
        """The ending of the file."""
        return _SUFFIXES.get(self, ".pdf")


_SUFFIXES = {Kind.WORKBOOK: ".xlsx", Kind.SUBMISSION: ".mdsub"}


class Languages(StrEnum):
    """In which language, or in both."""

    ZH = "zh"
    EN = "en"
    BOTH = "both"

    @property
    def chosen(self) -> tuple[Language, ...]:
        """The languages as services want them."""
        if self is Languages.BOTH:
            return ("zh", "en")
        return ("zh",) if self is Languages.ZH else ("en",)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportInputs:
    """What stands on the page. `identity_lack` and `sm2_lack` say what these forms lack, or are empty."""

    kind: Kind
    target: str
    is_signed: bool
    identity_lack: str
    sm2_lack: str
    has_issuing_body: bool
    is_busy: bool


def obstacle(inputs: ExportInputs) -> str:
    """Return why nothing can be exported now, as a key of a sentence in `exporting.lacks`, or ""."""
    is_signed = inputs.is_signed
    checks = (
        (inputs.is_busy, "busy"),
        (inputs.kind is Kind.CERTIFICATE and not inputs.has_issuing_body, "issuing_body"),
        (not inputs.target.strip(), "target"),
        (inputs.kind is Kind.SUBMISSION and not is_signed, "unsigned"),
        (is_signed and bool(inputs.identity_lack), inputs.identity_lack),
        (inputs.kind is Kind.SUBMISSION and bool(inputs.sm2_lack), inputs.sm2_lack),
    )
    return next((key for is_lacking, key in checks if is_lacking), "")


_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')


def suggested_name(kind: Kind, subject: str, languages: Languages, today: date) -> str:
    """Return a file name such as ``System-report-zh-20261123.pdf``."""
    stem = _UNFIT.sub("_", subject.strip()).strip("._") or "assessment"
    return f"{stem}-{kind.value}-{languages.value}-{today:%Y%m%d}{kind.suffix}"


def with_suffix(target: Path, kind: Kind) -> Path:
    """Return the target with the ending its kind needs."""
    return target if target.suffix.lower() == kind.suffix else target.with_name(target.name + kind.suffix)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFile:
    """What was written, as the result card shows it."""

    path: Path
    sha256: str
    title: str
    facts: tuple[str, ...]
    is_pdf: bool


def megabytes(size_bytes: int) -> str:
    """Return a size for people."""
    return f"{size_bytes / 1_000_000:.1f} MB" if size_bytes >= 100_000 else f"{max(1, round(size_bytes / 1000))} kB"
