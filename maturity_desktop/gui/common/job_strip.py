"""A strip that follows a long job: what it does, how far it is, and a button to stop it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from maturity_desktop.gui.common.jobs import Running, Step
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import ElidedLabel, ProgressBar, button

_THOUSANDTHS = 1000


class JobStrip(QWidget):
    """Hidden until it follows a job; hides again when told that the job is over."""

    cancelled = Signal()

    def __init__(self, speech: Speech, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._speech = speech
        self._running: Running | None = None
        self._what = ""
        self.text = ElidedLabel()
        self.meter = ProgressBar()
        self.meter.numbers.hide()
        self.cancel_button = button(f"{object_name}_cancel")
        self.cancel_button.clicked.connect(self._on_cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.M)
        layout.addWidget(self.text, 2)
        layout.addWidget(self.meter, 3)
        layout.addWidget(self.cancel_button)
        self.hide()

    def follow(self, running: Running, what: str) -> None:
        """Show the steps of a job called `what`."""
        self._running, self._what = running, what
        running.stepped.connect(self._on_step)
        self.text.set_text(what)
        self.meter.set_progress(0, 0, what)
        self.cancel_button.setText(self._speech.say("common.cancel"))
        self.cancel_button.setEnabled(True)
        self.show()

    def finish(self) -> None:
        """The job is over."""
        self._running = None
        self.hide()

    @Slot(object)
    def _on_step(self, step: Step) -> None:
        share = step.share
        if share is None:
            self.meter.set_progress(0, 0, self._what)
        else:
            self.meter.set_progress(round(share * _THOUSANDTHS), _THOUSANDTHS, f"{self._what} {share:.0%}")
        name = f"{self._what}  {step.what}" if step.what else self._what
        self.text.set_text(name if share is None else f"{name}  {share:.0%}")

    @Slot()
    def _on_cancel(self) -> None:
        if self._running is not None:
            self.cancel_button.setEnabled(False)
            self._running.cancel()
            self.cancelled.emit()
