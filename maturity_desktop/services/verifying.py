"""Verify files anyone hands us: reports, certificates, workbooks, QR texts. Needs no workspace.

A bad file is a verdict, never an exception. The libraries behind load at the first check, not with this module.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from maturity_desktop.signing.findings import Judgement, Problem, SignatureCheck, Verdict, unreadable
from maturity_desktop.system.clock import Clock, SystemClock
from maturity_desktop.system.files import as_problem

if TYPE_CHECKING:
    from maturity_desktop.signing.trust import Trust

__all__ = ["FileCheck", "SignatureCheck", "TrustFiles", "Verdict", "verify_file"]

_CHUNK = 1024 * 1024
_HEAD = 1024
_MAX_TRUST_BYTES = 4 * 1024 * 1024
_MAX_QR_BYTES = 8192
_CLOCK: Clock = SystemClock()
_BACKUP_SUFFIX = ".mdbackup"


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
    """Files that say whom to believe beyond the roots for every role.

    Attributes:
        institution_roots: PEM files; when given, the institution's approval must lead to one of them.
        crls: revocation lists, PEM or DER; when given, every signer is looked up.
        expected: signature fields that must be there beyond what the kind of document demands.
    """

    institution_roots: tuple[Path, ...] = ()
    crls: tuple[Path, ...] = ()
    expected: frozenset[str] = frozenset()


def verify_file(
    path: Path, trust: tuple[Path, ...], *, more: TrustFiles | None = None, clock: Clock = _CLOCK
) -> FileCheck:
    """Judge one file against trusted roots (PEM files). Never raises for a bad file: that is a verdict.

    Raises:
        EnvironmentProblem: VER-901 a trust file holds no certificate, VER-902 not a revocation list,
            SYS-0xx a trust file cannot be read.
    """
    extra = more or TrustFiles()
    believed = _trust(trust, extra)
    at = clock.now()
    try:
        with path.open("rb") as stream:
            sha256 = _digest(stream)
            stream.seek(0)
            judgement = _judge(path, stream, believed, at, extra.expected)
    except OSError:
        return FileCheck(
            path=path, kind="unknown", verdict=Verdict.UNREADABLE, sha256="", problems=(Problem.NOT_FOUND.value,)
        )
    return FileCheck(
        path=path,
        kind=judgement.kind,
        verdict=judgement.verdict,
        sha256=sha256,
        signatures=judgement.signatures,
        problems=tuple(str(code) for code in judgement.problems),
        details=judgement.details,
    )


def _digest(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _judge(path: Path, stream: BinaryIO, trust: "Trust", at: datetime, expected: frozenset[str]) -> Judgement:
    """Tell by the first bytes what the file is, never by its name alone."""
    head = stream.read(_HEAD)
    stream.seek(0)
    if path.suffix.lower() == _BACKUP_SUFFIX:
        return unreadable("unknown", Problem.BACKUP)
    if head.startswith(b"PK\x03\x04"):
        from maturity_desktop.signing.opc_verify import verify_package  # loads when needed

        return verify_package(stream, trust, at=at)
    if b"%PDF-" in head:
        from maturity_desktop.signing.pdf_verify import MAX_BYTES, verify_pdf  # loads when needed

        return verify_pdf(stream.read(MAX_BYTES + 1), trust, at=at, expected=expected)
    if head.lstrip().startswith(b"MDC1:"):
        return _judge_qr(stream.read(_MAX_QR_BYTES), trust, at)
    return unreadable("unknown", Problem.UNKNOWN_KIND)


def _judge_qr(content: bytes, trust: "Trust", at: datetime) -> Judgement:
    from maturity_desktop.signing.qr_verify import verify_qr  # cryptography loads when needed

    try:
        return verify_qr(content.decode("ascii").strip("\r\n\t "), trust, at=at)
    except UnicodeDecodeError:
        return unreadable("qr", Problem.QR_NOT_OURS)


def _trust(files: tuple[Path, ...], more: TrustFiles) -> "Trust":
    from maturity_desktop.signing import trust  # cryptography loads when needed

    contents = [_read(path) for path in files]
    institution = [_read(path) for path in more.institution_roots]
    return trust.Trust(
        roots=tuple(one for content in contents for one in trust.read_certificates(content)),
        institution_roots=tuple(one for content in institution for one in trust.read_certificates(content)),
        crls=tuple(trust.read_revocation_list(_read(path)) for path in more.crls),
        qr_keys=tuple(contents),
    )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_MAX_TRUST_BYTES)
    except OSError as problem:
        raise as_problem(problem, path) from problem
