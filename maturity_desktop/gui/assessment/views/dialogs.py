"""Small dialogs of the questionnaire: a code to go to, a rating set by hand."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from maturity_desktop.domain.results import Rating
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import Field, button, label


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingChoice:
    """A rating that may be chosen, as it is written."""

    rating: Rating
    label: str


class CodeDialog(QDialog):
    """Asks for a code; stays open until there is such a place."""

    code_given = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        say = looks.speech.say
        self.setObjectName("go_to_code")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("assessment.page.go_to_code"))
        self.code = QLineEdit()
        self.code.setObjectName("code")
        self.field = Field(self.code)
        self.field.set_texts(say("assessment.page.go_to_code"), say("assessment.page.go_to_code_hint"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        layout.addWidget(self.field)
        self.setMinimumWidth(340)
        self.code.returnPressed.connect(self._on_enter)

    def refuse(self, text: str) -> None:
        """Say that there is no such place."""
        self.field.set_hint(text, "bad")
        self.code.selectAll()

    @Slot()
    def _on_enter(self) -> None:
        self.code_given.emit(self.code.text())


class OverrideDialog(QDialog):
    """Asks for a rating and its reason; the first choice takes the computed one."""

    rating_given = Signal(object, str)  # Rating | None, reason

    def __init__(
        self, looks: Looks, code: str, computed: str, choices: tuple[RatingChoice, ...], parent: QWidget
    ) -> None:
        super().__init__(parent)
        say = looks.speech.say
        self.setObjectName("override_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("assessment.override.title", code=code))
        self.setMinimumWidth(420)
        self._choices = choices
        self.rating = QComboBox()
        self.rating.setObjectName("override_rating_choice")
        self.rating.addItem(say("assessment.override.computed", label=computed))
        self.rating.addItems([choice.label for choice in choices])
        self.reason = QPlainTextEdit()
        self.reason.setObjectName("override_reason")
        self.reason.setTabChangesFocus(True)
        self.save = button("override_save", say("common.save"), "primary")
        cancel = button("override_cancel", say("common.cancel"))
        rating_field, reason_field = Field(self.rating), Field(self.reason)
        rating_field.set_texts(say("assessment.override.rating"))
        reason_field.set_texts(say("assessment.override.reason"))
        actions = QHBoxLayout()
        actions.addStretch(1)
        actions.addWidget(cancel)
        actions.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        layout.setSpacing(Space.M)
        layout.addWidget(label(say("assessment.override.explanation"), "soft", wraps=True))
        layout.addWidget(rating_field)
        layout.addWidget(reason_field)
        layout.addLayout(actions)
        self.rating.currentIndexChanged.connect(self._check)
        self.reason.textChanged.connect(self._check)
        self.save.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.accepted.connect(self._on_accepted)

    def start(self, rating: Rating | None, reason: str) -> None:
        """Begin with what is set already."""
        place = next((number for number, choice in enumerate(self._choices, 1) if choice.rating == rating), 0)
        self.rating.setCurrentIndex(place)
        self.reason.setPlainText(reason)
        self._check()

    @Slot()
    def _check(self) -> None:
        is_computed = self.rating.currentIndex() <= 0
        self.reason.setEnabled(not is_computed)
        self.save.setEnabled(is_computed or bool(self.reason.toPlainText().strip()))

    @Slot()
    def _on_accepted(self) -> None:
        place = self.rating.currentIndex()
        rating = self._choices[place - 1].rating if place > 0 else None
        self.rating_given.emit(rating, self.reason.toPlainText().strip() if rating is not None else "")
