"""Earlier answers of the criterion in focus, read only while they are on screen."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from maturity_desktop.domain.answers import Answer
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.gui.assessment.recording import Recorder
from maturity_desktop.gui.assessment.state.question import revisions
from maturity_desktop.gui.assessment.views.side_pane import SidePane
from maturity_desktop.gui.assessment.walker import Walker
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.services import assessments
from maturity_desktop.services.context import Workspace


class Past(QObject):
    """Fills the history tab."""

    failed = Signal(object)  # Exception

    def __init__(
        self, desk: Desk, pane: SidePane, recorder: Recorder, walker: Walker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pane = pane
        self._recorder = recorder
        self._walker = walker
        self._workspace: Workspace | None = None
        pane.history_shown.connect(self.refresh)
        walker.moved.connect(self.refresh)
        recorder.settled.connect(self.refresh)

    def take(self, workspace: Workspace) -> None:
        """Work in this workspace from now on."""
        self._workspace = workspace

    @Slot()
    def refresh(self) -> None:
        """Read the revisions again when they are on screen."""
        sheet, focus = self._recorder.sheet, self._walker.focus
        if sheet is None or focus is None or self._workspace is None or not self._pane.is_history_shown:
            return
        job = partial(assessments.history, self._workspace, sheet.assessment.id, focus.criterion_id)
        self._desk.jobs.work(job, partial(self._on_read, focus.criterion_id))

    def _on_read(self, criterion_id: CriterionId, result: Success[tuple[Answer, ...]] | Failure) -> None:
        sheet, focus = self._recorder.sheet, self._walker.focus
        if sheet is None or focus is None or focus.criterion_id != criterion_id:
            return
        if isinstance(result, Failure):
            self.failed.emit(result.problem)
        else:
            self._pane.history_model.show(revisions(sheet.edition, result.value, self._desk.speech.language))
