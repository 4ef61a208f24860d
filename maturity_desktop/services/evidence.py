"""Evidence: take in, refer to, revise, link, preview, save a copy, and what is wanted."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from maturity_desktop.domain.engagement import Assessment
from maturity_desktop.domain.evidence import (
    Custody,
    Evidence,
    EvidenceLink,
    EvidenceRevision,
    HandlingGrade,
)
from maturity_desktop.domain.ids import AssessmentId, CriterionId, EvidenceId, RevisionId, new_id
from maturity_desktop.domain.standard import Edition, EvidenceKind, EvidenceRequest, LevelCell, RatedItem
from maturity_desktop.errors import Conflict, EnvironmentProblem, RuleBroken
from maturity_desktop.scoring import items_in_scope
from maturity_desktop.services import states
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.services.recognising import clean_name, kind_of, request_code_of, title_of
from maturity_desktop.services.sealing import require_editable
from maturity_desktop.storage.notes import Note, as_json, of_change
from maturity_desktop.system.progress import Progress, silent

if TYPE_CHECKING:  # these load the database engine
    from maturity_desktop.evidence.intake import Received
    from maturity_desktop.storage.work import Reading, Work

_SHA256 = re.compile(r"[0-9a-f]{64}")


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

    Without a kind it is guessed from the extension; without a request code the file name is matched against the
    standards of the linked assessments; without a title the file name gives one.

    Raises:
        EnvironmentProblem: EVI-001 not enough space (values needed, free; answers can still be saved); EVI-002 the
            source changed while being read; EVI-003 source in use or unreadable; WSP-022 read-only; SYS-0xx.
        RuleBroken: EVI-012 a link names an unknown criterion.
        Cancelled: the progress asked to stop.
    """
    file_name = clean_name(wish.source.name)
    with workspace.read() as reading:
        editions = _editions_of(workspace, reading, wish.links)
    evidence = Evidence(
        id=EvidenceId(new_id()),
        title=wish.title.strip() or title_of(file_name, editions),
        kind=wish.kind or kind_of(file_name),
        grade=wish.grade,
        request_code=wish.request_code or request_code_of(file_name, editions),
        received_from=wish.received_from,
        received_at=wish.received_at,
        links=wish.links,
    )
    from maturity_desktop.services import contents  # loads the database engine and the ciphers

    with contents.received(workspace, wish.source, progress) as content, contents.placing(workspace, content) as work:
        _require_editable(work, wish.links)
        first = _revision_of(work, content, wish.source, number=1)
        saved = _add(work, replace(evidence, revisions=(first,)), "evidence.taken_in")
    return Outcome(value=saved, changes=_changes(saved.links))


def refer(workspace: Workspace, wish: Refer) -> Outcome[Evidence]:
    """Register evidence by reference.

    Raises:
        RuleBroken: EVI-010 without name or place; EVI-011 bad SHA-256; EVI-012 a link names an unknown criterion.
    """
    file_name, place, sha256 = clean_name(wish.file_name.strip()), wish.place.strip(), wish.sha256.strip().lower()
    if not file_name or not place:
        raise RuleBroken("EVI-010")
    if sha256 and not _SHA256.fullmatch(sha256):
        raise RuleBroken("EVI-011", value=wish.sha256)
    with workspace.begin() as work:
        editions = _editions_of(workspace, work, wish.links)
        _require_editable(work, wish.links)
        first = EvidenceRevision(
            id=RevisionId(new_id()),
            number=1,
            file_name=file_name,
            size_bytes=wish.size_bytes,
            sha256=sha256,
            added_by=workspace.actor,
            added_at=work.now,
            place=place,
        )
        evidence = Evidence(
            id=EvidenceId(new_id()),
            title=wish.title.strip() or title_of(file_name, editions),
            kind=wish.kind,
            grade=wish.grade,
            custody=Custody.BY_REFERENCE,
            request_code=wish.request_code or request_code_of(file_name, editions),
            received_from=wish.received_from,
            received_at=wish.received_at,
            revisions=(first,),
            links=wish.links,
        )
        saved = _add(work, evidence, "evidence.referred")
    return Outcome(value=saved, changes=_changes(saved.links))


def add_revision(
    workspace: Workspace, evidence_id: EvidenceId, source: Path, progress: Progress = silent
) -> Outcome[Evidence]:
    """Copy a newer file in as the next revision; older ones are kept. Raises as `take_in`, and WSP-020.

    Evidence that was held by reference counts as copied from then on.
    """
    from maturity_desktop.services import contents  # loads the database engine and the ciphers

    with workspace.read() as reading:
        _found(reading, evidence_id)
    with contents.received(workspace, source, progress) as content, contents.placing(workspace, content) as work:
        before = _found(work, evidence_id)
        _require_editable(work, before.links)
        revision = _revision_of(work, content, source, number=before.newest.number + 1)
        work.evidence.add_revision(evidence_id, revision)
        work.evidence.save(replace(before, custody=Custody.COPIED), is_new=False)
        old, new = as_json(before.newest), as_json(revision)
        work.note(Note(event="evidence.revised", subject=evidence_id, old=old, new=new))
        after = _found(work, evidence_id)
    return Outcome(value=after, changes=_changes(after.links))


def describe(workspace: Workspace, evidence: Evidence) -> Outcome[Evidence]:
    """Change title, kind, grade, request code, from whom and when; links and revisions are not touched.

    Raises:
        Conflict: EVI-019. EnvironmentProblem: WSP-020 it is gone.
    """
    with workspace.begin() as work:
        before = _found(work, evidence.id)
        if before.version != evidence.version:
            raise Conflict("EVI-019", id=evidence.id)
        _require_editable(work, before.links)
        title = evidence.title.strip() or before.title
        work.evidence.save(replace(evidence, title=title, custody=before.custody), is_new=False)
        after = _found(work, evidence.id)
        work.note(of_change("evidence", evidence.id, before, after))
    return Outcome(value=after, changes=_changes(after.links))


def link(workspace: Workspace, evidence_id: EvidenceId, links: tuple[EvidenceLink, ...]) -> Outcome[Evidence]:
    """Bind an evidence item to further criteria, also of other assessments.

    Raises:
        RuleBroken: EVI-012 unknown criterion. EnvironmentProblem: WSP-020 it is gone.
    """
    with workspace.begin() as work:
        before = _found(work, evidence_id)
        _editions_of(workspace, work, links)
        _require_editable(work, links)
        fresh = tuple(each for each in dict.fromkeys(links) if each not in before.links)
        if fresh:
            work.evidence.link(evidence_id, fresh)
            work.note(Note(event="evidence.linked", subject=evidence_id, new=as_json(fresh)))
        after = _found(work, evidence_id)
    return Outcome(value=after, changes=_changes(fresh))


def unlink(workspace: Workspace, evidence_id: EvidenceId, links: tuple[EvidenceLink, ...]) -> Outcome[Evidence]:
    """Take links away; the evidence itself stays. Raises EnvironmentProblem WSP-020 when it is gone."""
    with workspace.begin() as work:
        before = _found(work, evidence_id)
        _require_editable(work, links)
        gone = tuple(each for each in dict.fromkeys(links) if each in before.links)
        if gone:
            work.evidence.unlink(evidence_id, gone)
            work.note(Note(event="evidence.unlinked", subject=evidence_id, old=as_json(gone)))
        after = _found(work, evidence_id)
    return Outcome(value=after, changes=_changes(gone))


def list_evidence(
    workspace: Workspace, assessment_id: AssessmentId | None = None, criterion_id: CriterionId | None = None
) -> tuple[Evidence, ...]:
    """Return evidence linked to an assessment or criterion, or all of the workspace; oldest first."""
    with workspace.read() as reading:
        return reading.evidence.all(assessment_id, criterion_id)


def open_content(workspace: Workspace, revision_id: RevisionId) -> BinaryIO:
    """Return a seekable read-only stream of the plaintext, decrypted chunk by chunk in memory; never a temp file.

    Raises:
        EnvironmentProblem: EVI-004 content missing; EVI-005 content damaged (also while reading); EVI-006 held by
            reference only; WSP-020 no such revision.
    """
    from maturity_desktop.services import contents  # loads the database engine and the ciphers

    with workspace.read() as reading:
        revision = _content(reading, revision_id)
    return contents.vault_of(workspace).open(revision.blob, label=revision.file_name)


def save_copy(
    workspace: Workspace, revision_id: RevisionId, target: Path, progress: Progress = silent
) -> Outcome[Path]:
    """Write a plaintext copy where the user wants it; journalled with its target name before anything leaves.

    Raises:
        EnvironmentProblem: EVI-004, EVI-005 (nothing is written then); EVI-006; WSP-020; SYS-0xx.
        RuleBroken: EVI-013 the target lies inside the workspace.
        Cancelled: the progress asked to stop; nothing is left at the target.
    """
    from maturity_desktop.services import copying_out  # loads the database engine and the ciphers

    with workspace.read() as reading:
        revision = _content(reading, revision_id)
    copying_out.save_copy(workspace, revision, target, progress)
    return Outcome(value=target)


def wanted_list(workspace: Workspace, assessment_id: AssessmentId) -> tuple[WantedLine, ...]:
    """Return the evidence requests for the target level with what has been handed in for each.

    The cells of the target level and those below it whose evidence is still wanted for a higher target, in the order
    of the pack; items out of scope are left out.
    """
    with workspace.read() as reading:
        assessment = reading.assessments.find(assessment_id)
        if assessment is None:
            raise EnvironmentProblem("WSP-020", what="assessment", id=assessment_id)
        edition = states.edition(workspace, reading, assessment.edition_digest)
        handed_in: dict[str, list[EvidenceId]] = {}
        for each in reading.evidence.all(assessment_id):
            handed_in.setdefault(each.request_code.upper(), []).append(each.id)
    return tuple(
        WantedLine(
            item_code=item.code,
            level=cell.level,
            request=request,
            handed_in=tuple(handed_in.get(request.code.upper(), ())),
        )
        for item, cell in _wanted_cells(edition, assessment)
        for request in cell.evidence
    )


def _wanted_cells(edition: Edition, assessment: Assessment) -> Iterator[tuple[RatedItem, LevelCell]]:
    target = edition.level_index(assessment.target_level)
    for item in items_in_scope(edition, assessment.scope):
        for place, cell in enumerate(item.cells, 1):
            if place == target or (place < target and cell.keep_for_higher):
                yield item, cell


def _editions_of(workspace: Workspace, reading: "Reading", links: Iterable[EvidenceLink]) -> tuple[Edition, ...]:
    """Return the editions the links lead to, after checking that each link leads somewhere."""
    editions: dict[AssessmentId, Edition] = {}
    for each in links:
        if each.assessment_id not in editions:
            assessment = reading.assessments.find(each.assessment_id)
            if assessment is None:
                raise EnvironmentProblem("WSP-020", what="assessment", id=each.assessment_id)
            editions[each.assessment_id] = states.edition(workspace, reading, assessment.edition_digest)
        if each.criterion_id not in editions[each.assessment_id].criterion_by_id:
            raise RuleBroken("EVI-012", criterion=each.criterion_id)
    return tuple(editions.values())


def _found(reading: "Reading", evidence_id: EvidenceId) -> Evidence:
    found = reading.evidence.find(evidence_id)
    if found is None:
        raise EnvironmentProblem("WSP-020", what="evidence", id=evidence_id)
    return found


def _require_editable(work: "Work", links: Iterable[EvidenceLink]) -> None:
    for assessment_id in {each.assessment_id for each in links}:
        require_editable(work, assessment_id)


def _content(reading: "Reading", revision_id: RevisionId) -> EvidenceRevision:
    revision = reading.evidence.revision(revision_id)
    if revision is None:
        raise EnvironmentProblem("WSP-020", what="evidence", id=revision_id)
    if not revision.blob:
        raise EnvironmentProblem("EVI-006", name=revision.file_name, place=revision.place)
    return revision


def _add(work: "Work", evidence: Evidence, event: str) -> Evidence:
    saved = work.evidence.save(evidence, is_new=True)
    work.note(Note(event=event, subject=saved.id, new=as_json(saved)))
    return saved


def _revision_of(work: "Work", content: "Received", source: Path, *, number: int) -> EvidenceRevision:
    return EvidenceRevision(
        id=RevisionId(new_id()),
        number=number,
        file_name=clean_name(source.name),
        size_bytes=content.size_bytes,
        sha256=content.sha256,
        added_by=work.author.name,
        added_at=work.now,
        blob=content.name,
        place=clean_name(str(source.parent)),
    )


def _changes(links: tuple[EvidenceLink, ...]) -> Changes:
    assessments = {each.assessment_id for each in links}
    return Changes(
        areas=frozenset({Area.EVIDENCE}),
        assessment_id=assessments.pop() if len(assessments) == 1 else None,
        criteria=tuple(dict.fromkeys(each.criterion_id for each in links)),
    )
