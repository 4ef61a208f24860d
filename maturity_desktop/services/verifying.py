"""Verify files anyone hands us: reports, certificates, workbooks, QR codes on paper. Needs no workspace.

A bad file is a verdict, never an exception. The libraries behind load at the first check, not with this module.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from maturity_desktop.domain import submission
from maturity_desktop.domain.trust import TrustItem, TrustKind
from maturity_desktop.services import paper
from maturity_desktop.services import register as registers
from maturity_desktop.services.register import Register
from maturity_desktop.signing.findings import Judgement, Problem, SignatureCheck, Verdict, unreadable, verdict_of
from maturity_desktop.system.clock import Clock, SystemClock
from maturity_desktop.system.files import read

if TYPE_CHECKING:
    from maturity_desktop.signing.foreign import Certificate
    from maturity_desktop.signing.revoked import RevokedList
    from maturity_desktop.signing.trust import Trust

__all__ = ["FileCheck", "SignatureCheck", "TrustFiles", "Verdict", "trust_of", "verify_file"]

_CHUNK = 1024 * 1024
_HEAD = 1024
_MAX_TRUST_BYTES = 16 * 1024 * 1024
_MAX_QR_BYTES = 8192
_CLOCK: Clock = SystemClock()
_BACKUP_SUFFIX = ".mdbackup"
_SUBMISSION_BEGINS = submission.MIME_ENTRY.encode("ascii") + submission.MIME
_LIST_SUFFIXES = (".mdcrl", ".crl")
_LIST_KINDS = (TrustKind.REVOCATION_LIST, TrustKind.CERTIFICATE_LIST)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCheck:
    """The verdict on one file; `problems` are codes with sentences in `errors.VER-*`.

    Attributes:
        kind: ``report``, ``certificate``, ``pdf``, ``workbook``, ``office``, ``qr`` or ``unknown``.
        sha256: lower-case hex of the whole file, "" when it cannot be read.
        details: what the file claims or what exactly is wrong, stable key → value.
    """

    path: Path
    kind: str
    verdict: Verdict
    sha256: str
    signatures: tuple[SignatureCheck, ...] = ()
    problems: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustFiles:
    """Files that say whom to believe beyond the roots for every role, and what to compare with.

    Attributes:
        institution_roots: PEM files; when given, the institution's approval must lead to one of them.
        crls: what was taken back: revocation lists of signers (PEM or DER), of certificates (``.mdcrl``), or folders
            such as a USB stick that hold some. When given, every signer, or every certificate, is looked up.
        expected: signature fields that must be there beyond what the kind of document demands.
        tsa_roots: PEM files; roots of time-stamp authorities, believed for nothing else.
        sm2_roots: PEM files; roots of SM2 signatures, believed for nothing else.
        against: a report; certificates, on paper or signed, are compared with it.
        stored: what the trust store of a workspace holds, from `services.trust.files`.
        register: what that workspace wrote and issued; files and paper are compared with it.
    """

    institution_roots: tuple[Path, ...] = ()
    crls: tuple[Path, ...] = ()
    expected: frozenset[str] = frozenset()
    against: Path | None = None
    tsa_roots: tuple[Path, ...] = ()
    sm2_roots: tuple[Path, ...] = ()
    stored: tuple[TrustItem, ...] = ()
    register: Register | None = None


@dataclass(frozen=True, kw_only=True)
class _Court:
    """Everything a verdict rests on besides the file itself."""

    trust: "Trust"
    taken_back: tuple["RevokedList", ...]
    at: datetime
    expected: frozenset[str]
    report: tuple[str, Judgement] | None = None
    register: Register | None = None


def verify_file(
    path: Path, trust: tuple[Path, ...], *, more: TrustFiles | None = None, clock: Clock = _CLOCK
) -> FileCheck:
    """Judge one file against trusted roots (PEM files). Never raises for a bad file: that is a verdict.

    Raises:
        EnvironmentProblem: VER-901 a trust file holds no certificate, VER-902 not a revocation list, VER-903, VER-904
            a list of revoked certificates that is altered or not believed, SYS-0xx a trust file cannot be read.
    """
    extra = more or TrustFiles()
    court = _court(trust, extra, clock.now())
    if extra.against is not None:
        court = replace(court, report=(extra.against.name, _judged(extra.against, court)[0]))
    judgement, sha256 = _judged(path, court)
    return FileCheck(
        path=path,
        kind=judgement.kind,
        verdict=judgement.verdict,
        sha256=sha256,
        signatures=judgement.signatures,
        problems=tuple(str(code) for code in judgement.problems),
        details=judgement.details,
    )


def _judged(path: Path, court: _Court) -> tuple[Judgement, str]:
    """Return the verdict on a file and its SHA-256."""
    try:
        with path.open("rb") as stream:
            sha256 = _digest(stream)
            stream.seek(0)
            judgement = _judge(path, stream, court)
    except OSError:
        return unreadable("unknown", Problem.NOT_FOUND), ""
    judgement = _look_up(judgement, court)
    if court.register is not None:
        judgement = registers.compare(judgement, sha256, court.register)
    if court.report is not None:
        name, report = court.report
        judgement = paper.compare(judgement, report, name)
    return judgement, sha256


def _digest(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _judge(path: Path, stream: BinaryIO, court: _Court) -> Judgement:
    """Tell by the first bytes what the file is, never by its name alone."""
    head = stream.read(_HEAD)
    stream.seek(0)
    if path.suffix.lower() == _BACKUP_SUFFIX:
        return unreadable("unknown", Problem.BACKUP)
    if head.startswith(b"PK\x03\x04") or path.suffix.lower() == submission.SUFFIX:
        return _judge_archive(path, stream, court)
    if paper.is_picture(head):
        return paper.judge_picture(stream.read(), partial(_judge_text, court))
    if b"%PDF-" in head:
        return _judge_pdf(stream, court)
    if head.lstrip().startswith(b"MDC1:"):
        return _judge_qr(stream.read(_MAX_QR_BYTES), court)
    return unreadable("unknown", Problem.UNKNOWN_KIND)


def _judge_archive(path: Path, stream: BinaryIO, court: _Court) -> Judgement:
    is_submission = _SUBMISSION_BEGINS in stream.read(_HEAD)
    stream.seek(0)
    if is_submission or path.suffix.lower() == submission.SUFFIX:
        from maturity_desktop.signing.submission_verify import verify_submission  # loads when needed

        return verify_submission(stream, court.trust, at=court.at)
    from maturity_desktop.signing.opc_verify import verify_package  # loads when needed

    return verify_package(stream, court.trust, at=court.at)


def _judge_pdf(stream: BinaryIO, court: _Court) -> Judgement:
    from maturity_desktop.signing.pdf_verify import MAX_BYTES, verify_pdf  # loads when needed

    content = stream.read(MAX_BYTES + 1)
    judgement = verify_pdf(content, court.trust, at=court.at, expected=court.expected)
    if judgement.verdict is not Verdict.UNSIGNED:
        return judgement
    return paper.look_at_pages(content, judgement, partial(_judge_text, court))


def _judge_qr(content: bytes, court: _Court) -> Judgement:
    try:
        return _judge_text(court, content.decode("ascii").strip("\r\n\t "))
    except UnicodeDecodeError:
        return unreadable("qr", Problem.QR_NOT_OURS)


def _judge_text(court: _Court, text: str) -> Judgement:
    from maturity_desktop.signing.qr_verify import verify_qr  # cryptography loads when needed

    return verify_qr(text, court.trust, at=court.at, taken_back=court.taken_back)


def _look_up(judgement: Judgement, court: _Court) -> Judgement:
    """A signed certificate names its serial; one that was taken back is worth nothing."""
    if not court.taken_back:
        return judgement
    from maturity_desktop.signing.revoked import problem_of  # cryptography loads when needed

    serial = paper.serial_of(judgement)
    problem = problem_of(serial, court.taken_back, at=court.at) if serial else None
    if problem is None:
        return judgement
    problems = tuple(dict.fromkeys((*judgement.problems, problem.value)))
    everything = (*problems, *(code for check in judgement.signatures for code in check.problems))
    verdict = verdict_of(everything, has_signatures=judgement.verdict is not Verdict.UNSIGNED)
    return replace(judgement, problems=problems, verdict=verdict)


def _court(files: tuple[Path, ...], more: TrustFiles, at: datetime) -> _Court:
    believed = trust_of(files, more)
    taken_back = _taken_back([one for one in _read_lists(more) if paper.is_list(one)], believed, at)
    return _Court(trust=believed, taken_back=taken_back, at=at, expected=more.expected, register=more.register)


def _read_lists(more: TrustFiles) -> list[bytes]:
    given = [read(path, _MAX_TRUST_BYTES) for path in _lists(more.crls)]
    return given + [one.content for one in more.stored if one.kind in _LIST_KINDS]


def trust_of(files: tuple[Path, ...], more: TrustFiles) -> "Trust":
    """Return whom these root files and the rest say to believe.

    Raises:
        EnvironmentProblem: VER-901 a file holds no certificate, VER-902 not a revocation list, SYS-0xx.
    """
    from maturity_desktop.signing import trust  # cryptography loads when needed

    contents = [read(path, _MAX_TRUST_BYTES) for path in files]
    usual, sm2 = zip(*map(trust.sorted_roots, contents), strict=True) if contents else ((), ())
    institution = [read(path, _MAX_TRUST_BYTES) for path in more.institution_roots]
    return trust.with_stored(
        trust.Trust(
            roots=tuple(one for found in usual for one in found),
            institution_roots=tuple(one for content in institution for one in trust.read_certificates(content)),
            crls=tuple(trust.read_revocation_list(one) for one in _read_lists(more) if not paper.is_list(one)),
            qr_keys=tuple(contents),
            tsa_roots=tuple(
                one for path in more.tsa_roots for one in trust.read_certificates(read(path, _MAX_TRUST_BYTES))
            ),
            sm2_roots=(*(one for found in sm2 for one in found), *_sm2_roots(more.sm2_roots)),
        ),
        more.stored,
    )


def _sm2_roots(files: tuple[Path, ...]) -> "tuple[Certificate, ...]":
    from maturity_desktop.signing.trust import read_certificates

    return tuple(one for path in files for one in read_certificates(read(path, _MAX_TRUST_BYTES), with_keys=False))


def _taken_back(lists: list[bytes], trust: "Trust", at: datetime) -> tuple["RevokedList", ...]:
    if not lists:
        return ()
    from maturity_desktop.signing import revoked  # the library for detached signatures loads when needed

    return tuple(revoked.read(one, trust, at=at) for one in lists)


def _lists(places: tuple[Path, ...]) -> Iterator[Path]:
    """Name the lists meant: a file is one, a folder holds some."""
    for place in places:
        if place.is_dir():
            yield from sorted(one for one in place.iterdir() if one.suffix.lower() in _LIST_SUFFIXES)
        else:
            yield place
