"""Evidence: take in, refer to, revise, link, preview, save a copy, verify."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from maturity_desktop.domain.evidence import Evidence, EvidenceLink, HandlingGrade
from maturity_desktop.domain.ids import AssessmentId, CriterionId, EvidenceId, RevisionId
from maturity_desktop.domain.standard import EvidenceKind, EvidenceRequest
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Outcome
from maturity_desktop.system.progress import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIn:
    """A wish to copy one file into the workspace."""

    source: Path
    kind: EvidenceKind | None = None
    title: str = ""
    grade: HandlingGrade = HandlingGrade.INTERNAL
    request_code: str = ""
    received_from: str = ""
    received_at: datetime | None = None
    links: tuple[EvidenceLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refer:
    """A wish to register evidence that stays with the institution: name, place, hash, no content."""

    file_name: str
    place: str
    kind: EvidenceKind
    title: str = ""
    sha256: str = ""
    size_bytes: int = 0
    grade: HandlingGrade = HandlingGrade.INTERNAL
    request_code: str = ""
    received_from: str = ""
    received_at: datetime | None = None
    links: tuple[EvidenceLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedLine:
    """One line of the wanted list: a request and the evidence handed in for it (empty = missing)."""

    item_code: str
    level: str
    request: EvidenceRequest
    handed_in: tuple[EvidenceId, ...]


def take_in(workspace: Workspace, wish: TakeIn, progress: Progress = silent) -> Outcome[Evidence]:
    """Copy a file in, streamed, hashed and encrypted; link it. A failure or cancel leaves nothing behind.

    Raises:
        EnvironmentProblem: EVI-001 not enough space (values needed, free; answers can still be saved); EVI-002 the
            source changed while being read; EVI-003 source in use or unreadable; SYS-0xx.
        Cancelled: the progress asked to stop.
    """
    raise NotImplementedError


def refer(workspace: Workspace, wish: Refer) -> Outcome[Evidence]:
    """Register evidence by reference. Raises RuleBroken EVI-010 without name or place; EVI-011 bad SHA-256."""
    raise NotImplementedError


def add_revision(
    workspace: Workspace, evidence_id: EvidenceId, source: Path, progress: Progress = silent
) -> Outcome[Evidence]:
    """Copy a newer file in as the next revision; older ones are kept. Raises as `take_in`."""
    raise NotImplementedError


def describe(workspace: Workspace, evidence: Evidence) -> Outcome[Evidence]:
    """Change title, kind, grade, request code, from whom and when; links and revisions are not touched.

    Raises:
        Conflict: EVI-019.
    """
    raise NotImplementedError


def link(workspace: Workspace, evidence_id: EvidenceId, links: tuple[EvidenceLink, ...]) -> Outcome[Evidence]:
    """Bind an evidence item to further criteria, also of other assessments."""
    raise NotImplementedError


def unlink(workspace: Workspace, evidence_id: EvidenceId, links: tuple[EvidenceLink, ...]) -> Outcome[Evidence]:
    """Take links away; the evidence itself stays."""
    raise NotImplementedError


def list_evidence(
    workspace: Workspace, assessment_id: AssessmentId | None = None, criterion_id: CriterionId | None = None
) -> tuple[Evidence, ...]:
    """Return evidence linked to an assessment or criterion, or all of the workspace; oldest first."""
    raise NotImplementedError


def open_content(workspace: Workspace, revision_id: RevisionId) -> BinaryIO:
    """Return a seekable read-only stream of the plaintext, decrypted chunk by chunk in memory; never a temp file.

    Raises:
        EnvironmentProblem: EVI-004 content missing; EVI-005 content damaged; EVI-006 held by reference only.
    """
    raise NotImplementedError


def save_copy(
    workspace: Workspace, revision_id: RevisionId, target: Path, progress: Progress = silent
) -> Outcome[Path]:
    """Write a plaintext copy where the user wants it; journalled with its target name."""
    raise NotImplementedError


def wanted_list(workspace: Workspace, assessment_id: AssessmentId) -> tuple[WantedLine, ...]:
    """Return the evidence requests for the target level with what has been handed in for each."""
    raise NotImplementedError
