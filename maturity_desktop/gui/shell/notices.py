"""What the window tells above the screens: problems nobody shows inline, work under way, a crash of last time."""

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from maturity_desktop.diagnostics.crash import CrashCapture
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import MessageBar, Tone


class Notices(QWidget):
    """One message at a time; takes no room while there is none."""

    def __init__(self, desk: Desk, crash: CrashCapture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._crash = desk, crash
        self.bar = MessageBar(desk.icons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.M, Space.XL, 0)
        layout.addWidget(self.bar)
        self.hide()
        self.retranslate()
        self.bar.closed.connect(self.hide)
        self.bar.action_wanted.connect(self._show_record)
        desk.problems.announced.connect(self.tell_problem)

    def tell(self, sentence: str, tone: Tone = Tone.NOTE, action: str = "") -> None:
        """Show a sentence."""
        self.show()
        self.bar.show_message(sentence, tone, action)

    @Slot(object)
    def tell_problem(self, problem: Exception) -> None:
        """Show a problem as its sentence."""
        self.tell(self._desk.problems.sentence(problem), Tone.BAD)

    @Slot(str)
    def tell_busy(self, sentence: str) -> None:
        """Show what is under way; an empty sentence ends it."""
        if sentence:
            self.tell(sentence)
        else:
            self.bar.dismiss()

    def offer_crash_record(self) -> None:
        """Tell about a crash of the last session, if there was one."""
        if self._crash.leftovers():
            say = self._desk.speech.say
            self.tell(say("shell.crashed"), Tone.WARN, say("shell.show_record"))

    def retranslate(self) -> None:
        """Say everything again."""
        self.bar.set_close_name(self._desk.speech.say("common.close"))

    @Slot()
    def _show_record(self) -> None:
        found = self._crash.leftovers()
        if found:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(found[0])))
            self._crash.put_away()
        self.bar.dismiss()
