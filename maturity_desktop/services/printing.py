"""What goes to the printer: the file's very bytes, judged first, and what the journal keeps of every print."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from maturity_desktop.errors import VerificationFailed
from maturity_desktop.services import paper, trust, verifying
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.services.verifying import Verdict
from maturity_desktop.storage.notes import Note, as_json
from maturity_desktop.system.files import read

_WRITTEN_HERE = ("register", "same_file")
_LEFT_TO_TRUST = (Verdict.VALID, Verdict.UNTRUSTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that somebody wants to look at or print.

    Attributes:
        sha256: what it must be, lower-case hex; "" takes any file.
        roots: PEM files of trusted roots.
        workspace: the open workspace, whose trust store and register count.
    """

    path: Path
    sha256: str = ""
    roots: tuple[Path, ...] = ()
    workspace: Workspace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Printable:
    """The bytes that will be drawn or printed, and the verdict on exactly these.

    Attributes:
        serial: of a certificate, else "".
        needs_warning: nobody may take the paper for a verified document.
    """

    content: bytes
    name: str
    sha256: str
    kind: str
    verdict: Verdict
    serial: str
    needs_warning: bool


class Stage(StrEnum):
    """How far a print is when the journal is told."""

    BEGUN = "print_begun"
    FAILED = "print_failed"
    DONE = "printed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJob:
    """Which pages (1-based, inclusive), how often, on which printer or into which file."""

    first: int
    last: int
    copies: int = 1
    printer: str = ""


def examine(machine: Machine, source: Source) -> Printable:
    """Read a file once and judge it; what this workspace exported and verified itself needs no root to be believed.

    Raises:
        VerificationFailed: PRN-001 the file is not the one that was written and verified, or changes under our hands.
        EnvironmentProblem: SYS-0xx it cannot be read; VER-90x a trust file.
    """
    content = read(source.path)
    sha256 = hashlib.sha256(content).hexdigest()
    if source.sha256 not in ("", sha256):
        raise VerificationFailed("PRN-001", path=str(source.path))
    more = trust.files(source.workspace) if source.workspace is not None else None
    roots = tuple(root for root in source.roots if root.exists())
    check = verifying.verify_file(source.path, roots, more=more, clock=machine.clock)
    if check.sha256 != sha256:
        raise VerificationFailed("PRN-001", path=str(source.path))
    is_own = _WRITTEN_HERE in check.details and check.verdict in _LEFT_TO_TRUST
    return Printable(
        content=content,
        name=source.path.name,
        sha256=sha256,
        kind=check.kind,
        verdict=check.verdict,
        serial=paper.serial_of(check),
        needs_warning=check.verdict is not Verdict.VALID and not is_own,
    )


def record(workspace: Workspace, printed: Printable, job: PrintJob, stage: Stage) -> None:
    """Journal what goes, or went, to a printer.

    Raises:
        EnvironmentProblem: WSP-021, WSP-022 closed or read-only; STO-0xx.
    """
    facts = {
        "file": printed.name,
        "sha256": printed.sha256,
        "kind": printed.kind,
        "verdict": printed.verdict.value,
        "printer": job.printer,
        "pages": f"{job.first}-{job.last}",
        "copies": job.copies,
    }
    with workspace.begin() as work:
        work.note(Note(event=f"file.{stage}", subject=printed.serial or printed.sha256, new=as_json(facts)))
