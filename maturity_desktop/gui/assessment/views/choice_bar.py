"""The owner's answers of a model: as buttons when they fit on one line, else as a list; and what goes beside them."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.gui.assessment.state.choices import ChoiceProps
from maturity_desktop.gui.assessment.views.answer_bar import AnswerButton
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.marks import answer_pixmap
from maturity_desktop.gui.common.shortcuts import Shortcut
from maturity_desktop.gui.common.widgets import label, look

_SIGN = 20
_NARROW = 56
_LAST_KEY = 9
_WIDEST_LIST = 720
_BESIDE = {
    AnswerValue.NOT_APPLICABLE: Shortcut.ANSWER_NOT_APPLICABLE,
    AnswerValue.NOT_ASSESSED: Shortcut.ANSWER_CLEAR,
}


class _ChoiceList(QComboBox):
    """A list whose choice never changes by the wheel passing over it."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the closed list with its text alone, shortened where it must be; the credit stands beside it."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        room = field.width() - (self.iconSize().width() + 8 if self.currentIndex() >= 0 else 0)
        text = str(self.currentData() or self.placeholderText())
        option.currentText = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)  # type: ignore[attr-defined]  # the stub leaves it out
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceBar(QWidget):
    """Emits what was chosen; shows what the screen holds as the answer."""

    choice_wanted = Signal(int)  # number of the choice
    answer_wanted = Signal(object)  # AnswerValue
    flag_wanted = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("choice_bar")
        self._looks = looks
        self._choices: tuple[ChoiceProps, ...] = ()
        self._chosen = ""
        self._wide = 0
        self.buttons: list[AnswerButton] = []
        self._row = QWidget()
        self._row_layout = QHBoxLayout(self._row)
        self._row_layout.setContentsMargins(0, 0, 0, 0)
        self._row_layout.setSpacing(4)
        self.list = _ChoiceList()
        self.list.setObjectName("choice_list")
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.list.setIconSize(QSize(_SIGN, _SIGN))
        self.list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.list.activated.connect(self._on_listed)
        self.earned = label("", "chip")
        self.earned.setObjectName("choice_earned")
        self.beside = {value: AnswerButton(f"choice_{value.value}", value.value, _SIGN) for value in _BESIDE}
        self.flag = AnswerButton("choice_flag", "flag", _SIGN)
        self.flag.clicked.connect(self.flag_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._row)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.earned)
        for made in self.beside.values():
            made.clicked.connect(self._on_beside)
            layout.addWidget(made)
        layout.addSpacing(8)
        layout.addWidget(self.flag)
        self._end = layout.count()
        layout.addStretch(0)
        looks.theme.changed.connect(self.retranslate)
        self.retranslate()

    def minimumSizeHint(self) -> QSize:
        """A list and three signs with their keys are always possible."""
        return QSize(_NARROW * 6, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def retranslate(self) -> None:
        """Write names, keys and signs anew."""
        say, theme, ratio = self._looks.speech.say, self._looks.theme, self.devicePixelRatioF()
        for value, shortcut in _BESIDE.items():
            name = say(f"common.answer.{value.value}")
            made = self.beside[value]
            made.setText(shortcut.shown)
            made.setAccessibleName(name)
            made.setToolTip(f"{name} ({shortcut.shown})")
            made.setIcon(answer_pixmap(value, theme, _SIGN, ratio))
        name = say("assessment.detail.flag")
        self.flag.setText(Shortcut.FLAG.shown)
        self.flag.setAccessibleName(name)
        self.flag.setToolTip(f"{name} ({Shortcut.FLAG.shown})")
        self.flag.setIcon(self._looks.icons.get(Icon.FLAG, theme.palette.warn))
        self.list.setPlaceholderText(say("assessment.choice.choose"))
        self.list.setAccessibleName(say("assessment.choice.list"))
        self._write_choices()

    def show_choices(self, choices: tuple[ChoiceProps, ...]) -> None:
        """Take the answers of another criterion or language."""
        if choices != self._choices:
            self._choices = choices
            self._write_choices()

    def show_answer(self, value: AnswerValue, choice: str, *, is_flagged: bool, can_answer: bool) -> None:
        """Show the answer the screen holds."""
        self._chosen = choice
        for props, made in zip(self._choices, self.buttons, strict=True):
            _mark(made, is_chosen=props.code == choice, can_answer=can_answer)
        for candidate, other in self.beside.items():
            _mark(other, is_chosen=candidate is value, can_answer=can_answer)
        self._show_in_list(value)
        self.list.setEnabled(can_answer)
        self.flag.setChecked(is_flagged)
        self.flag.setEnabled(can_answer)

    def _show_in_list(self, value: AnswerValue) -> None:
        """Choose in the list; an answer given without a choice is named in its place."""
        say = self._looks.speech.say
        codes = [props.code for props in self._choices]
        self.list.setCurrentIndex(codes.index(self._chosen) if self._chosen in codes else -1)
        is_plain = self._chosen not in codes and value is not AnswerValue.NOT_ASSESSED
        self.list.setPlaceholderText(
            say(f"common.answer.{value.value}") if is_plain else say("assessment.choice.choose")
        )
        credit = self._choices[codes.index(self._chosen)].credit if self._chosen in codes else ""
        self.earned.setText(say("assessment.choice.credit", credit=credit) if credit else "")
        self._fit()
        self.list.setToolTip(self._told(codes.index(self._chosen)) if self._chosen in codes else "")

    def _told(self, place: int) -> str:
        props = self._choices[place]
        told = self._looks.speech.say("assessment.choice.earns", text=props.text, credit=props.credit)
        return f"{told} ({props.number})" if props.number <= _LAST_KEY else told

    def _write_choices(self) -> None:
        while len(self.buttons) < len(self._choices):
            made = AnswerButton("", "", _SIGN)
            made.clicked.connect(self._on_button)
            self.buttons.append(made)
            self._row_layout.addWidget(made)
        while len(self.buttons) > len(self._choices):
            gone = self.buttons.pop()
            gone.hide()
            gone.deleteLater()
        self.list.clear()
        for place, (props, made) in enumerate(zip(self._choices, self.buttons, strict=True)):
            keyed = f"{props.number}  {props.text}" if props.number <= _LAST_KEY else props.text
            made.setObjectName(f"choice_{props.number}")
            made.setText(f"{keyed} · {props.credit}".replace("&", "&&"))
            made.setProperty("answer", props.value.value)
            made.setAccessibleName(self._told(place))
            made.setToolTip(self._told(place))
            made.setIcon(self._sign(props))
            self.list.addItem(self._sign(props), f"{keyed} · {props.credit}", keyed)
            self.list.setItemData(place, self._told(place), Qt.ItemDataRole.ToolTipRole)
            self.list.setItemData(place, self._told(place), Qt.ItemDataRole.AccessibleTextRole)
        self._wide = sum(made.sizeHint().width() + 4 for made in self.buttons)
        view = self.list.view()
        view.setMinimumWidth(min(_WIDEST_LIST, view.sizeHintForColumn(0) + 24) if self._choices else 0)
        self._fit()

    def _fit(self) -> None:
        """Buttons when all of them fit, without signs when these are too much; else the list."""
        beside = sum(made.sizeHint().width() + 4 for made in (*self.beside.values(), self.flag)) + 16
        room = self.width() - beside
        signs = (_SIGN + 4) * len(self.buttons)
        is_list = len(self._choices) > _LAST_KEY or self._wide - signs > room
        for props, made in zip(self._choices, self.buttons, strict=True):
            made.setIcon(self._sign(props) if self._wide <= room else QIcon())
        self._row.setVisible(not is_list)
        self.list.setVisible(is_list)
        self.earned.setVisible(is_list and bool(self.earned.text()))
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            layout.setStretch(self._end, 0 if is_list else 1)

    def _sign(self, props: ChoiceProps) -> QPixmap:
        return answer_pixmap(props.value, self._looks.theme, _SIGN, self.devicePixelRatioF(), share=props.share)

    @Slot()
    def _on_button(self) -> None:
        sender = self.sender()
        for props, made in zip(self._choices, self.buttons, strict=True):
            if made is sender:
                made.setChecked(True)
                self.choice_wanted.emit(props.number)

    @Slot(int)
    def _on_listed(self, place: int) -> None:
        self.choice_wanted.emit(self._choices[place].number)

    @Slot()
    def _on_beside(self) -> None:
        sender = self.sender()
        for value, made in self.beside.items():
            if made is sender:
                made.setChecked(True)
                self.answer_wanted.emit(value)


def _mark(made: QPushButton, *, is_chosen: bool, can_answer: bool) -> None:
    made.setChecked(is_chosen)
    made.setEnabled(can_answer)
    look(made, "chosen" if is_chosen else "", "state")
