"""What a submission holds: its manifest, the facts its content is counted by, and the lines of its journal.

Entries: ``mimetype``, ``content.json`` (its SHA-256 is the content digest), ``edition.json``, ``journal.jsonl``,
``report.pdf``, ``workbook.xlsx``, ``evidence/<sha256>``, ``manifest.json``, ``signatures/manifest.p7s``.

Two entries more where SM2 is wanted. ``signatures/sm2.pem``, listed behind the workbook, holds the certificates, the
signer's first; ``signatures/manifest.sm2``, the very last, is the signature over the bytes of ``manifest.json``: SM2
with SM3, distinguishing identifier 1234567812345678, as the DER sequence of r and s. The certificate is listed, so both
signatures cover it, and it announces the SM2 signature, which can be taken away no more than anything else.
Source: GB/T 32918.2 (signature), GB/T 32905 (SM3), GM/T 0009 (identifier, form of the signature).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from maturity_desktop.domain import canonical
from maturity_desktop.domain.engagement import Role
from maturity_desktop.domain.ids import AssessmentId, Digest
from maturity_desktop.domain.journal import GENESIS, ChainReport, JournalEntry, recompute
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import Level
from maturity_desktop.domain.text import Text

# Any in this file: JSON values that are only counted.

FORMAT = "maturity-submission"
FORMAT_VERSION = 1
SUFFIX = ".mdsub"
MIME = b"application/vnd.maturity-desktop.submission+zip"
MIME_ENTRY, CONTENT, EDITION, JOURNAL = "mimetype", "content.json", "edition.json", "journal.jsonl"
REPORT, WORKBOOK, EVIDENCE_FOLDER = "report.pdf", "workbook.xlsx", "evidence/"
MANIFEST, SIGNATURE = "manifest.json", "signatures/manifest.p7s"
SM2_CERTIFICATE, SM2_SIGNATURE = "signatures/sm2.pem", "signatures/manifest.sm2"
FIXED = (MIME_ENTRY, CONTENT, EDITION, JOURNAL, REPORT, WORKBOOK)
NAMED = (*FIXED, SM2_CERTIFICATE)
"""Every entry a manifest can list that is not evidence, in the order of the file; the last is optional."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntry:
    """One entry as the manifest lists it; `sm3` is "" where the packing computer did not offer it."""

    name: str
    size_bytes: int
    sha256: str
    sm3: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedApproval:
    """The approval that held for the content when it was packed."""

    by: str
    role: Role | None
    at: datetime
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The list of a submission, which is what gets signed.

    Attributes:
        approval: None when the content was not approved.
        counts: what → how many, counted again from the content when verified.
        journal_withheld: rows of other institutions' work, of which only the hashes are there.
        entries: every entry but the manifest and its signatures, in the order of the file.
    """

    format: str = FORMAT
    format_version: int = FORMAT_VERSION
    program: str
    program_version: str
    created_at: datetime
    created_by: str
    assessment_id: AssessmentId
    institution: Text
    system: Text
    standard_id: str
    edition_id: str
    edition_digest: Digest
    content_digest: Digest
    level: str
    approval: ListedApproval | None
    counts: dict[str, int]
    journal_entries: int
    journal_head: str
    journal_withheld: int
    entries: tuple[ListedEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionFacts:
    """One content of an evidence item; an empty `blob` means that it stayed with the institution."""

    sha256: str
    blob: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFacts:
    """One evidence item with its contents."""

    revisions: tuple[RevisionFacts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentFacts:
    """Which assessment a content is of."""

    id: AssessmentId


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFacts:
    """An institution or a system of a content."""

    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallFacts:
    """The level a content arrives at."""

    rating: Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFacts:
    """The rated items of a content, and what they come to."""

    items: dict[str, Any]
    overall: OverallFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionFacts:
    """Which edition of which standard a submission carries, and its scale."""

    standard_id: str
    edition_id: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentFacts:
    """What of a content is counted and compared; read from ``content.json``."""

    assessment: AssessmentFacts
    edition_digest: Digest
    institution: NamedFacts
    system: NamedFacts
    answers: dict[str, Any]
    evidence: tuple[EvidenceFacts, ...]
    observations: tuple[Any, ...]
    claims: tuple[Any, ...]
    interviews: tuple[Any, ...]
    results: ResultFacts

    @property
    def copied(self) -> dict[str, int]:
        """SHA-256 → length of every evidence content that must be inside."""
        revisions = (one for item in self.evidence for one in item.revisions if one.blob)
        return {one.sha256: one.size_bytes for one in revisions}

    @property
    def counts(self) -> dict[str, int]:
        """What → how many."""
        return {
            "items": len(self.results.items),
            "answers": len(self.answers),
            "evidence": len(self.evidence),
            "evidence_files": len(self.copied),
            "evidence_by_reference": sum(not one.blob for item in self.evidence for one in item.revisions),
            "observations": len(self.observations),
            "claims": len(self.claims),
            "interviews": len(self.interviews),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldEntry:
    """A journal row of which only its place in the chain is shown."""

    sequence: int
    previous_hash: str
    hash: str
    is_withheld: bool = True


@dataclass(slots=True)
class JournalCheck:
    """Walks the lines of a submitted journal: every link, and the content of every row that is shown."""

    entries: int = 0
    withheld: int = 0
    head: str = GENESIS

    def walk(self, lines: Iterable[bytes]) -> ChainReport:
        """Return the outcome; `problem` is ``gap``, ``link``, ``content`` or ``form``."""
        for line in lines:
            problem = self._problem_of(line)
            if problem:
                return ChainReport(entries=self.entries, head=self.head, broken_at=self.entries + 1, problem=problem)
        return ChainReport(entries=self.entries, head=self.head)

    def _problem_of(self, line: bytes) -> str:
        try:
            row = _row(line)
        except (ValueError, RecursionError):
            return "form"
        if row.sequence != self.entries + 1:
            return "gap"
        if row.previous_hash != self.head:
            return "link"
        if isinstance(row, JournalEntry) and recompute(row) != row.hash:
            return "content"
        self.entries, self.head = row.sequence, row.hash
        self.withheld += isinstance(row, WithheldEntry)
        return ""


def line_of(row: JournalEntry | WithheldEntry) -> bytes:
    """Return a journal row as one line, its end included."""
    return canonical.encode(row) + b"\n"


def _row(line: bytes) -> JournalEntry | WithheldEntry:
    """Read a line back; what does not come out the same when written again is no line of ours."""
    row: JournalEntry | WithheldEntry
    if b'"is_withheld":true' in line and b'"event"' not in line:
        row = canonical.decode(line, WithheldEntry)
    else:
        row = canonical.decode(line, JournalEntry)
    if line_of(row) != line:
        raise ValueError("not in canonical form")
    return row
