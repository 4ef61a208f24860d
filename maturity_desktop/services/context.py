"""What every verb needs: the machine it runs on, and the open workspace it works in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.services.session import Session
from maturity_desktop.system.clock import Clock

if TYPE_CHECKING:  # these load the database engine, which waits until a workspace is opened
    from maturity_desktop.storage.database import Store
    from maturity_desktop.storage.keys import WorkspaceKeys
    from maturity_desktop.storage.work import Reading, Work
    from maturity_desktop.system.locks import FolderLock


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The world outside the workspace, chosen once by `bootstrap`.

    Attributes:
        standards: folders that hold standard packs, shipped ones first.
        cache: folder for compiled packs; may be deleted at any time.
    """

    clock: Clock
    standards: tuple[Path, ...]
    cache: Path
    program: str = "Maturity Desktop"


@dataclass(slots=True, kw_only=True)
class Workspace:
    """An open workspace. Front doors hold it and hand it to verbs; they never look inside.

    Attributes:
        store: the open database; None once closed.
        keys: sub-keys of the master key; None once closed.
        lock: held while the workspace is open for changes.
        unpacked: private folder with the database of a backup that is open read-only; `path` is the backup file then.
    """

    path: Path
    machine: Machine
    actor: str
    is_read_only: bool = False
    store: "Store | None" = None
    keys: "WorkspaceKeys | None" = None
    lock: "FolderLock | None" = None
    unpacked: Path | None = None
    session: Session = field(default_factory=Session)

    @contextmanager
    def begin(self) -> Iterator["Work"]:
        """Open the one write transaction; what is in `session.after_commit` runs once it is durable.

        Raises:
            EnvironmentProblem: WSP-021 closed; WSP-022 read-only; STO-0xx could not be saved, nothing is changed.
        """
        from maturity_desktop.storage.work import Author, Work  # loaded when the workspace opened

        with self.session.writing:
            self.session.after_commit.clear()
            with self._open_store().begin() as connection:
                work = Work(connection, Author(name=self.actor, clock=self.machine.clock))
                self._watch_clock(work)
                yield work
            self.session.commits += 1
            for act in self.session.after_commit:
                act()
            self.session.after_commit.clear()

    @contextmanager
    def read(self) -> Iterator["Reading"]:
        """Open a read transaction: one consistent picture. Raises EnvironmentProblem WSP-021 closed; STO-0xx."""
        from maturity_desktop.storage.work import Reading  # loaded when the workspace opened

        with self._open_store().read() as connection:
            yield Reading(connection)

    def _watch_clock(self, work: "Work") -> None:
        """Journal that the wall clock was moved while the workspace was open."""
        from maturity_desktop.storage.notes import Note, as_json

        count = self.machine.clock.monotonic_ms()
        moved = self.session.clock.moved_by_ms(work.now, count)
        if moved:
            told = {"moved_by_ms": moved, "while": "open"}
            work.note(Note(event="clock.moved", subject="clock", new=as_json(told)))
        self.session.clock.keep(work.now, count)

    def _open_store(self) -> "Store":
        if self.store is None:
            raise EnvironmentProblem("WSP-021", path=str(self.path))
        return self.store
