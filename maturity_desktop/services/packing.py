"""How a submission is put together: pictured once, rendered, streamed into the file, listed, signed, verified whole."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from maturity_desktop import __version__
from maturity_desktop.domain import canonical, submission
from maturity_desktop.domain.evidence import EvidenceRevision
from maturity_desktop.domain.ids import Digest, new_id
from maturity_desktop.domain.submission import ContentFacts, JournalCheck, ListedApproval, ListedEntry, Manifest
from maturity_desktop.errors import EnvironmentProblem, MaturityError, RuleBroken, VerificationFailed
from maturity_desktop.evidence.intake import no_space
from maturity_desktop.reporting.digest import content_of
from maturity_desktop.reporting.snapshot import ReportSnapshot
from maturity_desktop.services import checkpoints, contents, documents, signers, submitted_journal
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.delivering import Document
from maturity_desktop.services.documents import Picture
from maturity_desktop.services.export_requests import ExportRequest
from maturity_desktop.services.submission_requests import Packed, SubmissionRequest
from maturity_desktop.services.submitted_journal import JournalPlan
from maturity_desktop.signing import sm2
from maturity_desktop.signing.detached import CmsSignature, DetachedSigner, root_of
from maturity_desktop.signing.findings import Verdict
from maturity_desktop.signing.identity import Signer, common_name
from maturity_desktop.signing.pdf import check_usable
from maturity_desktop.signing.sm2 import Sm2Signer
from maturity_desktop.signing.stored_zip import ArchiveWriter
from maturity_desktop.signing.submission_verify import verify_submission
from maturity_desktop.signing.trust import Trust
from maturity_desktop.storage.exports import ExportRow
from maturity_desktop.storage.notes import Note, as_json
from maturity_desktop.system import files, machine
from maturity_desktop.system.progress import Progress, silent

_PIECE_BYTES = 1024 * 1024
_ROOM_FOR_THE_REST = 64 * 1024 * 1024
_HAS_SM3 = "sm3" in hashlib.algorithms_available


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Everything decided before the first byte is written."""

    picture: Picture
    journal: JournalPlan
    evidence: tuple[EvidenceRevision, ...]
    signer: Signer
    sm2: Sm2Signer | None
    packed_at: datetime

    @property
    def total_bytes(self) -> int:
        """Length of all evidence that will be copied."""
        return sum(each.size_bytes for each in self.evidence)

    @property
    def over_the_list(self) -> tuple[tuple[str, DetachedSigner], ...]:
        """Whoever signs the manifest, and the entry of each signature."""
        usual = (submission.SIGNATURE, CmsSignature(signer=self.signer))
        return (usual,) if self.sm2 is None else (usual, (submission.SM2_SIGNATURE, self.sm2))


def pack(workspace: Workspace, request: SubmissionRequest, target: Path, progress: Progress) -> Packed:
    """Pack a submission; see `submissions.pack`."""
    if workspace.path.resolve() in target.resolve().parents:
        raise RuleBroken("SUB-001", path=str(workspace.path))
    with ExitStack() as held:
        clock = workspace.machine.clock
        signer = signers.load(clock, request.identity, workspace)
        check_usable(signer, clock)
        second = None if request.sm2 is None else held.enter_context(signers.open_sm2(clock, request.sm2))
        return _pack(workspace, request, target, (signer, second), progress)


def _pack(
    workspace: Workspace,
    request: SubmissionRequest,
    target: Path,
    who: tuple[Signer, Sm2Signer | None],
    progress: Progress,
) -> Packed:
    documents.take_picture(workspace, request.assessment_id)  # refuses before anything is journalled
    _note(workspace, "submission.begun", request, {"file": target.name})
    try:
        plan = _plan(workspace, request, who)
        _require_space(target, plan.total_bytes)
        packed = _written(workspace, request, target, plan, progress)
    except MaturityError as problem:
        _note(workspace, "submission.failed", request, {"file": target.name, "why": problem.code})
        raise
    _record(workspace, request, packed, plan.signer)
    return packed


def _plan(workspace: Workspace, request: SubmissionRequest, who: tuple[Signer, Sm2Signer | None]) -> _Plan:
    picture = documents.take_picture(workspace, request.assessment_id)
    with workspace.read() as reading:
        journal = submitted_journal.plan(reading, picture.snapshot)
    return _Plan(
        picture=picture,
        journal=journal,
        evidence=_copied(picture.snapshot),
        signer=who[0],
        sm2=who[1],
        packed_at=workspace.machine.clock.now(),
    )


def _copied(snapshot: ReportSnapshot) -> tuple[EvidenceRevision, ...]:
    """Return one revision per content, by hash."""
    revisions = {one.sha256: one for item in snapshot.evidence for one in item.revisions if one.blob}
    return tuple(revisions[sha256] for sha256 in sorted(revisions))


def _written(workspace: Workspace, request: SubmissionRequest, target: Path, plan: _Plan, progress: Progress) -> Packed:
    with files.replacing(target) as stream:
        shelf = _Shelf(writer=ArchiveWriter(stream), progress=progress, total=2 * plan.total_bytes, what=target.name)
        content = canonical.encode(content_of(plan.picture.snapshot))
        facts = canonical.decode(content, ContentFacts)
        check = JournalCheck()
        _put_contents(workspace, request, plan, shelf, (content, check))
        manifest = _manifest(workspace, request, plan, facts, check, tuple(shelf.listed))
        encoded = canonical.encode(manifest)
        shelf.writer.add(submission.MANIFEST, (encoded,), len(encoded))
        for name, signer in plan.over_the_list:
            shelf.writer.add(name, (signer.sign(encoded, at=plan.packed_at),))
        shelf.writer.finish()
        os.fsync(stream.fileno())
        _verify(stream, plan, shelf)
        size, sha256 = stream.seek(0, os.SEEK_END), _sha256_of(stream)
    return Packed(
        path=target,
        size_bytes=size,
        sha256=sha256,
        content_digest=manifest.content_digest,
        counts=tuple(manifest.counts.items()),
        signer=common_name(plan.signer.certificate.subject),
        is_approved=manifest.approval is not None,
        sm2_signer="" if plan.sm2 is None else common_name(plan.sm2.certificate.subject),
    )


@dataclass(slots=True, kw_only=True)
class _Shelf:
    """Where entries are put one after the other; hashes them as they pass, and tells how far the work is."""

    writer: ArchiveWriter
    progress: Progress
    total: int
    what: str
    done: int = 0
    listed: list[ListedEntry] = field(default_factory=list)

    def put(self, name: str, pieces: Iterable[bytes], size: int = 0) -> ListedEntry:
        """Add an entry and list it."""
        digests = [hashlib.sha256()] + ([hashlib.new("sm3")] if _HAS_SM3 else [])
        length = 0

        def watched() -> Iterator[bytes]:
            nonlocal length
            for piece in pieces:
                length += len(piece)
                for digest in digests:
                    digest.update(piece)
                yield piece

        self.writer.add(name, watched(), size)
        sha256, *more = (digest.hexdigest() for digest in digests)
        entry = ListedEntry(name=name, size_bytes=length, sha256=sha256, sm3="".join(more))
        self.listed.append(entry)
        return entry

    def step(self, count: int) -> None:
        """Tell that `count` further bytes of evidence are done; may raise Cancelled."""
        self.done = min(self.total, self.done + count)
        self.progress(self.done, self.total, self.what)


def _put_contents(
    workspace: Workspace,
    request: SubmissionRequest,
    plan: _Plan,
    shelf: _Shelf,
    records: tuple[bytes, JournalCheck],
) -> None:
    """Put every entry that the manifest lists, in the order of the form."""
    content, check = records
    shelf.step(0)
    shelf.put(submission.MIME_ENTRY, (submission.MIME,))
    shelf.put(submission.CONTENT, (content,))
    shelf.put(submission.EDITION, (canonical.encode(plan.picture.snapshot.edition),))
    with workspace.read() as reading:
        shelf.put(submission.JOURNAL, _checked(plan.journal.lines(reading), check))
    for name, document in _documents(workspace, request, plan):
        shelf.step(0)
        _require_counts(document)
        shelf.put(name, (document.content,))
    if plan.sm2 is not None:
        shelf.put(submission.SM2_CERTIFICATE, (sm2.written(plan.sm2),))
    for revision in plan.evidence:
        _put_evidence(workspace, revision, shelf)


def _documents(workspace: Workspace, request: SubmissionRequest, plan: _Plan) -> Iterator[tuple[str, Document]]:
    wish = ExportRequest(
        assessment_id=request.assessment_id,
        target=request.target,
        languages=request.languages,
        identity=request.identity,
        is_final=plan.picture.approval is not None,
    )
    yield submission.REPORT, documents.report(workspace, wish, silent, plan.picture)
    yield submission.WORKBOOK, documents.workbook(workspace, wish, silent, plan.picture)


def _require_counts(document: Document) -> None:
    found = document.count(document.content)
    for what, kept in document.expected.items():
        if found.get(what, 0) != kept:
            raise VerificationFailed("EXP-002", what=what, found=found.get(what, 0), kept=kept)


def _checked(lines: Iterable[bytes], check: JournalCheck) -> Iterator[bytes]:
    """Walk the chain while its lines leave."""
    for line in lines:
        report = check.walk((line,))
        if not report.is_intact:
            raise VerificationFailed("SUB-003", problems=f"journal {report.broken_at}: {report.problem}")
        yield line


def _put_evidence(workspace: Workspace, revision: EvidenceRevision, shelf: _Shelf) -> None:
    name = f"{submission.EVIDENCE_FOLDER}{revision.sha256}"
    with contents.vault_of(workspace).open(revision.blob, label=revision.file_name) as source:
        entry = shelf.put(name, _pieces(source, shelf), revision.size_bytes)
    if (entry.sha256, entry.size_bytes) != (revision.sha256, revision.size_bytes):
        raise EnvironmentProblem("EVI-005", name=revision.file_name)


def _pieces(source: BinaryIO, shelf: _Shelf) -> Iterator[bytes]:
    while piece := source.read(_PIECE_BYTES):
        yield piece
        shelf.step(len(piece))


def _manifest(
    workspace: Workspace,
    request: SubmissionRequest,
    plan: _Plan,
    facts: ContentFacts,
    check: JournalCheck,
    entries: tuple[ListedEntry, ...],
) -> Manifest:
    snapshot, approval = plan.picture.snapshot, plan.picture.approval
    content = next(entry for entry in entries if entry.name == submission.CONTENT)
    listed = None
    if approval is not None:
        listed = ListedApproval(by=approval.by, role=approval.role, at=approval.at, comment=approval.comment)
    return Manifest(
        program=workspace.machine.program,
        program_version=__version__,
        created_at=plan.packed_at,
        created_by=workspace.actor,
        assessment_id=request.assessment_id,
        institution=snapshot.institution.name,
        system=snapshot.system.name,
        standard_id=snapshot.edition.standard_id,
        edition_id=snapshot.edition.edition_id,
        edition_digest=snapshot.edition_digest,
        content_digest=Digest(content.sha256),
        level=snapshot.results.overall.rating.label(snapshot.edition.levels),
        approval=listed,
        counts=facts.counts,
        journal_entries=check.entries,
        journal_head=check.head,
        journal_withheld=check.withheld,
        entries=entries,
    )


def _verify(stream: BinaryIO, plan: _Plan, shelf: _Shelf) -> None:
    """Read the whole file back and judge it with nothing but the signers' own roots."""
    trust = Trust(roots=(root_of(plan.signer),), sm2_roots=() if plan.sm2 is None else (root_of(plan.sm2),))
    judgement = verify_submission(stream, trust, at=plan.packed_at, step=shelf.step)
    shelf.step(shelf.total)
    if judgement.verdict is not Verdict.VALID:
        codes = (*judgement.problems, *(code for check in judgement.signatures for code in check.problems))
        raise VerificationFailed("SUB-003", problems=", ".join(codes))


def _sha256_of(stream: BinaryIO) -> str:
    stream.seek(0)
    digest = hashlib.sha256()
    while piece := stream.read(_PIECE_BYTES):
        digest.update(piece)
    return digest.hexdigest()


def _require_space(target: Path, evidence_bytes: int) -> None:
    needed = evidence_bytes + evidence_bytes // 20 + _ROOM_FOR_THE_REST
    largest = machine.volume_of(target.parent).largest_file_bytes
    if largest and needed > largest:
        raise EnvironmentProblem("SYS-005", path=str(target))
    free = machine.free_bytes(target.parent)
    if free < needed:
        raise no_space("SUB-002", needed, free, path=str(target))


def _note(workspace: Workspace, event: str, request: SubmissionRequest, told: dict[str, object]) -> None:
    with workspace.begin() as work:
        work.note(Note(event=event, subject=request.assessment_id, new=as_json(told)))


def _record(workspace: Workspace, request: SubmissionRequest, packed: Packed, signer: Signer) -> None:
    with workspace.begin() as work:
        row = ExportRow(
            id=new_id(),
            assessment_id=request.assessment_id,
            kind="submission",
            file_name=packed.path.name,
            sha256=packed.sha256,
            exported_at=work.now,
            exported_by=work.author.name,
            content_digest=packed.content_digest,
            signer=packed.signer,
            program_version=__version__,
        )
        work.exports.add(row)
        told = {"kind": row.kind, "file": row.file_name, "sha256": row.sha256, "content": row.content_digest}
        told["signer"] = row.signer
        if packed.sm2_signer:
            told["sm2_signer"] = packed.sm2_signer
        note = Note(event="export.finished", subject=row.assessment_id, new=as_json(told))
        work.note(note)
        checkpoints.pin(workspace, work, purpose=note.event, signer=signer)
