"""How a workspace comes to be open: lock, keys, database, the first journal row; and how it is let go."""

import json
import logging
import os
import shutil
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.storage.keys import WorkspaceKeys
from maturity_desktop.storage.notes import Note, as_json
from maturity_desktop.system import files
from maturity_desktop.system.clock import TOLERANCE_MS
from maturity_desktop.system.machine import GIB, volume_of

if TYPE_CHECKING:
    from maturity_desktop.system.locks import FolderLock

BLOBS = "blobs"
_LOCK = ".lock"
_FAILURES = "failed-openings.json"
_WARN_BYTES = 3 * GIB
_REFUSE_FROM_LIMIT_BYTES = GIB // 4
_ACTOR = "actor"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageNotice:
    """Where the database lies and how much fits there; `limit_bytes` is 0 when nothing limits it.

    Attributes:
        is_near_limit: a sentence for the user is due (`errors.STO-009`).
    """

    file_system: str
    database_bytes: int
    limit_bytes: int
    is_near_limit: bool


def load_engine() -> None:
    """Load the database engine and the lock; they are slow to import and wait until someone opens a workspace."""
    from maturity_desktop.storage import schema, work  # noqa: F401
    from maturity_desktop.system import locks  # noqa: F401


def refuse_network(path: Path) -> None:
    """Refuse network shares: the write-ahead log is not safe there. Raises EnvironmentProblem WSP-006."""
    if volume_of(path).is_network:
        raise EnvironmentProblem("WSP-006", path=str(path))


def make_database(machine: Machine, folder: Path, master: bytes, actor: str) -> None:
    """Make the empty database and the evidence folder inside a new workspace folder."""
    from maturity_desktop.storage import database, schema, work

    (folder / BLOBS).mkdir()
    store = database.Store(folder / database.FILE_NAME, WorkspaceKeys(master=master).database)
    try:
        with store.begin() as connection:
            schema.create_tables(connection)
            first = work.Work(connection, work.Author(name=actor, clock=machine.clock))
            first.settings.set(_ACTOR, actor)
            first.note(Note(event="workspace.created", subject="workspace", new=as_json({"schema": schema.SCHEMA})))
    finally:
        store.close()


def take_lock(machine: Machine, folder: Path) -> "FolderLock":
    """Take the lock of a workspace. Raises EnvironmentProblem WSP-003 with who holds it; SYS-002."""
    from maturity_desktop.system import locks

    taken = locks.take(folder / _LOCK)
    if isinstance(taken, locks.FolderLock):
        return taken
    program = machine.program if taken.program.startswith("python") else taken.program
    raise EnvironmentProblem("WSP-003", path=str(folder), program=program, pid=taken.pid, computer=taken.computer)


def attach(machine: Machine, folder: Path, master: bytes, *, actor: str, lock: "FolderLock") -> Workspace:
    """Open the database for changes and journal the opening.

    Raises:
        EnvironmentProblem: WSP-005, WSP-007, STO-0xx.
    """
    from maturity_desktop.storage import schema

    keys = WorkspaceKeys(master=master)
    limit = _database_limit(folder)
    store, copy = schema.open_current(folder, keys.database, now=machine.clock.now(), limit_bytes=limit)
    workspace = Workspace(path=folder, machine=machine, actor=actor, store=store, keys=keys, lock=lock)
    with ExitStack() as undo:
        undo.callback(detach, workspace)
        _journal_opening(workspace, copy)
        _sweep(workspace)
        undo.pop_all()
    return workspace


def attach_read_only(machine: Machine, folder: Path, master: bytes, *, actor: str) -> Workspace:
    """Open the database without ever writing. Raises EnvironmentProblem WSP-005, WSP-007, WSP-023, STO-0xx."""
    from maturity_desktop.storage import database, schema

    path = folder / database.FILE_NAME
    keys = WorkspaceKeys(master=master)
    is_immutable = not os.access(folder, os.W_OK) and not Path(f"{path}-wal").exists()
    store = schema.open_read_only(path, keys.database, is_immutable=is_immutable)
    return Workspace(path=folder, machine=machine, actor=actor, is_read_only=True, store=store, keys=keys)


def detach(workspace: Workspace) -> None:
    """Close the database, forget the keys, release the lock."""
    store, lock = workspace.store, workspace.lock
    workspace.store = workspace.keys = workspace.lock = None
    workspace.session.forget()
    if store is not None:
        store.close()
    if lock is not None:
        lock.release()
    if workspace.unpacked is not None:
        shutil.rmtree(workspace.unpacked, ignore_errors=True)


def count_failure(machine: Machine, folder: Path) -> None:
    """Keep count of a wrong passphrase beside the database; the next good opening journals it."""
    moment = machine.clock.now().isoformat()
    seen = _failures(folder)
    counted = {"count": seen.get("count", 0) + 1, "first": seen.get("first", moment), "last": moment}
    with suppress(EnvironmentProblem):
        files.write_atomically(folder / _FAILURES, json.dumps(counted).encode())


def storage_notice(workspace: Workspace) -> StorageNotice:
    """Return where the database lies and whether it nears what its file system can hold. Raises WSP-021."""
    if workspace.store is None:
        raise EnvironmentProblem("WSP-021", path=str(workspace.path))
    volume = volume_of(workspace.path)
    size, limit = workspace.store.size_bytes, volume.largest_file_bytes
    return StorageNotice(
        file_system=volume.file_system,
        database_bytes=size,
        limit_bytes=limit,
        is_near_limit=bool(limit) and size >= _WARN_BYTES,
    )


def _database_limit(folder: Path) -> int:
    """On FAT32 commits seem to succeed beyond 4 GiB while the log can no longer be folded in: stop before."""
    largest = volume_of(folder).largest_file_bytes
    return largest - _REFUSE_FROM_LIMIT_BYTES if largest else 0


def _journal_opening(workspace: Workspace, copy: Path | None) -> None:
    failures = _failures(workspace.path)
    with workspace.begin() as work:
        newest = next(iter(work.journal.entries(newest_first=True, limit=1)), None)
        workspace.actor = workspace.actor or work.settings.get(_ACTOR, str) or ""
        work.author = type(work.author)(name=workspace.actor, clock=workspace.machine.clock)
        work.settings.set(_ACTOR, workspace.actor)
        if failures:
            work.note(Note(event="workspace.opening_failed", subject="workspace", new=as_json(failures)))
        if copy is not None:
            work.note(Note(event="workspace.upgraded", subject="workspace", new=as_json({"copy": copy.name})))
        if newest is not None and (newest.at - work.now) / timedelta(milliseconds=1) > TOLERANCE_MS:
            told = {"now": work.now, "newest_entry": newest.at, "while": "closed"}
            work.note(Note(event="clock.moved", subject="clock", new=as_json(told)))
        work.note(Note(event="workspace.opened", subject="workspace"))
    (workspace.path / _FAILURES).unlink(missing_ok=True)


def _sweep(workspace: Workspace) -> None:
    """Remove what a crash left of evidence on its way in. A disk that refuses does not keep anyone from opening."""
    from maturity_desktop.services import contents

    try:
        removed = contents.tidy_after_opening(workspace)
    except EnvironmentProblem as problem:
        _LOG.warning("leftovers were not swept: %s", problem.code)
    else:
        if removed:
            _LOG.info("swept %d leftover files", removed)


def _failures(folder: Path) -> dict[str, Any]:  # Any: a count and two instants
    try:
        found = json.loads((folder / _FAILURES).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("count"), int) else {}
