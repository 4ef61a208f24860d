"""Files written so that a crash leaves either the old content or the new one, never half of each."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from maturity_desktop.errors import EnvironmentProblem

_PROBLEM_BY_ERRNO = {
    errno.ENOSPC: "SYS-001",
    errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC: "SYS-001",
    errno.EACCES: "SYS-002",
    errno.EPERM: "SYS-002",
    errno.EROFS: "SYS-003",
    errno.ENOENT: "SYS-004",
    errno.EFBIG: "SYS-005",
    errno.EEXIST: "SYS-006",
    errno.EISDIR: "SYS-007",
    errno.ENOTDIR: "SYS-004",
    errno.ENAMETOOLONG: "SYS-008",
}


def as_problem(problem: OSError, path: Path) -> EnvironmentProblem:
    """Translate an operating-system error about `path` into ours (SYS-001 … SYS-009)."""
    code = _PROBLEM_BY_ERRNO.get(problem.errno or 0, "SYS-009")
    return EnvironmentProblem(code, path=str(path), detail=problem.strerror or str(problem))


def read(path: Path, limit: int = -1) -> bytes:
    """Return the content of a file, at most `limit` bytes of it (-1: all). Raises EnvironmentProblem SYS-0xx."""
    try:
        with path.open("rb") as stream:
            return stream.read(limit)
    except OSError as problem:
        raise as_problem(problem, path) from problem


def sync_folder(folder: Path) -> None:
    """Make a rename inside `folder` durable; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def replacing(target: Path) -> Iterator[BinaryIO]:
    """Open a temporary file (read and write) beside `target` that replaces it, durably, when the block ends well.

    Raises:
        EnvironmentProblem: SYS-0xx; the old file is then untouched and no temporary file remains.
    """
    part = target.with_name(f".{target.name[:80]}.{uuid4().hex[:8]}.part")
    try:
        with part.open("x+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
        sync_folder(target.parent)
    except OSError as problem:
        raise as_problem(problem, target) from problem
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_atomically(target: Path, content: bytes) -> None:
    """Write `content` to `target` so that a crash leaves the old file or the new one.

    Raises:
        EnvironmentProblem: SYS-0xx; the old file is then untouched.
    """
    with replacing(target) as stream:
        stream.write(content)
