"""The conversation about a further signature on a report or workbook; needs a workspace only for keys kept in it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.dialogs import FileWish, Question
from maturity_desktop.gui.common.identity.choosing import IdentityChooser
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.verifying.state import Mark, ShownVerdict, countersigned_name
from maturity_desktop.gui.verifying.views.countersign import CountersignDialog
from maturity_desktop.services import countersigning
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.countersigning import Approval, Approved

_LACKS = {"identity": "identity_needed", "library": "library_needed"}  # there is no way without a signature
_PATTERNS = {".xlsx": "Excel (*.xlsx)"}


class Countersigner(QObject):
    """Opens the form, signs in the background, tells which file was written."""

    written = Signal(object)  # Path

    def __init__(self, desk: Desk, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, window
        self._report = Path()
        self._workspace: Workspace | None = None
        self._agreed: Path | None = None
        self.dialog: CountersignDialog | None = None
        self.identity: IdentityChooser | None = None

    def ask(self, shown: ShownVerdict, workspace: Workspace | None = None) -> None:
        """Open the form for a report or a workbook; keys kept in `workspace` are offered."""
        self._report, self._workspace, self._agreed = shown.path, workspace, None
        dialog = CountersignDialog(
            self._desk.icons,
            self._desk.speech,
            name=shown.path.name,
            is_workbook=shown.is_workbook,
            is_trusted=shown.mark is Mark.GOOD,
            parent=self._window.window(),
        )
        dialog.target.setText(str(countersigned_name(shown.path, self._desk.speech.say("verifying.countersigned"))))
        identity = IdentityChooser(self._desk, dialog.identity, dialog, dialog)
        identity.changed.connect(self._show_lack)
        dialog.identity.edited.connect(self._show_lack)
        dialog.target.textChanged.connect(self._show_lack)
        dialog.target_wanted.connect(self._browse)
        dialog.submitted.connect(self._on_submitted)
        dialog.finished.connect(self._on_finished)
        self.dialog, self.identity = dialog, identity
        identity.offer(workspace)
        self._show_lack()
        dialog.open()

    @Slot()
    def _show_lack(self) -> None:
        if self.dialog is not None and self.identity is not None:
            key = self.identity.lack or ("" if self.dialog.target.text().strip() else "target")
            key = _LACKS.get(key, key)
            self.dialog.show_lack(self._desk.speech.say(f"exporting.lacks.{key}") if key else "")

    @Slot()
    def _browse(self) -> None:
        dialog = self.dialog
        if dialog is not None:
            wish = FileWish(
                title=self._desk.speech.say("exporting.target"),
                pattern=_PATTERNS.get(self._report.suffix.lower(), "PDF (*.pdf)"),
                start=Path(dialog.target.text()),
            )
            self._desk.dialogs.save_file(dialog, wish, self._on_target)

    def _on_target(self, path: Path) -> None:
        if self.dialog is not None:
            self._agreed = path  # the file dialog has asked already
            self.dialog.target.setText(str(path))

    @Slot()
    def _on_submitted(self) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        if dialog.path == self._agreed or not dialog.path.exists():
            self._sign()
            return
        say = self._desk.speech.say
        question = Question(
            title=say("verifying.countersign_replace"),
            text=say("verifying.countersign_replace_text", name=dialog.path.name),
            yes=say("verifying.countersign_replace_do"),
            is_dangerous=True,
        )
        self._desk.dialogs.ask(dialog, question, self._sign)

    def _sign(self) -> None:
        dialog = self.dialog
        signatory = self.identity.chosen if self.identity is not None else None
        if dialog is None or signatory is None:
            return
        dialog.set_busy(True)
        wish = Approval(
            report=self._report, target=dialog.path, signatory=signatory, language=self._desk.speech.language
        )
        job = partial(countersigning.approve, self._desk.machine, wish, self._workspace)
        self._desk.jobs.work(job, self._on_done)

    def _on_done(self, result: Success[Approved] | Failure) -> None:
        dialog = self.dialog
        if isinstance(result, Failure):
            if dialog is not None:
                dialog.show_problem(self._desk.problems.sentence(result.problem))
            return
        if dialog is not None:
            dialog.set_busy(False)
            dialog.accept()
        self.written.emit(result.value.path)

    @Slot()
    def _on_finished(self) -> None:
        self.dialog, self.identity, self._workspace = None, None, None
