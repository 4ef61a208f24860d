"""One sentence above every screen that edits: the assessment is approved and read-only, and where to go."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.screens import Destination
from maturity_desktop.gui.common.widgets import MessageBar, Tone

_EDITING = (Destination.QUESTIONNAIRE, Destination.EVIDENCE, Destination.FINDINGS)


class LockStrip(QWidget):
    """Takes no room while the assessment can be edited."""

    signoff_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_approved = False
        self._where = Destination.HOME
        self.bar = MessageBar(desk.icons, "lock_strip")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.M, Space.XL, 0)
        layout.addWidget(self.bar)
        self.bar.action_wanted.connect(self.signoff_wanted)
        desk.theme.changed.connect(self.bar.repaint_icons)
        self._show()

    def show_screen(self, destination: Destination) -> None:
        """Take note which screen is shown."""
        self._where = destination
        self._show()

    def show_lock(self, *, is_approved: bool) -> None:
        """Take note whether the assessment is approved; call again to say it in another language."""
        self._is_approved = is_approved
        self._show()

    def _show(self) -> None:
        is_shown = self._is_approved and self._where in _EDITING
        self.setVisible(is_shown)
        if is_shown:
            say = self._desk.speech.say
            self.bar.show_message(say("shell.approved_text"), Tone.NOTE, say("shell.to_signoff"))
            self.bar.close_button.hide()
