"""The conversation about who issues certificates."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from maturity_desktop.domain.certificate import IssuingBody
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.exporting.views.dialogs import IssuingBodyDialog
from maturity_desktop.services import exporting
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Outcome


class IssuingBodyEditor(QObject):
    """Opens the form and saves what it says."""

    saved = Signal(object)  # Changes

    def __init__(self, desk: Desk, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, window
        self._workspace: Workspace | None = None
        self._dialog: IssuingBodyDialog | None = None

    def edit(self, workspace: Workspace, body: IssuingBody | None) -> None:
        """Open the form."""
        self._workspace = workspace
        self._dialog = IssuingBodyDialog(self._desk.icons, self._desk.speech, body, self._window)
        self._dialog.submitted.connect(self._on_submitted)
        self._dialog.open()

    @Slot()
    def _on_submitted(self) -> None:
        if self._dialog is not None and self._workspace is not None:
            self._dialog.set_busy(True)
            job = partial(exporting.save_issuing_body, self._workspace, self._dialog.value)
            self._desk.jobs.write(job, self._on_saved)

    def _on_saved(self, result: Success[Outcome[IssuingBody]] | Failure) -> None:
        dialog = self._dialog
        if isinstance(result, Failure):
            if dialog is not None:
                dialog.show_problem(self._desk.problems.sentence(result.problem))
            return
        if dialog is not None:
            dialog.accept()
            self._dialog = None
        self.saved.emit(result.value.changes)
