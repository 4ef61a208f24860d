"""A date that may be missing: typed or picked, with a clear way back to none."""

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QWidget

_NONE = QDate(1999, 12, 31)


class OptionalDate(QDateEdit):
    """Shows `none_word` for no date; Delete takes a date away, a key or the calendar brings one."""

    def __init__(self, object_name: str, none_word: str, start: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._start = QDate(start.year, start.month, start.day)
        self.setCalendarPopup(True)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setMinimumDate(_NONE)
        self.setSpecialValueText(none_word)
        self.setDate(_NONE)

    @property
    def value(self) -> date | None:
        """The date, or None."""
        chosen = self.date()
        return None if chosen == _NONE else date(chosen.year(), chosen.month(), chosen.day())

    def set_value(self, value: date | None) -> None:
        """Show a date, or none."""
        self.setDate(_NONE if value is None else QDate(value.year, value.month, value.day))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.date() != _NONE:
            self.setDate(_NONE)
            return
        if self.date() == _NONE and (event.text().isdigit() or event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)):
            self.setDate(self._start)
        super().keyPressEvent(event)
