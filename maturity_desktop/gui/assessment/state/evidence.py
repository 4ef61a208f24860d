"""The evidence screen's rows: everything handed in, and what is wanted for the target."""

from dataclasses import dataclass
from datetime import datetime

from maturity_desktop.domain.evidence import Custody, Evidence, HandlingGrade
from maturity_desktop.domain.ids import AssessmentId, CriterionId, EvidenceId
from maturity_desktop.domain.standard import Edition, EvidenceKind, EvidenceRequest
from maturity_desktop.domain.text import Language
from maturity_desktop.wording import say

_STEP = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """One evidence item as the table shows it."""

    id: EvidenceId
    title: str
    kind: EvidenceKind
    kind_words: str
    grade: HandlingGrade
    grade_words: str
    custody_words: str
    request_code: str
    file_name: str
    size_bytes: int
    size_words: str
    revision: int
    added_at: datetime
    added_by: str
    received_from: str
    sha256: str
    place: str
    criteria: tuple[CriterionId, ...]
    is_reference: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One request of the wanted list with what was handed in for it."""

    item_code: str
    level: str
    request: EvidenceRequest
    handed_in: tuple[EvidenceId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedRow:
    """One request as the table shows it."""

    code: str
    item: str
    level: str
    kind_words: str
    title: str
    state_words: str
    is_met: bool
    place: int
    handed_in: tuple[EvidenceId, ...]


def evidence_rows(
    evidence: tuple[Evidence, ...], assessment_id: AssessmentId, language: Language
) -> tuple[EvidenceRow, ...]:
    """Return what the table of all evidence shows."""
    return tuple(_evidence_row(found, assessment_id, language) for found in evidence)


def _evidence_row(evidence: Evidence, assessment_id: AssessmentId, language: Language) -> EvidenceRow:
    newest = evidence.newest
    return EvidenceRow(
        id=evidence.id,
        title=evidence.title or newest.file_name,
        kind=evidence.kind,
        kind_words=say(language, f"evidence.kind.{evidence.kind.value}"),
        grade=evidence.grade,
        grade_words=say(language, f"evidence.grade.{evidence.grade.value}"),
        custody_words=say(language, f"evidence.custody.{evidence.custody.value}"),
        request_code=evidence.request_code,
        file_name=newest.file_name,
        size_bytes=newest.size_bytes,
        size_words=size_words(newest.size_bytes, language),
        revision=newest.number,
        added_at=newest.added_at,
        added_by=newest.added_by,
        received_from=evidence.received_from,
        sha256=newest.sha256,
        place=newest.place,
        criteria=tuple(link.criterion_id for link in evidence.links if link.assessment_id == assessment_id),
        is_reference=evidence.custody is Custody.BY_REFERENCE,
    )


def wanted_rows(wanted: tuple[Wanted, ...], edition: Edition, language: Language) -> tuple[WantedRow, ...]:
    """Return what the wanted list shows, in the order of the pack."""
    items = {str(item.code): item for item in edition.items}
    return tuple(
        WantedRow(
            code=line.request.code,
            item=items[line.item_code].name.pick(language) if line.item_code in items else line.item_code,
            level=line.level,
            kind_words=say(language, f"evidence.kind.{line.request.kind.value}"),
            title=line.request.title.pick(language),
            state_words=say(language, "evidence.wanted.handed_in", count=len(line.handed_in))
            if line.handed_in
            else say(language, "evidence.wanted.missing"),
            is_met=bool(line.handed_in),
            place=place,
            handed_in=line.handed_in,
        )
        for place, line in enumerate(wanted)
    )


def size_words(size_bytes: int, language: Language) -> str:
    """Return a size as people read it."""
    if size_bytes < _STEP:
        return say(language, "evidence.size.bytes", count=size_bytes)
    amount, unit = size_bytes / _STEP, "kib"
    for larger in ("mib", "gib"):
        if amount < _STEP:
            break
        amount, unit = amount / _STEP, larger
    return say(language, f"evidence.size.{unit}", amount=f"{amount:.1f}")


def criteria_of_request(edition: Edition, request_code: str) -> tuple[CriterionId, ...]:
    """Return the criteria of the cell that asks for this evidence; empty when the code is unknown."""
    for item in edition.items:
        for cell in item.cells:
            if any(request.code == request_code for request in cell.evidence):
                return tuple(criterion.id for criterion in cell.criteria)
    return ()
