"""Takes files in one after the other, with progress and cancel; and guesses what each of them is."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from maturity_desktop.domain.evidence import Evidence, EvidenceLink
from maturity_desktop.domain.ids import EvidenceId
from maturity_desktop.gui.common.jobs import Failure, Jobs, Running, Step, Success
from maturity_desktop.services import evidence
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.evidence import TakeIn
from maturity_desktop.services.outcomes import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """One file on its way in; with `revises` it becomes the next revision of that evidence."""

    source: Path
    links: tuple[EvidenceLink, ...] = ()
    request_code: str = ""
    revises: EvidenceId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeProgress:
    """What the progress strip shows; `step` is None before the first one."""

    file_name: str
    number: int
    total: int
    step: Step | None = None


class Attacher(QObject):
    """A queue of files; one is copied at a time, a failure of one does not stop the others."""

    progressed = Signal(object)  # IntakeProgress
    taken_in = Signal(object)  # Outcome[Evidence]
    failed = Signal(object)  # Exception
    finished = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._waiting: list[tuple[Workspace, Intake]] = []
        self._running: Running | None = None
        self._done = 0
        self._total = 0
        self._current = ""

    @property
    def is_busy(self) -> bool:
        """Whether files are on their way in."""
        return self._running is not None

    def take_in(self, workspace: Workspace, intakes: tuple[Intake, ...]) -> None:
        """Queue files; those already on their way come first."""
        self._waiting.extend((workspace, intake) for intake in intakes)
        self._total += len(intakes)
        if self._running is None:
            self._next()

    @Slot()
    def cancel(self) -> None:
        """Stop the file on its way and forget the waiting ones; nothing half-copied remains."""
        self._waiting.clear()
        if self._running is not None:
            self._running.cancel()

    def _next(self) -> None:
        if not self._waiting:
            self._running = None
            self._done = self._total = 0
            self.finished.emit()
            return
        workspace, intake = self._waiting.pop(0)
        self._current = intake.source.name
        if intake.revises is not None:
            job = partial(evidence.add_revision, workspace, intake.revises, intake.source)
        else:
            wish = TakeIn(source=intake.source, links=intake.links, request_code=intake.request_code)
            job = partial(evidence.take_in, workspace, wish)
        self._running = self._jobs.watch(job, self._on_done)
        self._running.stepped.connect(self._on_step)
        self._tell(None)

    @Slot(object)
    def _on_step(self, step: Step) -> None:
        self._tell(step)

    def _tell(self, step: Step | None) -> None:
        self.progressed.emit(
            IntakeProgress(file_name=self._current, number=self._done + 1, total=self._total, step=step)
        )

    def _on_done(self, result: Success[Outcome[Evidence]] | Failure) -> None:
        self._done += 1
        if isinstance(result, Success):
            self.taken_in.emit(result.value)
        elif not result.is_cancelled:
            self.failed.emit(result.problem)
        self._next()
