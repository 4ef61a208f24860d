"""The wall of this room: what SQLite reports becomes our `EnvironmentProblem`s; anything else stays a bug."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as engine_api
from sqlalchemy.exc import DBAPIError

from maturity_desktop.errors import EnvironmentProblem

_CODE_BY_PRIMARY = {
    13: "STO-001",  # SQLITE_FULL
    8: "STO-002",  # SQLITE_READONLY
    5: "STO-003",  # SQLITE_BUSY
    6: "STO-003",  # SQLITE_LOCKED
    11: "STO-004",  # SQLITE_CORRUPT
    26: "STO-004",  # SQLITE_NOTADB
    10: "STO-005",  # SQLITE_IOERR
    14: "STO-006",  # SQLITE_CANTOPEN
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn environment errors of SQLite about the database at `path` into ours.

    Raises:
        EnvironmentProblem: STO-001 disk full; STO-002 read-only; STO-003 busy; STO-004 damaged; STO-005 the drive
            reports an error; STO-006 cannot be opened.
    """
    try:
        yield
    except DBAPIError as problem:
        _raise_as_ours(problem.orig, path, problem)
        raise
    except engine_api.Error as problem:
        _raise_as_ours(problem, path, problem)
        raise


def _raise_as_ours(reported: BaseException | None, path: Path, cause: Exception) -> None:
    extended = getattr(reported, "sqlite_errorcode", None)
    if not isinstance(extended, int):
        return
    code = _CODE_BY_PRIMARY.get(extended & 0xFF)
    if code is not None:
        name = getattr(reported, "sqlite_errorname", "")
        raise EnvironmentProblem(code, path=str(path), detail=str(name)) from cause
