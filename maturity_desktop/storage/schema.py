"""Which form a database has: making it anew, reading its number, refusing newer ones, upgrading older ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.storage.connecting import connect, connect_read_only
from maturity_desktop.storage.database import FILE_NAME, Store, copy_database
from maturity_desktop.storage.problems import translated
from maturity_desktop.storage.tables import metadata

SCHEMA = 6


def revision_name(number: int) -> str:
    """Return the name of a migration, such as ``0001``."""
    return f"{number:04d}"


def create_tables(connection: Connection) -> None:
    """Make all tables of a new database and note its form."""
    metadata.create_all(connection, checkfirst=False)
    connection.execute(
        text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, PRIMARY KEY (version_num))")
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:name)"), {"name": revision_name(SCHEMA)})


def open_current(folder: Path, key: bytes, *, now: datetime, limit_bytes: int = 0) -> tuple[Store, Path | None]:
    """Open the database of a workspace folder for changes, upgrading an older one after a copy.

    Returns:
        The store, and the kept copy when it was upgraded.

    Raises:
        EnvironmentProblem: WSP-005 newer than this program; WSP-007 damaged; STO-0xx.
    """
    path = folder / FILE_NAME
    found = schema_number(path, key)
    copy = _upgrade(path, key, found, now) if found < SCHEMA else None
    return Store(path, key, limit_bytes=limit_bytes), copy


def open_read_only(path: Path, key: bytes, *, is_immutable: bool) -> Store:
    """Open a database without ever writing; an older form is refused because it would have to be upgraded.

    Raises:
        EnvironmentProblem: WSP-005 newer; WSP-023 older; WSP-007 damaged; STO-0xx.
    """
    if not path.is_file():
        raise EnvironmentProblem("WSP-007", path=str(path))
    with _damage_named(path), translated(path):
        connection = connect_read_only(path, key, is_immutable=is_immutable)
        try:
            found = _number_in(connection, path)
        finally:
            connection.close()
    _refuse_newer(path, found)
    if found < SCHEMA:
        raise EnvironmentProblem("WSP-023", path=str(path), needed=SCHEMA, have=found)
    return Store(path, key, is_read_only=True, is_immutable=is_immutable)


def schema_number(path: Path, key: bytes) -> int:
    """Return the form of a database.

    Raises:
        EnvironmentProblem: WSP-005 newer than this program; WSP-007 damaged or missing; STO-0xx.
    """
    if not path.is_file():
        raise EnvironmentProblem("WSP-007", path=str(path))
    with _damage_named(path), translated(path):
        connection = connect(path, key)
        try:
            found = _number_in(connection, path)
        finally:
            connection.close()
    _refuse_newer(path, found)
    return found


@contextmanager
def _damage_named(path: Path) -> Iterator[None]:
    """While opening, damaged content means a damaged workspace: the key slots have proved the passphrase."""
    try:
        yield
    except EnvironmentProblem as problem:
        if problem.code == "STO-004":
            raise EnvironmentProblem("WSP-007", path=str(path)) from problem
        raise


def _number_in(connection: Any, path: Path) -> int:  # Any: the engine brings no types
    known = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    if known == (0,):
        raise EnvironmentProblem("WSP-007", path=str(path))
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return int(row[0]) if row else 0


def _refuse_newer(path: Path, found: int) -> None:
    if found > SCHEMA:
        raise EnvironmentProblem("WSP-005", path=str(path.parent), needed=found, have=SCHEMA)


def _upgrade(path: Path, key: bytes, found: int, now: datetime) -> Path:
    from maturity_desktop.storage import migrating  # loads Alembic, rarely needed

    copy = path.with_name(f"{path.stem}-before-{revision_name(SCHEMA)}-{now:%Y%m%dT%H%M%S}-{revision_name(found)}.db")
    copy_database(path, key, copy)
    migrating.upgrade(path, key)
    return copy
