"""The editor of a rationale: tells of every keystroke, of leaving, of confirming and of giving up."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget


class RationaleEditor(QPlainTextEdit):
    """Plain text; Tab leaves, Ctrl+Enter confirms, Esc gives up."""

    edited = Signal(str)
    left = Signal()
    confirmed = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rationale")
        self.setTabChangesFocus(True)
        self._is_filling = False
        self.textChanged.connect(self._on_changed)

    def fill(self, text: str) -> None:
        """Show a text that came from outside; what is typed already is left alone."""
        if text == self.toPlainText():
            return
        self._is_filling = True
        self.setPlainText(text)
        self._is_filling = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirmed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    @Slot()
    def _on_changed(self) -> None:
        if not self._is_filling:
            self.edited.emit(self.toPlainText())
