"""The open database of a workspace: its engines, its one writer, its readers, and copies of it.

One writer at a time (a lock of this process and BEGIN IMMEDIATE); readers need no lock (write-ahead log).
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as engine_api
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from maturity_desktop.domain import canonical
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.storage.connecting import BUSY_TIMEOUT_S, connect, connect_read_only
from maturity_desktop.storage.problems import translated

FILE_NAME = "workspace.db"
READERS = 4


class Store:
    """An open, keyed database. `begin` for changes, `read` for looking; safe from any thread.

    Args:
        path: the database file.
        key: raw key and salt (`WorkspaceKeys.database`).
        is_read_only: `begin` refuses with WSP-022.
        is_immutable: the medium cannot be written and no write-ahead log lies beside the file.
        limit_bytes: size from which changes are refused, because the file system cannot hold more; 0 = none.
    """

    def __init__(
        self,
        path: Path,
        key: bytes,
        *,
        is_read_only: bool = False,
        is_immutable: bool = False,
        limit_bytes: int = 0,
    ) -> None:
        self.path = path
        self.is_read_only = is_read_only
        self.limit_bytes = limit_bytes
        self._key = key
        self._lock = threading.Lock()
        self._writing_thread = 0
        self._is_open = True
        opener = partial(connect_read_only, path, key, is_immutable=is_immutable) if is_read_only else None
        self._reader = _engine(opener or partial(connect, path, key), "BEGIN", READERS)
        self._writer = None if is_read_only else _engine(partial(connect, path, key), "BEGIN IMMEDIATE", 1)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open the one write transaction; commits durably when the block ends well, else changes nothing.

        Raises:
            EnvironmentProblem: STO-0xx; WSP-021 closed; WSP-022 read-only; STO-008 too large for the file system.
        """
        self._require_open()
        if self._writer is None:
            raise EnvironmentProblem("WSP-022", path=str(self.path.parent))
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("a write transaction is open already in this thread")
        with self._lock:
            self._require_room()
            self._writing_thread = threading.get_ident()
            try:
                with translated(self.path), self._writer.begin() as connection:
                    yield connection
            finally:
                self._writing_thread = 0

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a read transaction: one consistent picture, whatever is written meanwhile.

        Raises:
            EnvironmentProblem: STO-0xx; WSP-021 closed.
        """
        self._require_open()
        with translated(self.path), self._reader.begin() as connection:
            yield connection

    @property
    def size_bytes(self) -> int:
        """Size of the database with its write-ahead log."""
        return sum(_size(Path(f"{self.path}{ending}")) for ending in ("", "-wal"))

    def copy_to(self, target: Path) -> None:
        """Write a consistent, compact copy under the same key that opens on read-only media, and make it durable.

        Raises:
            EnvironmentProblem: STO-0xx; SYS-0xx. Nothing is left at `target` then.
        """
        copy_database(self.path, self._key, target)

    def pages_are_sound(self) -> bool:
        """Return whether every page authenticates and the database's own structure is whole. Reads all of it."""
        connection = connect_read_only(self.path, self._key) if self.is_read_only else connect(self.path, self._key)
        try:
            with translated(self.path):
                broken_pages = connection.execute("PRAGMA cipher_integrity_check").fetchall()
                return not broken_pages and connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        except EnvironmentProblem as problem:
            if problem.code != "STO-004":
                raise
            return False
        finally:
            connection.close()

    def close(self) -> None:
        """Fold the write-ahead log into the database and close all connections. Twice does no harm."""
        if not self._is_open:
            return
        self._is_open = False
        with self._lock:
            self._reader.dispose()
            if self._writer is not None:
                self._writer.dispose()
                _fold_log(self.path, self._key)
        self._key = b""

    def _require_open(self) -> None:
        if not self._is_open:
            raise EnvironmentProblem("WSP-021", path=str(self.path.parent))

    def _require_room(self) -> None:
        if self.limit_bytes and self.size_bytes >= self.limit_bytes:
            raise EnvironmentProblem("STO-008", path=str(self.path), limit_gb=self.limit_bytes // 1024**3)


def copy_database(path: Path, key: bytes, target: Path) -> None:
    """As `Store.copy_to`, for a database that is not open.

    Raises:
        EnvironmentProblem: STO-0xx: nothing is left at `target` then; SYS-006 something is there already.
    """
    if target.exists():
        raise EnvironmentProblem("SYS-006", path=str(target))
    try:
        with translated(target):
            connection = connect(path, key)
            try:
                connection.execute("VACUUM INTO ?", (str(target),))
            finally:
                connection.close()
        with target.open("rb+") as written:
            os.fsync(written.fileno())
    except EnvironmentProblem:
        target.unlink(missing_ok=True)
        raise


def _engine(creator: partial[Any], begin: str, size: int) -> Engine:  # Any: the engine's connections bring no types
    engine = create_engine(
        "sqlite+pysqlite://",
        module=engine_api,
        creator=creator,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=BUSY_TIMEOUT_S * 6,
        hide_parameters=True,  # answers and names must not get into logs through error texts
        json_serializer=lambda value: canonical.encode(value).decode(),
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _fold_log(path: Path, key: bytes) -> None:
    """Leave one file behind. What cannot be folded now stays in the log, which the next opening reads."""
    with suppress(engine_api.Error):
        connection = connect(path, key)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        connection.close()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
