"""The five answers as buttons with their keys, and the review flag."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.marks import answer_pixmap
from maturity_desktop.gui.common.shortcuts import Shortcut
from maturity_desktop.gui.common.widgets import look

_ORDER = {
    AnswerValue.COMPLIANT: Shortcut.ANSWER_COMPLIANT,
    AnswerValue.PARTIALLY_COMPLIANT: Shortcut.ANSWER_PARTIAL,
    AnswerValue.NOT_COMPLIANT: Shortcut.ANSWER_NOT_COMPLIANT,
    AnswerValue.NOT_APPLICABLE: Shortcut.ANSWER_NOT_APPLICABLE,
    AnswerValue.NOT_ASSESSED: Shortcut.ANSWER_CLEAR,
}
_SIGN = 20
_NARROW = 56


class AnswerButton(QPushButton):
    """A button that stays down while its answer is the one given; keys pass it by."""

    def __init__(self, object_name: str, answer: str, sign: int) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setProperty("look", "answer")
        self.setProperty("answer", answer)
        self.setIconSize(QSize(sign, sign))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class AnswerBar(QWidget):
    """Emits what was pressed; shows what the screen holds as the answer."""

    answer_wanted = Signal(object)  # AnswerValue
    flag_wanted = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answer_bar")
        self._looks = looks
        self._is_narrow = False
        self._full_width = 0
        self._buttons: dict[AnswerValue, AnswerButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for value in _ORDER:
            made = AnswerButton(f"answer_{value.value}", value.value, _SIGN)
            made.clicked.connect(self._on_clicked)
            self._buttons[value] = made
            layout.addWidget(made)
        self.flag = AnswerButton("answer_flag", "flag", _SIGN)
        self.flag.clicked.connect(self.flag_wanted)
        layout.addSpacing(8)
        layout.addWidget(self.flag)
        layout.addStretch(1)
        looks.theme.changed.connect(self.retranslate)
        self.retranslate()

    def minimumSizeHint(self) -> QSize:
        """Narrow panes show signs and keys only."""
        return QSize(_NARROW * (len(_ORDER) + 1), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < self._full_width
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._write()

    @Slot()
    def retranslate(self) -> None:
        self._is_narrow = False
        self._write()
        self._full_width = self.sizeHint().width()
        self._is_narrow = self.width() < self._full_width
        self._write()

    def _write(self) -> None:
        say, theme = self._looks.speech.say, self._looks.theme
        for value, shortcut in _ORDER.items():
            name = say(f"common.answer.{value.value}")
            made = self._buttons[value]
            word = "" if self._is_narrow else f"{say(f'assessment.answer.{value.value}')}  "
            made.setText(f"{word}{shortcut.shown}")
            made.setAccessibleName(name)
            made.setToolTip(f"{name} ({' / '.join(shortcut.value.sequences)})")
            made.setIcon(answer_pixmap(value, theme, _SIGN, self.devicePixelRatioF()))
        name = say("assessment.detail.flag")
        self.flag.setText(Shortcut.FLAG.shown if self._is_narrow else f"{name}  {Shortcut.FLAG.shown}")
        self.flag.setAccessibleName(name)
        self.flag.setIcon(self._looks.icons.get(Icon.FLAG, theme.palette.warn))

    def show_answer(self, value: AnswerValue, *, is_flagged: bool, can_answer: bool) -> None:
        for candidate, made in self._buttons.items():
            made.setChecked(candidate is value)
            made.setEnabled(can_answer)
            look(made, "chosen" if candidate is value else "", "state")
        self.flag.setChecked(is_flagged)
        self.flag.setEnabled(can_answer)

    @Slot()
    def _on_clicked(self) -> None:
        sender = self.sender()
        for value, made in self._buttons.items():
            if made is sender:
                made.setChecked(True)
                self.answer_wanted.emit(value)
