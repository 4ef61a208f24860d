"""Create, open, close, back up and restore workspaces; passphrases and recovery slots."""

import logging
import shutil
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

from maturity_desktop.errors import EnvironmentProblem, RuleBroken
from maturity_desktop.services import backups, integrity, keeping, opening
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.services.integrity import IntegrityReport
from maturity_desktop.services.opening import StorageNotice, storage_notice
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.services.passphrases import Strength, passphrase_strength
from maturity_desktop.storage import keyslots
from maturity_desktop.storage.notes import Note, as_json
from maturity_desktop.system import files
from maturity_desktop.system.progress import Progress, silent

__all__ = [
    "BACKUP_SUFFIX",
    "SUFFIX",
    "IntegrityReport",
    "StorageNotice",
    "Strength",
    "back_up",
    "change_passphrase",
    "check_integrity",
    "close",
    "create",
    "has_recovery_slot",
    "open_workspace",
    "passphrase_strength",
    "restore",
    "set_recovery_passphrase",
    "storage_notice",
    "warm_up",
]

SUFFIX = ".maturity"
BACKUP_SUFFIX = ".mdbackup"
_LOG = logging.getLogger(__name__)


def warm_up() -> None:
    """Load what opening a workspace needs; for a worker thread while the user types the passphrase."""
    opening.load_engine()


def create(machine: Machine, path: Path, passphrase: str, *, actor: str) -> Workspace:
    """Make a new workspace folder (suffix added when missing) and open it.

    Raises:
        EnvironmentProblem: WSP-001 something is there already; WSP-006 network share; SYS-0xx.
        RuleBroken: WSP-010 passphrase too weak.
    """
    path = path if path.name.endswith(SUFFIX) else path.with_name(f"{path.name}{SUFFIX}")
    if path.exists():
        raise EnvironmentProblem("WSP-001", path=str(path))
    opening.refuse_network(path)
    _refuse_weak(passphrase)
    slots = keyslots.KeySlots(workspace_id=str(uuid4()))
    master = keyslots.new_master()
    part = path.with_name(f".{path.name[:80]}.{uuid4().hex[:8]}.part")
    try:
        part.mkdir(mode=0o700)
        keyslots.write(part, keyslots.with_slot(slots, keyslots.ASSESSOR, passphrase, master))
        opening.make_database(machine, part, master, actor)
        files.sync_folder(part)
        part.rename(path)
        files.sync_folder(path.parent)
    except OSError as problem:
        raise files.as_problem(problem, path) from problem
    finally:
        shutil.rmtree(part, ignore_errors=True)
    with ExitStack() as undo:
        lock = opening.take_lock(machine, path)
        undo.callback(lock.release)
        workspace = opening.attach(machine, path, master, actor=actor, lock=lock)
        undo.pop_all()
    return workspace


def open_workspace(
    machine: Machine, path: Path, passphrase: str, *, actor: str = "", read_only: bool = False
) -> Workspace:
    """Open a workspace. Read-only takes no lock, upgrades nothing and writes nothing; a backup file always opens so.

    Raises:
        RuleBroken: WSP-002 wrong passphrase.
        VerificationFailed: BAK-003 the backup does not agree with its list (EnvironmentProblem BAK-002, BAK-004).
        EnvironmentProblem: WSP-003 held by another program (values program, pid, computer); WSP-004 not a
            workspace; WSP-005 made by a newer version (values needed, have); WSP-006 network share; WSP-007 damaged;
            WSP-023 made by an older version and opened read-only.
    """
    if path.is_file():
        return backups.open_backup(machine, path, passphrase, actor=actor)
    slots = keyslots.read(path)
    opening.refuse_network(path)
    if read_only:
        _, master = keyslots.unlock(slots, passphrase)
        return opening.attach_read_only(machine, path, master, actor=actor)
    with ExitStack() as undo:
        lock = opening.take_lock(machine, path)
        undo.callback(lock.release)
        master = _unlocked(machine, path, slots, passphrase)
        workspace = opening.attach(machine, path, master, actor=actor, lock=lock)
        undo.pop_all()
    return workspace


def close(workspace: Workspace) -> None:
    """Close the database, forget the keys, release the lock. Calling it twice does no harm."""
    if workspace.store is None:
        return
    try:
        if not workspace.is_read_only and workspace.keys is not None:
            with workspace.begin() as work:
                work.note(Note(event="workspace.closed", subject="workspace"))
                work.journal.pin(workspace.keys.journal, work.now)
    except EnvironmentProblem as problem:
        _LOG.warning("closing was not journalled: %s", problem.code)
    finally:
        opening.detach(workspace)


def change_passphrase(workspace: Workspace, old: str, new: str) -> Outcome[None]:
    """Re-wrap the master key of the slot that `old` opens.

    Raises:
        RuleBroken: WSP-002 wrong passphrase; WSP-010 too weak; KEY-005 a kept key has this passphrase.
    """
    _refuse_weak(new)
    keeping.refuse_owned(workspace, new)
    slots = keyslots.read(workspace.path)
    name, master = keyslots.unlock(slots, old)
    return _replace_slot(workspace, slots, name, (new, master))


def set_recovery_passphrase(workspace: Workspace, recovery: str) -> Outcome[None]:
    """Add or replace the second (recovery) slot. Raises RuleBroken WSP-010 too weak; KEY-005 as above."""
    _refuse_weak(recovery)
    keeping.refuse_owned(workspace, recovery)
    if workspace.keys is None:
        raise EnvironmentProblem("WSP-021", path=str(workspace.path))
    slots = keyslots.read(workspace.path)
    return _replace_slot(workspace, slots, keyslots.RECOVERY, (recovery, workspace.keys.master))


def has_recovery_slot(workspace: Workspace) -> bool:
    """Return whether a recovery passphrase is set."""
    return keyslots.read(workspace.unpacked or workspace.path).has(keyslots.RECOVERY)


def _refuse_weak(passphrase: str) -> None:
    if passphrase_strength(passphrase).score == 0:
        raise RuleBroken("WSP-010")


def _unlocked(machine: Machine, path: Path, slots: keyslots.KeySlots, passphrase: str) -> bytes:
    try:
        return keyslots.unlock(slots, passphrase)[1]
    except RuleBroken:
        opening.count_failure(machine, path)
        raise


def _replace_slot(
    workspace: Workspace, slots: keyslots.KeySlots, name: str, secret: tuple[str, bytes]
) -> Outcome[None]:
    """The note is committed before the file is replaced: a change without a trace must not happen."""
    renewed = keyslots.with_slot(slots, name, *secret)
    with workspace.begin() as work:
        event = "passphrase.changed" if slots.has(name) else "passphrase.added"
        work.note(Note(event=event, subject=name, new=as_json({"slot": name})))
    keyslots.write(workspace.path, renewed)
    return Outcome(value=None, changes=Changes(areas=frozenset({Area.SETTINGS})))


def check_integrity(workspace: Workspace, progress: Progress = silent) -> IntegrityReport:
    """Check database pages, journal chain and every evidence content; sweep orphans. Progress counts bytes.

    Raises:
        EnvironmentProblem: WSP-021 closed; STO-0xx. Cancelled: the progress asked to stop.
    """
    return integrity.check(workspace, progress)


def back_up(workspace: Workspace, target: Path, progress: Progress = silent) -> Outcome[Path]:
    """Write everything into one hash-checked `*.mdbackup` file, re-open it and count before saying done.

    The suffix is added when missing; a backup of that name is replaced only by a whole new one. Answers can be
    given meanwhile. Progress counts bytes, written and read again.

    Raises:
        EnvironmentProblem: BAK-001 not enough space; WSP-021 closed; WSP-022 read-only; STO-0xx; SYS-0xx.
        RuleBroken: BAK-006 inside the workspace. VerificationFailed: BAK-003 what was written does not agree.
        Cancelled: the progress asked to stop; nothing is left.
    """
    path = target if target.name.endswith(BACKUP_SUFFIX) else target.with_name(f"{target.name}{BACKUP_SUFFIX}")
    return Outcome(value=backups.back_up(workspace, path, progress), changes=Changes(areas=frozenset({Area.SETTINGS})))


def restore(machine: Machine, backup: Path, target: Path, progress: Progress = silent) -> Path:  # noqa: ARG001
    """Unpack a backup into a new workspace folder (never over an existing one), verify, then rename into place.

    The suffix is added when missing; returns the folder. Needs no passphrase: everything stays sealed.

    Raises:
        EnvironmentProblem: BAK-001 not enough space; BAK-002 no backup, or cut off; BAK-004 made by a newer version;
            BAK-005 something is there already; WSP-006 network share; SYS-0xx.
        VerificationFailed: BAK-003 the backup does not agree with its list.
        Cancelled: the progress asked to stop; nothing is left.
    """
    path = target if target.name.endswith(SUFFIX) else target.with_name(f"{target.name}{SUFFIX}")
    return backups.restore(backup, path, progress)
