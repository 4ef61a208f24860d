"""Which keys mean what on the questionnaire, where no text is being typed."""

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from maturity_desktop.gui.common.shortcuts import Shortcut

_GROUPS = ("answering", "moving")
_EVERYWHERE = (Shortcut.SEARCH, Shortcut.UNDO, Shortcut.REDO)


def _table() -> dict[int, Shortcut]:
    return {
        _combined(sequence): shortcut
        for shortcut in Shortcut
        if shortcut.value.group in _GROUPS and shortcut not in (Shortcut.FINISH_TEXT, Shortcut.ANSWER_CHOICE)
        for sequence in shortcut.value.sequences
    }


def _combined(sequence: str) -> int:
    keys: QKeyCombination = QKeySequence(sequence)[0]  # type: ignore[index]  # the stub leaves indexing out
    return keys.toCombined()


def shortcut_of(event: QKeyEvent, table: dict[int, Shortcut]) -> Shortcut | None:
    """Return what a key press means; the number pad counts like the ordinary keys."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return table.get(int(event.key()) | modifiers.value)


def is_typing(focused: QWidget | None) -> bool:
    """Whether a text is being typed, so that letters belong to it."""
    if isinstance(focused, QPlainTextEdit | QTextEdit | QLineEdit):
        return not focused.isReadOnly()
    return isinstance(focused, QComboBox | QAbstractSpinBox)


def number_of(event: QKeyEvent, focused: QWidget | None) -> int:
    """Return the figure 1 to 9 a key press stands for where no text is typed; 0 for every other key."""
    is_bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    figure = int(event.key()) - int(Qt.Key.Key_0)
    return figure if is_bare and 1 <= figure <= 9 and not is_typing(focused) else 0


class KeyTable:
    """Looks keys up; built once, because key sequences are parsed."""

    def __init__(self) -> None:
        self._table = _table()

    def find(self, event: QKeyEvent, focused: QWidget | None) -> Shortcut | None:
        """Return the shortcut a key press means with this focus."""
        found = shortcut_of(event, self._table)
        if found is not None and is_typing(focused) and found not in _EVERYWHERE:
            return None
        return found
