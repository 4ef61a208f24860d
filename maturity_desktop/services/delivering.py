"""The last steps every export takes: sign, judge with nothing but the signer's own root, count again, write, record.

What does not verify or does not count is never delivered; the file that was there before stays.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from maturity_desktop import __version__
from maturity_desktop.domain.ids import AssessmentId, Digest, new_id
from maturity_desktop.errors import VerificationFailed
from maturity_desktop.services.context import Workspace
from maturity_desktop.signing.findings import Judgement, Verdict
from maturity_desktop.signing.identity import Signer, common_name, load_pkcs12
from maturity_desktop.signing.trust import Trust
from maturity_desktop.storage.exports import ExportRow
from maturity_desktop.storage.notes import Note, as_json
from maturity_desktop.storage.work import Work
from maturity_desktop.system.files import as_problem, replacing

Judge = Callable[[bytes, Trust], Judgement]
Count = Callable[[bytes], Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A finished document, signed or not, and how to look at it again.

    Attributes:
        expected: what → how many the workspace holds.
        count: reads the same figures back out of the file's bytes.
        judge: verifies the file's signatures; not asked when there is no signer.
    """

    kind: str
    assessment_id: AssessmentId
    content: bytes
    content_digest: Digest
    expected: Mapping[str, int]
    count: Count
    judge: Judge
    signer: Signer | None
    pages: int = 0
    serial: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What lies on the disk now."""

    size_bytes: int
    sha256: str
    counts: tuple[tuple[str, int, int], ...]
    signer: str


def load_signer(workspace: Workspace, pkcs12: Path, passphrase: str) -> Signer:
    """Open an identity and make sure it may sign now, before anything is made.

    Raises:
        SigningRefused: SGN-010 … SGN-015. EnvironmentProblem: SYS-0xx the file cannot be read.
    """
    try:
        content = pkcs12.read_bytes()
    except OSError as problem:
        raise as_problem(problem, pkcs12) from problem
    return load_pkcs12(content, passphrase, workspace.machine.clock.now())


def write(document: Document, target: Path) -> Delivered:
    """Write the document so that only a verified and counted file ever bears the target's name.

    Raises:
        VerificationFailed: EXP-001 what was written reads back otherwise; EXP-002 counts differ (values what, found,
            kept); EXP-003 the signature does not verify.
        EnvironmentProblem: SYS-0xx.
    """
    with replacing(target) as stream:
        stream.write(document.content)
        stream.flush()
        stream.seek(0)
        written = stream.read()
        if written != document.content:
            raise VerificationFailed("EXP-001", path=str(target))
        counts = _counted(document, written)
        signer = _judged(document, written)
    return Delivered(size_bytes=len(written), sha256=hashlib.sha256(written).hexdigest(), counts=counts, signer=signer)


def record(work: Work, document: Document, target: Path, delivered: Delivered) -> None:
    """Enter a delivered file into the register and the journal, and pin the journal's end."""
    row = ExportRow(
        id=new_id(),
        assessment_id=document.assessment_id,
        kind=document.kind,
        file_name=target.name,
        sha256=delivered.sha256,
        exported_at=work.now,
        exported_by=work.author.name,
        content_digest=document.content_digest,
        signer=delivered.signer,
        program_version=__version__,
        serial=document.serial,
    )
    work.exports.add(row)
    facts = {"kind": row.kind, "file": row.file_name, "sha256": row.sha256, "content": row.content_digest}
    if row.signer:
        facts["signer"] = row.signer
    if row.serial:
        facts["serial"] = row.serial
    work.note(Note(event="export.finished", subject=row.assessment_id, new=as_json(facts)))


def _counted(document: Document, written: bytes) -> tuple[tuple[str, int, int], ...]:
    found = document.count(written)
    counts = tuple((what, found.get(what, 0), kept) for what, kept in document.expected.items())
    for what, in_file, kept in counts:
        if in_file != kept:
            raise VerificationFailed("EXP-002", what=what, found=in_file, kept=kept)
    return counts


def _judged(document: Document, written: bytes) -> str:
    """Return the signer's name once the file verifies against the root of its own chain."""
    signer = document.signer
    if signer is None:
        return ""
    root = signer.chain[-1] if signer.chain else signer.certificate
    judgement = document.judge(written, Trust(roots=(root,)))
    if judgement.verdict is not Verdict.VALID:
        problems = ", ".join(
            (*judgement.problems, *(code for check in judgement.signatures for code in check.problems))
        )
        raise VerificationFailed("EXP-003", verdict=judgement.verdict.value, problems=problems)
    return common_name(signer.certificate.subject)
