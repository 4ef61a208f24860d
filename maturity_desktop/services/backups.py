"""Backing a workspace up into one file, restoring one, and opening one to look at.

A backup is judged whole (layout, list, every hash) before it gets its name; restoring judges it again.
"""

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from maturity_desktop.errors import EnvironmentProblem, RuleBroken
from maturity_desktop.evidence import archive
from maturity_desktop.evidence.archive import Listed
from maturity_desktop.evidence.intake import no_space
from maturity_desktop.evidence.vault import PARTS, FolderShelf, make_folders
from maturity_desktop.services import opening
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.storage import keyslots
from maturity_desktop.storage.notes import Note, as_json
from maturity_desktop.system import files, machine
from maturity_desktop.system.progress import Progress

DATABASE = "workspace.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What goes into a backup: entry name and file, their bytes, and how many contents were not there to take."""

    sources: tuple[tuple[str, Path], ...]
    total_bytes: int
    contents: int
    missing: int


def back_up(workspace: Workspace, target: Path, progress: Progress) -> Path:
    """Write a backup to `target`, judge it, journal it; see `workspaces.back_up`."""
    if workspace.path.resolve() in target.resolve().parents:
        raise RuleBroken("BAK-006", path=str(workspace.path))
    with _database_copy(workspace) as copy:
        plan = _plan(workspace, copy)
        _require_space(target, plan.total_bytes)
        with files.replacing(target) as stream:
            count = _Count(progress, 2 * plan.total_bytes, target.name)
            with closing(archive.write(stream, plan.sources)) as written:
                count.up(written)
            stream.flush()
            os.fsync(stream.fileno())
            with closing(archive.check(Path(stream.name))) as checked:
                count.up(checked)
    told = {"file": target.name, "bytes": plan.total_bytes, "contents": plan.contents, "missing": plan.missing}
    with workspace.begin() as work:
        work.note(Note(event="workspace.backed_up", subject="workspace", new=as_json(told)))
    return target


def restore(backup: Path, target: Path, progress: Progress) -> Path:
    """Unpack a backup into the new folder `target`; see `workspaces.restore`."""
    _require_absent(target)
    opening.refuse_network(target)
    listed = archive.listed_in(backup)
    total = sum(entry.size_bytes for entry in listed)
    _require_space(target, total)
    part = target.with_name(f".{target.name[:80]}.{uuid4().hex[:8]}.part")
    try:
        part.mkdir(mode=0o700)
        make_folders(part)
        count = _Count(progress, total, target.name)
        for entry in listed:
            with closing(_unpack(backup, entry, part)) as written:
                count.up(written)
        for folder in (*sorted((part / "blobs").iterdir()), part / "blobs", part):
            files.sync_folder(folder)
        keyslots.read(part)
        _require_absent(target)
        part.rename(target)
        files.sync_folder(target.parent)
    except OSError as problem:
        raise files.as_problem(problem, target) from problem
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return target


def open_backup(at: Machine, backup: Path, passphrase: str, *, actor: str) -> Workspace:
    """Open a backup read-only: key slots and database (both sealed) go into a private folder, contents stay in it.

    Raises:
        RuleBroken: WSP-002 wrong passphrase. VerificationFailed: BAK-003 it does not agree with its list.
        EnvironmentProblem: BAK-002 no backup; BAK-004 newer version; WSP-005, WSP-007, WSP-023; STO-0xx; SYS-0xx.
    """
    listed = {entry.name: entry for entry in archive.listed_in(backup)}
    folder = Path(tempfile.mkdtemp(prefix="maturity-"))
    with ExitStack() as undo:
        undo.callback(shutil.rmtree, folder, ignore_errors=True)
        _unpack_whole(backup, listed[keyslots.FILE_NAME], folder)
        _, master = keyslots.unlock(keyslots.read(folder), passphrase)
        _unpack_whole(backup, listed[DATABASE], folder)
        workspace = opening.attach_read_only(at, folder, master, actor=actor)
        workspace.path, workspace.unpacked = backup, folder
        undo.pop_all()
    return workspace


@contextmanager
def _database_copy(workspace: Workspace) -> Iterator[Path]:
    """Keep a consistent copy of the database, sealed with the same key, for the length of the block."""
    if workspace.store is None:
        raise EnvironmentProblem("WSP-021", path=str(workspace.path))
    if workspace.is_read_only:
        raise EnvironmentProblem("WSP-022", path=str(workspace.path))
    make_folders(workspace.path)
    copy = workspace.path / PARTS / f"{uuid4()}.part"
    try:
        workspace.store.copy_to(copy)
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _plan(workspace: Workspace, copy: Path) -> _Plan:
    """Contents are asked for after the copy was made: every row of the copy has its content then."""
    with workspace.read() as reading:
        names = sorted({revision.blob for revision in reading.evidence.contents()})
    shelf = FolderShelf(workspace.path)
    sources = [(keyslots.FILE_NAME, workspace.path / keyslots.FILE_NAME), (DATABASE, copy)]
    missing = 0
    for name in names:
        parts = shelf.extents(name)
        missing += not parts
        sources += [(archive.entry_name(name, number), part.path) for number, part in enumerate(parts)]
    total = sum(path.stat().st_size for _, path in sources)
    return _Plan(sources=tuple(sources), total_bytes=total, contents=len(names) - missing, missing=missing)


def _unpack_whole(backup: Path, entry: Listed, folder: Path) -> None:
    try:
        for _ in _unpack(backup, entry, folder):
            pass
    except OSError as problem:
        raise files.as_problem(problem, folder / entry.name) from problem


def _unpack(backup: Path, entry: Listed, folder: Path) -> Generator[int, None, None]:
    path = folder / entry.name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with path.open("xb") as stream:
        for piece in archive.pieces(backup, entry):
            stream.write(piece)
            yield len(piece)
        stream.flush()
        os.fsync(stream.fileno())


def _require_absent(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise EnvironmentProblem("BAK-005", path=str(target))


def _require_space(target: Path, total: int) -> None:
    largest = machine.volume_of(target.parent).largest_file_bytes
    if largest and total > largest and target.suffix == ".mdbackup":
        raise EnvironmentProblem("SYS-005", path=str(target))
    needed, free = total + total // 20, machine.free_bytes(target.parent)
    if free < needed:
        raise no_space("BAK-001", needed, free, path=str(target))


class _Count:
    """Adds up bytes of several stretches of work for one progress."""

    def __init__(self, progress: Progress, total: int, what: str) -> None:
        self._progress, self._total, self._what = progress, total, what
        self._done = 0

    def up(self, steps: Iterator[int]) -> None:
        for step in steps:
            self._done = min(self._total, self._done + step)
            self._progress(self._done, self._total, self._what)
