"""Verify files anyone hands us: reports, certificates, workbooks, backups. Needs no workspace."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class Verdict(StrEnum):
    """The one-line answer."""

    VALID = "valid"
    UNTRUSTED = "untrusted"
    ALTERED = "altered"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureCheck:
    """One signature: who, when (as claimed by the signer's clock), what it covers, what is wrong."""

    field: str
    signer: str
    issuer: str
    fingerprint_sha256: str
    claimed_at: datetime | None
    is_intact: bool
    is_trusted: bool
    covers_whole_file: bool
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCheck:
    """The verdict on one file; `problems` are codes with sentences in `errors.VER-*`."""

    path: Path
    kind: str
    verdict: Verdict
    sha256: str
    signatures: tuple[SignatureCheck, ...] = ()
    problems: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()


def verify_file(path: Path, trust: tuple[Path, ...]) -> FileCheck:
    """Judge one file against trusted roots (PEM files). Never raises for a bad file: that is a verdict."""
    raise NotImplementedError
