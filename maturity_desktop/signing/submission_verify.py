"""Judges a submission whole.

Its form, the signatures over the manifest, every hash and count, the journal's chain, the report and the workbook by
themselves, and that all of them are about the same content.
Nothing inside is believed because it is there: everything is listed, hashed, and counted again.
"""

import hashlib
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from maturity_desktop.domain import canonical, submission
from maturity_desktop.domain.submission import ContentFacts, EditionFacts, JournalCheck, ListedEntry, Manifest
from maturity_desktop.signing import cms, opc_verify, pdf_verify, sm2_verify
from maturity_desktop.signing.findings import Judgement, Problem, SignatureCheck, Verdict, unreadable, verdict_of
from maturity_desktop.signing.opc_claims import keywords_of, states
from maturity_desktop.signing.stored_zip import ArchiveReader, BrokenArchiveError, StoredEntry
from maturity_desktop.signing.trust import Trust

KIND = "submission"
MAX_LIST_BYTES = 256 * 1024 * 1024
MAX_DOCUMENT_BYTES = pdf_verify.MAX_BYTES
_MAX_LINE = 16 * 1024 * 1024
_MAX_NAMED = 20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DIGEST = re.compile(r"content-digest:([0-9a-f]{64})")
_HEAD = re.compile(r"journal-head:([0-9a-f]{64})")
_HAS_SM3 = "sm3" in hashlib.algorithms_available


def _unwatched(count: int) -> None:
    """Ignore how far the reading is."""


def verify_submission(
    stream: BinaryIO, trust: Trust, *, at: datetime, step: Callable[[int], None] = _unwatched
) -> Judgement:
    """Judge one ``*.mdsub`` file.

    Args:
        stream: seekable; large evidence is read piece by piece.
        trust: whom to believe, per role.
        at: the instant of judging.
        step: told how many further bytes were hashed; what it raises stops the work.
    """
    try:
        archive = ArchiveReader(stream)
        return _Examination(archive, trust, at, step).judge()
    except BrokenArchiveError:
        return unreadable(KIND, Problem.DAMAGED)


class _Examination:
    """Collects what is wrong with one submission, and what it says of itself."""

    def __init__(self, archive: ArchiveReader, trust: Trust, at: datetime, step: Callable[[int], None]) -> None:
        self._archive, self._trust, self._at, self._step = archive, trust, at, step
        self._by_name = {entry.name: entry for entry in archive.entries}
        self._problems: list[tuple[Problem, str]] = []
        self._checks: list[SignatureCheck] = []

    def judge(self) -> Judgement:
        """Look at everything and say what was found."""
        names = [entry.name for entry in self._archive.entries]
        if len(set(names)) != len(names):
            self._note(Problem.DUPLICATE, "")
        if not self._archive.is_exact:
            self._note(Problem.CONTAINER_ODD, "")
        if submission.MANIFEST not in self._by_name:
            return unreadable(KIND, Problem.DAMAGED)
        content = self._read(submission.MANIFEST)
        manifest = _manifest(content)
        if isinstance(manifest, Problem):
            return unreadable(KIND, manifest) if manifest is Problem.NEWER_FORMAT else self._judgement(manifest, None)
        self._check_signature(content)
        self._check_sm2(content, manifest)
        self._check_list(manifest, names)
        for entry in manifest.entries:
            if entry.name in self._by_name:
                self._check_entry(entry, self._by_name[entry.name])
        if not self._problems:  # what follows reads contents that are now known to be the ones listed
            self._check_contents(manifest)
        return self._judgement(None, manifest)

    def _judgement(self, problem: Problem | None, manifest: Manifest | None) -> Judgement:
        if problem is not None:
            self._note(problem, submission.MANIFEST)
        everything = [code for code, _ in self._problems]
        inner = [code for check in self._checks for code in check.problems]
        own = [check for check in self._checks if check.field == submission.SIGNATURE]
        named = [(str(code), what) for code, what in self._problems if what]
        return Judgement(
            kind=KIND,
            verdict=verdict_of([*everything, *inner], has_signatures=bool(own)),
            signatures=tuple(self._checks),
            problems=tuple(dict.fromkeys(str(code) for code in everything)),
            details=(*named[:_MAX_NAMED], *(_told(manifest) if manifest else ())),
        )

    def _note(self, problem: Problem, what: str) -> None:
        self._problems.append((problem, what))

    def _read(self, name: str, limit: int = MAX_LIST_BYTES) -> bytes:
        return self._archive.read(self._by_name[name], limit)

    def _check_signature(self, content: bytes) -> None:
        if submission.SIGNATURE not in self._by_name:
            self._note(Problem.NO_SIGNATURE, "")
            return
        signature = self._read(submission.SIGNATURE)
        check, problem = cms.judge_detached(signature, content, self._trust, at=self._at, field=submission.SIGNATURE)
        if check is not None:
            self._checks.append(check)
        if problem is not None:
            self._note(problem, submission.SIGNATURE)

    def _check_sm2(self, content: bytes, manifest: Manifest) -> None:
        """Nobody needs SM2; but where its certificate is listed the signature must be there, and hold."""
        field, certificates = submission.SM2_SIGNATURE, submission.SM2_CERTIFICATE
        if certificates not in self._by_name or all(one.name != certificates for one in manifest.entries):
            return  # the check of the list tells what is missing, or too much
        if field not in self._by_name:
            self._note(Problem.SIGNATURE_MISSING, field)
            return
        beside = sm2_verify.Beside(
            signature=self._read(field),
            certificates=self._read(certificates),
            claimed_at=manifest.created_at,
        )
        check, problem = sm2_verify.judge_detached(beside, content, self._trust, at=self._at, field=field)
        if check is not None:
            self._checks.append(check)
        if problem is not None:
            self._note(problem, certificates)

    def _check_list(self, manifest: Manifest, names: list[str]) -> None:
        """The file must hold what the manifest lists, nothing else, in this order; and the list must make sense."""
        listed = [entry.name for entry in manifest.entries]
        ends = [submission.MANIFEST, submission.SIGNATURE]
        if submission.SM2_CERTIFICATE in listed:
            ends.append(submission.SM2_SIGNATURE)
        for name in listed:
            if name not in self._by_name:
                self._note(Problem.ENTRY_MISSING, name)
        for name in names:
            if name not in listed and name not in ends:
                self._note(Problem.ENTRY_UNEXPECTED, name)
        if [name for name in names if name in listed or name in ends] != [*listed, *(n for n in ends if n in names)]:
            self._note(Problem.CONTAINER_ODD, "")
        evidence = [name for name in listed if name not in submission.NAMED]
        named = submission.NAMED if submission.SM2_CERTIFICATE in listed else submission.FIXED
        is_ordered = listed == [*named, *sorted(evidence)] and len(set(listed)) == len(listed)
        is_named = all(
            entry.name == submission.EVIDENCE_FOLDER + entry.sha256 and _SHA256.fullmatch(entry.sha256)
            for entry in manifest.entries
            if entry.name in evidence
        )
        if not is_ordered or not is_named:
            self._note(Problem.MANIFEST_ODD, submission.MANIFEST)

    def _check_entry(self, listed: ListedEntry, entry: StoredEntry) -> None:
        digests = [hashlib.sha256()] + ([hashlib.new("sm3")] if listed.sm3 and _HAS_SM3 else [])
        crc = 0
        for piece in self._archive.chunks(entry):
            crc = zlib.crc32(piece, crc)
            self._step(len(piece))
            for digest in digests:
                digest.update(piece)
        found = [digest.hexdigest() for digest in digests]
        if entry.size != listed.size_bytes or crc != entry.crc or found != [listed.sha256, listed.sm3][: len(found)]:
            self._note(Problem.ENTRY_CHANGED, listed.name)

    def _check_contents(self, manifest: Manifest) -> None:
        if self._read(submission.MIME_ENTRY) != submission.MIME:
            self._note(Problem.MANIFEST_ODD, submission.MIME_ENTRY)
        hashes = {entry.name: entry.sha256 for entry in manifest.entries}
        if hashes[submission.CONTENT] != manifest.content_digest:
            self._note(Problem.OTHER_CONTENT, submission.CONTENT)
        if hashes[submission.EDITION] != manifest.edition_digest:
            self._note(Problem.OTHER_CONTENT, submission.EDITION)
        self._check_facts(manifest)
        self._check_journal(manifest)
        self._check_report(manifest)
        self._check_workbook(manifest)

    def _check_facts(self, manifest: Manifest) -> None:
        try:
            facts = canonical.decode(self._read(submission.CONTENT), ContentFacts)
            edition = canonical.decode(self._read(submission.EDITION), EditionFacts)
        except (ValueError, RecursionError):
            self._note(Problem.OTHER_CONTENT, submission.CONTENT)
            return
        if (facts.assessment.id, facts.edition_digest) != (manifest.assessment_id, manifest.edition_digest):
            self._note(Problem.OTHER_CONTENT, submission.CONTENT)
        if not _tells_the_same(manifest, facts, edition):
            self._note(Problem.OTHER_CONTENT, submission.MANIFEST)
        for what in sorted(facts.counts.keys() | manifest.counts.keys()):
            if facts.counts.get(what) != manifest.counts.get(what):
                self._note(Problem.COUNT_WRONG, what)
        held = {entry.sha256: entry.size_bytes for entry in manifest.entries if entry.name not in submission.NAMED}
        for sha256 in sorted(facts.copied.keys() - held.keys()):
            self._note(Problem.ENTRY_MISSING, submission.EVIDENCE_FOLDER + sha256)
        for sha256 in sorted(held.keys() - facts.copied.keys()):
            self._note(Problem.ENTRY_UNEXPECTED, submission.EVIDENCE_FOLDER + sha256)

    def _check_journal(self, manifest: Manifest) -> None:
        check = JournalCheck()
        report = check.walk(_lines(self._archive.chunks(self._by_name[submission.JOURNAL])))
        if not report.is_intact:
            self._note(Problem.JOURNAL_BROKEN, f"{report.broken_at}: {report.problem}")
        elif (check.entries, check.head, check.withheld) != (
            *(manifest.journal_entries, manifest.journal_head, manifest.journal_withheld),
        ):
            self._note(Problem.JOURNAL_BROKEN, submission.JOURNAL)

    def _check_report(self, manifest: Manifest) -> None:
        judgement = pdf_verify.verify_pdf(self._read(submission.REPORT, MAX_DOCUMENT_BYTES), self._trust, at=self._at)
        self._take_in(submission.REPORT, judgement, "report")
        keywords = dict(judgement.details).get("keywords", "")
        self._compare(submission.REPORT, keywords, manifest)
        if _HEAD.findall(keywords) != [manifest.journal_head]:
            self._note(Problem.JOURNAL_BROKEN, submission.REPORT)

    def _check_workbook(self, manifest: Manifest) -> None:
        content = BytesIO(self._read(submission.WORKBOOK, MAX_DOCUMENT_BYTES))
        judgement = opc_verify.verify_package(content, self._trust, at=self._at)
        self._take_in(submission.WORKBOOK, judgement, "workbook")
        self._compare(submission.WORKBOOK, keywords_of(content), manifest)
        if not states(content, manifest.content_digest):  # keywords are signed by nobody
            self._note(Problem.OTHER_CONTENT, submission.WORKBOOK)
        if not states(content, manifest.journal_head):
            self._note(Problem.JOURNAL_BROKEN, submission.WORKBOOK)

    def _compare(self, name: str, keywords: str, manifest: Manifest) -> None:
        found = _DIGEST.findall(keywords)
        if found != [manifest.content_digest]:
            self._note(Problem.OTHER_CONTENT, name)

    def _take_in(self, name: str, judgement: Judgement, kind: str) -> None:
        """A document inside must verify by itself; its signatures are shown under its name."""
        self._checks += [replace(check, field=f"{name}:{check.field}") for check in judgement.signatures]
        if judgement.kind != kind or judgement.verdict not in (Verdict.VALID, Verdict.UNTRUSTED):
            self._note(Problem.DOCUMENT_BROKEN, name)
        elif judgement.verdict is Verdict.UNTRUSTED:
            self._note(Problem.DOCUMENT_UNTRUSTED, name)


def _tells_the_same(manifest: Manifest, facts: ContentFacts, edition: EditionFacts) -> bool:
    """Tell whether a manifest names what its content is about, and the level that the content arrives at."""
    return (
        (manifest.institution, manifest.system) == (facts.institution.name, facts.system.name)
        and (manifest.standard_id, manifest.edition_id) == (edition.standard_id, edition.edition_id)
        and manifest.level == facts.results.overall.rating.label(edition.levels)
    )


def _manifest(content: bytes) -> Manifest | Problem:
    """Read the list; what does not come out the same when written again is not ours."""
    try:
        manifest = canonical.decode(content, Manifest)
        if manifest.format == submission.FORMAT and manifest.format_version > submission.FORMAT_VERSION:
            return Problem.NEWER_FORMAT
        is_ours = manifest.format == submission.FORMAT and manifest.format_version == submission.FORMAT_VERSION
        return manifest if is_ours and canonical.encode(manifest) == content else Problem.MANIFEST_ODD
    except (ValueError, RecursionError):
        return Problem.MANIFEST_ODD


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Cut a stream of bytes into lines, each with its end; an endless line is cut and will not be read back."""
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield line + b"\n"
        if len(rest) > _MAX_LINE:
            break
    if rest:
        yield rest


def _told(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """What the submission says of itself; worth what the verdict is worth."""
    approval = manifest.approval
    yield "institution", manifest.institution.pick("zh")
    yield "system", manifest.system.pick("zh")
    yield "standard", manifest.standard_id
    yield "edition", manifest.edition_id
    yield "level", manifest.level
    yield "approved_by", f"{approval.by} {approval.at.isoformat(sep=' ', timespec='seconds')}" if approval else "none"
    yield "packed_at", manifest.created_at.isoformat(sep=" ", timespec="seconds")
    yield "packed_by", manifest.created_by
    yield "report_digest", manifest.content_digest
    for what, count in manifest.counts.items():
        yield f"count_{what}", str(count)
    yield "journal_entries", str(manifest.journal_entries)
    if manifest.journal_withheld:
        yield "journal_withheld", str(manifest.journal_withheld)
