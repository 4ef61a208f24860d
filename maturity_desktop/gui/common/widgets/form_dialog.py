"""The frame of every dialog with fields: heading, form, message, and the two buttons at the foot."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icons
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets.boxes import SectionHeader, line
from maturity_desktop.gui.common.widgets.buttons import button
from maturity_desktop.gui.common.widgets.messages import MessageBar, Tone

_AROUND = 48


class FormDialog(QDialog):
    """Fill `form`; Return submits, Escape cancels. It opens without blocking and deletes itself when finished."""

    submitted = Signal()

    def __init__(self, icons: Icons, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._is_busy = False
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.header = SectionHeader("title")
        self.form = QVBoxLayout()
        self.form.setSpacing(Space.M)
        self.message = MessageBar(icons, f"{object_name}_message")
        self.cancel_button = button(f"{object_name}_cancel")
        self.submit_button = button(f"{object_name}_submit", look_name="primary")
        self.submit_button.setDefault(True)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(Space.S)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel_button)
        self.foot.addWidget(self.submit_button)
        self._build()
        self.cancel_button.clicked.connect(self.reject)
        self.submit_button.clicked.connect(self._submit)
        self.finished.connect(self.deleteLater)

    def _build(self) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        inner.setSpacing(Space.L)
        inner.addWidget(self.header)
        inner.addLayout(self.form, 1)
        inner.addWidget(self.message)
        foot = QVBoxLayout()
        foot.setContentsMargins(Space.XL, Space.M, Space.XL, Space.L)
        foot.addLayout(self.foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inner, 1)
        layout.addWidget(line())
        layout.addLayout(foot)

    def set_buttons(self, submit: str, cancel: str) -> None:
        """Name the buttons."""
        self.submit_button.setText(submit)
        self.cancel_button.setText(cancel)

    def set_busy(self, is_busy: bool) -> None:
        """Lock the form while the answer is on its way; it cannot be left meanwhile."""
        self._is_busy = is_busy
        self.submit_button.setEnabled(not is_busy)
        self.cancel_button.setEnabled(not is_busy)
        if is_busy:
            self.message.hide()

    def show_problem(self, sentence: str) -> None:
        """Show why it did not work, and let the user try again."""
        self.set_busy(False)
        self.message.close_button.hide()
        self.message.show_message(sentence, Tone.BAD)
        self._make_room()

    def _make_room(self) -> None:
        """Grow until nothing is cut off; wrapped text needs its height for the present width."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            needed = max(layout.totalHeightForWidth(self.width()), layout.totalSizeHint().height())
            self.resize(self.width(), max(self.height(), needed))

    @Slot()
    def fit_height(self) -> None:
        """Take the height that what is shown now needs, no more."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            self.resize(self.width(), max(layout.totalHeightForWidth(self.width()), layout.totalSizeHint().height()))

    def showEvent(self, event: QShowEvent) -> None:
        room = self.screen().availableGeometry().size() - QSize(_AROUND, _AROUND)
        if self.width() > room.width() or self.height() > room.height():
            self.resize(self.size().boundedTo(room))
        super().showEvent(event)

    @Slot()
    def reject(self) -> None:
        """Leave, unless an answer is on its way."""
        if not self._is_busy:
            super().reject()

    @Slot()
    def _submit(self) -> None:
        if self.submit_button.isEnabled():
            self.submitted.emit()
