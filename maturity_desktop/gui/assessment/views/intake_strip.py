"""A strip that shows files on their way in, with cancel; hidden when there are none."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import ProgressBar, button, label


class IntakeStrip(QFrame):
    """Shows one file at a time."""

    cancel_wanted = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("intake_strip")
        self.setProperty("look", "note")
        self._looks = looks
        self.text = label("")
        self.text.setObjectName("intake_text")
        self.bar = ProgressBar()
        self.bar.numbers.hide()
        self.cancel = button("intake_cancel", look_name="plain")
        self.cancel.clicked.connect(self.cancel_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.M, Space.XS, Space.S, Space.XS)
        layout.setSpacing(Space.M)
        layout.addWidget(self.text)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.cancel)
        self.hide()

    def show_progress(self, text: str, done: int, total: int) -> None:
        """Show a file with how far it is; sizes are scaled down to fit the bar."""
        self.text.setText(text)
        self.cancel.setText(self._looks.speech.say("evidence.action.cancel"))
        scale = max(1, total // 1000)
        self.bar.set_progress(done // scale, total // scale, text)
        self.bar.numbers.hide()
        self.show()
