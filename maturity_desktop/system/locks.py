"""One program at a time in a folder: a lock file that names its holder and does not outlive it.

The only use of Qt outside the window: `QLockFile` does this alike on every platform.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile

from maturity_desktop.errors import EnvironmentProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a lock: program name, process id and computer as the lock file states them."""

    program: str
    pid: int
    computer: str


class FolderLock:
    """A held lock; `release` it once the folder may be opened by others."""

    def __init__(self, lock: QLockFile) -> None:
        self._lock = lock

    def release(self) -> None:
        """Give the lock back. Twice does no harm."""
        if self._lock.isLocked():
            self._lock.unlock()


def take(path: Path) -> FolderLock | Holder:
    """Take the lock file at `path`, or return who holds it. A lock whose process died is taken over at once.

    Raises:
        EnvironmentProblem: SYS-002 the lock file cannot be written there.
    """
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)
    if lock.tryLock(0):
        return FolderLock(lock)
    if lock.error() is not QLockFile.LockError.LockFailedError:
        raise EnvironmentProblem("SYS-002", path=str(path), detail=lock.error().name)
    pid, computer, program = lock.getLockInfo()
    return Holder(program=program, pid=pid, computer=computer)
