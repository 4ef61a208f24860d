"""Work off the GUI thread: the serial lane `write` for edits, the lane `work` for exports, hashing and signing.

Results come back on the GUI thread through one queued signal. No thread exists anywhere else in the gui.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from threading import Event
from typing import Generic, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from maturity_desktop.errors import Cancelled, MaturityError
from maturity_desktop.system.progress import Progress

log = logging.getLogger(__name__)
T = TypeVar("T")


class Lane(StrEnum):
    """Where a job runs: `WRITE` is one thread, in order; `WORK` may run two jobs side by side."""

    WRITE = "write"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Success(Generic[T]):
    """A job that ended well."""

    value: T


@dataclass(frozen=True, slots=True)
class Failure:
    """A job that raised. Anything but a `MaturityError` is a bug."""

    problem: Exception

    @property
    def is_cancelled(self) -> bool:
        """Whether the user stopped it."""
        return isinstance(self.problem, Cancelled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far a job is; `total` 0 means unknown."""

    done: int
    total: int
    what: str = ""

    @property
    def share(self) -> float | None:
        """Finished part, 0 to 1, or None when unknown."""
        return min(1.0, self.done / self.total) if self.total > 0 else None


class JobExecutor(Protocol):
    """Where jobs run; tests run them by hand."""

    def submit(self, lane: Lane, job: Callable[[], None]) -> None:
        """Run `job` later on `lane`."""
        ...

    def drain(self) -> None:
        """Finish everything submitted; nothing may be submitted afterwards."""
        ...


class ThreadExecutor:
    """The lanes of the real program."""

    def __init__(self) -> None:
        self._lanes = {
            Lane.WRITE: ThreadPoolExecutor(max_workers=1, thread_name_prefix="write"),
            Lane.WORK: ThreadPoolExecutor(max_workers=2, thread_name_prefix="work"),
        }

    def submit(self, lane: Lane, job: Callable[[], None]) -> None:
        """Run `job` later on `lane`."""
        self._lanes[lane].submit(job)

    def drain(self) -> None:
        """Finish everything submitted and end the threads."""
        for pool in self._lanes.values():
            pool.shutdown(wait=True)


class Running(QObject):
    """A job under way; emits `stepped` on the GUI thread and can be asked to stop."""

    stepped = Signal(object)  # Step
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = Event()
        self._latest = Step(done=0, total=0)
        self._is_told = False
        self._arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._stop.set()

    def step(self, done: int, total: int, what: str = "") -> None:
        """Take a step from any thread; steps are merged while the GUI is busy. Raises Cancelled."""
        if self._stop.is_set():
            raise Cancelled
        self._latest = Step(done=done, total=total, what=what)
        if not self._is_told:
            self._is_told = True
            self._arrived.emit()

    @Slot()
    def _tell(self) -> None:
        self._is_told = False
        self.stepped.emit(self._latest)


@dataclass(frozen=True, slots=True)
class _Delivery:
    then: Callable[[Success[object] | Failure], None]
    result: Success[object] | Failure
    running: Running


class Jobs(QObject):
    """The only way off the GUI thread."""

    busy_changed = Signal(bool)
    failed_unexpectedly = Signal(object)  # Exception: a bug, for the crash file
    _finished = Signal(object)  # _Delivery

    def __init__(self, executor: JobExecutor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = executor
        self._under_way = 0
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way."""
        return self._under_way > 0

    def write(self, job: Callable[[], T], then: Callable[[Success[T] | Failure], None]) -> None:
        """Run an edit in order on the write lane; `then` gets its result on the GUI thread."""
        self._start(Lane.WRITE, lambda _: job(), then)

    def work(self, job: Callable[[], T], then: Callable[[Success[T] | Failure], None]) -> None:
        """Run reading or computing work on the work lane; `then` gets its result on the GUI thread."""
        self._start(Lane.WORK, lambda _: job(), then)

    def watch(self, job: Callable[[Progress], T], then: Callable[[Success[T] | Failure], None]) -> Running:
        """Run long work that reports steps and can be cancelled (work lane)."""
        return self._start(Lane.WORK, job, then)

    def drain(self) -> None:
        """Finish everything under way; call once when quitting."""
        self._executor.drain()

    def _start(self, lane: Lane, job: Callable[[Progress], T], then: Callable[[Success[T] | Failure], None]) -> Running:
        running = Running(self)

        def run() -> None:
            result = _attempt(job, running.step)
            self._finished.emit(_Delivery(then, result, running))  # type: ignore[arg-type]  # T is erased on the way

        self._count(1)
        self._executor.submit(lane, run)
        return running

    @Slot(object)
    def _deliver(self, delivery: _Delivery) -> None:
        self._count(-1)
        delivery.running.deleteLater()
        result = delivery.result
        if isinstance(result, Failure) and not isinstance(result.problem, MaturityError):
            self.failed_unexpectedly.emit(result.problem)
        owner = getattr(delivery.then, "__self__", None)
        if isinstance(owner, QObject) and not shiboken6.isValid(owner):
            return
        delivery.then(result)

    def _count(self, step: int) -> None:
        was_busy = self.is_busy
        self._under_way += step
        if was_busy != self.is_busy:
            self.busy_changed.emit(self.is_busy)


def _attempt(job: Callable[[Progress], T], step: Progress) -> Success[T] | Failure:
    try:
        return Success(job(step))
    except MaturityError as problem:
        return Failure(problem)
    except Exception as problem:  # the one boundary where a bug becomes a value
        log.exception("a job failed unexpectedly")
        return Failure(problem)
