"""The parts forms are made of; each tells when the user changed it."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import ElidedLabel, Field, OptionalDate, button

E = TypeVar("E", bound=StrEnum)


class CriteriaBox(QWidget):
    """The criteria a record is bound to, with a button to choose them."""

    choose_wanted = Signal()

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.criteria: tuple[CriterionId, ...] = ()
        self._words = ElidedLabel()
        self.choose = button(f"{object_name}_choose", look_name="small")
        self.choose.clicked.connect(self.choose_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._words, 1)
        layout.addWidget(self.choose)
        self.setFocusProxy(self.choose)

    def fill(self, criteria: tuple[CriterionId, ...]) -> None:
        """Show criteria."""
        self.criteria = criteria
        self._words.set_text(", ".join(criteria) or "–")


class Form(QWidget):
    """A column of captioned fields; emits `changed` when the user touched one."""

    changed = Signal()
    criteria_wanted = Signal()

    def __init__(self, looks: Looks, prefix: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.looks = looks
        self._prefix = prefix
        self._captions: list[tuple[Field, str]] = []
        self._choices: list[tuple[QComboBox, str]] = []
        self._is_filling = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, Space.S, 0)
        self.column.setSpacing(Space.S)

    def line(self, name: str) -> QLineEdit:
        """Add a one-line text."""
        edit = QLineEdit()
        edit.setObjectName(f"{self._prefix}_{name}")
        edit.textEdited.connect(self.touched)
        self._add(edit, name)
        return edit

    def text(self, name: str) -> QPlainTextEdit:
        """Add a text of several lines."""
        edit = QPlainTextEdit()
        edit.setObjectName(f"{self._prefix}_{name}")
        edit.setTabChangesFocus(True)
        edit.setProperty("look", "lines")
        edit.textChanged.connect(self.touched)
        self._add(edit, name)
        return edit

    def choice(self, name: str, values: Sequence[StrEnum], key: str) -> QComboBox:
        """Add a choice; its words are `findings.<key>.<value>`."""
        box = QComboBox()
        box.setObjectName(f"{self._prefix}_{name}")
        for value in values:
            box.addItem("", value)
        box.activated.connect(self.touched)
        self._choices.append((box, key))
        self._add(box, name)
        return box

    def day(self, name: str, start: date) -> OptionalDate:
        """Add a date that may be missing."""
        edit = OptionalDate(f"{self._prefix}_{name}", "–", start)
        edit.dateChanged.connect(self.touched)
        self._add(edit, name)
        return edit

    def criteria(self) -> CriteriaBox:
        """Add the criteria box."""
        box = CriteriaBox(f"{self._prefix}_criteria")
        box.choose_wanted.connect(self.criteria_wanted)
        self._add(box, "criteria")
        return box

    def retranslate(self) -> None:
        say = self.looks.speech.say
        for field, name in self._captions:
            field.set_texts(say(f"findings.field.{name}"))
        for box, key in self._choices:
            for place in range(box.count()):
                box.setItemText(place, say(f"findings.{key}.{box.itemData(place)}"))
        for found in self.findChildren(CriteriaBox):
            found.choose.setText(say("findings.choose_criteria"))

    @Slot()
    def touched(self) -> None:
        """Tell of a change the user made."""
        if not self._is_filling:
            self.changed.emit()

    def set_filling(self, is_filling: bool) -> None:
        """While filling, changes are not the user's."""
        self._is_filling = is_filling

    def _add(self, control: QWidget, name: str) -> None:
        field = Field(control)
        self._captions.append((field, name))
        self.column.addWidget(field)


def chosen(box: QComboBox, kind: type[E]) -> E:
    """Return the chosen member of an enumeration."""
    return kind(str(box.currentData()))
