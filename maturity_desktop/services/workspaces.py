"""Create, open, close, back up and restore workspaces; passphrases and recovery slots."""

from dataclasses import dataclass
from pathlib import Path

from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.services.outcomes import Outcome
from maturity_desktop.system.progress import Progress, silent

SUFFIX = ".maturity"
BACKUP_SUFFIX = ".mdbackup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """How good a passphrase is: `score` 0 (refused) to 4 (strong), and hint codes for wording `errors.HINT-*`."""

    score: int
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrityReport:
    """Outcome of a full check: database pages, journal chain, every evidence content.

    Attributes:
        missing, damaged: file names of evidence whose content is gone or does not match its hash.
        orphans_removed: unreferenced blobs swept away.
    """

    database_ok: bool
    journal_entries: int
    journal_intact: bool
    evidence_checked: int
    missing: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    orphans_removed: int = 0


def passphrase_strength(passphrase: str) -> Strength:
    """Judge a passphrase without keeping it. Score 0 is refused by `create`."""
    raise NotImplementedError


def create(machine: Machine, path: Path, passphrase: str, *, actor: str) -> Workspace:
    """Make a new workspace folder (suffix added when missing) and open it.

    Raises:
        EnvironmentProblem: WSP-001 something is there already; WSP-006 network share; SYS-0xx.
        RuleBroken: WSP-010 passphrase too weak.
    """
    raise NotImplementedError


def open_workspace(
    machine: Machine, path: Path, passphrase: str, *, actor: str = "", read_only: bool = False
) -> Workspace:
    """Open a workspace (or, read-only, a backup file).

    Raises:
        RuleBroken: WSP-002 wrong passphrase.
        EnvironmentProblem: WSP-003 held by another program (values program, pid, computer); WSP-004 not a
            workspace; WSP-005 made by a newer version (values needed, have); WSP-006 network share; WSP-007 damaged.
    """
    raise NotImplementedError


def close(workspace: Workspace) -> None:
    """Close the database, forget the keys, release the lock. Calling it twice does no harm."""
    raise NotImplementedError


def change_passphrase(workspace: Workspace, old: str, new: str) -> Outcome[None]:
    """Re-wrap the master key of the slot that `old` opens.

    Raises:
        RuleBroken: WSP-002 wrong passphrase; WSP-010 too weak.
    """
    raise NotImplementedError


def set_recovery_passphrase(workspace: Workspace, recovery: str) -> Outcome[None]:
    """Add or replace the second (recovery) slot."""
    raise NotImplementedError


def has_recovery_slot(workspace: Workspace) -> bool:
    """Return whether a recovery passphrase is set."""
    raise NotImplementedError


def check_integrity(workspace: Workspace, progress: Progress = silent) -> IntegrityReport:
    """Check database pages, journal chain and every evidence content; sweep orphans."""
    raise NotImplementedError


def back_up(workspace: Workspace, target: Path, progress: Progress = silent) -> Outcome[Path]:
    """Write everything into one hash-checked `*.mdbackup` file, re-open it and count before saying done."""
    raise NotImplementedError


def restore(machine: Machine, backup: Path, target: Path, progress: Progress = silent) -> Path:
    """Unpack a backup into a new workspace folder (never over an existing one), verify, then rename into place."""
    raise NotImplementedError
