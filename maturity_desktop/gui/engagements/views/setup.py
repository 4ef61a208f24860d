"""The set-up dialog: steps on the left, the page on the right. New work goes step by step; editing jumps freely."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icon, Icons
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.theme import Theme
from maturity_desktop.gui.common.widgets import Field, FormDialog, button, label, scrolled

_SIZE = (940, 640)
_STEPS_WIDTH = 196


class Step(StrEnum):
    """The pages in their order."""

    INSTITUTION = "institution"
    SYSTEM = "system"
    STANDARD = "standard"
    TARGET = "target"
    VISIT = "visit"


_ICONS = {
    Step.INSTITUTION: Icon.BUILDING,
    Step.SYSTEM: Icon.SYSTEM,
    Step.STANDARD: Icon.QUESTIONNAIRE,
    Step.TARGET: Icon.TARGET,
    Step.VISIT: Icon.PEOPLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupWords:
    """Heading of the dialog and the name of its last button."""

    title: str
    finish: str


class SetupDialog(FormDialog):
    """Shows pages and says when to go on, when a page is left, and when all is to be saved."""

    step_shown = Signal(object)  # Step
    finish_wanted = Signal()

    def __init__(
        self,
        look_parts: tuple[Icons, Theme, Speech],
        words: SetupWords,
        pages: Sequence[tuple[Step, QWidget]],
        *,
        is_guided: bool,
        parent: QWidget | None = None,
    ) -> None:
        self._icons, self._theme, self._speech = look_parts
        super().__init__(self._icons, "setup_dialog", parent)
        self._words, self._is_guided = words, is_guided
        self._order = [step for step, _ in pages]
        self._stack = QStackedWidget()
        self._group = QButtonGroup(self)
        self._buttons: dict[Step, QPushButton] = {}
        self._page_title = label("", "heading")
        self._page_text = label("", "soft", wraps=True)
        self.back_button = button("setup_back", self._speech.say("common.back"))
        self.setWindowTitle(words.title)
        self.header.set_texts(words.title)
        self.cancel_button.setText(self._speech.say("common.cancel"))
        self._arrange(pages)
        self.submitted.connect(self._on_submitted)
        self.back_button.clicked.connect(self.go_back)
        self._group.idClicked.connect(self._on_step_clicked)
        self.resize(*_SIZE)
        self.show_step(self._order[0])

    def _arrange(self, pages: Sequence[tuple[Step, QWidget]]) -> None:
        rail = QVBoxLayout()
        rail.setSpacing(2)
        for number, (step, page) in enumerate(pages):
            made = button(f"setup_step_{step.value}", self._step_name(step), "rail")
            made.setCheckable(True)
            self._buttons[step] = made
            self._group.addButton(made, number)
            rail.addWidget(made)
            area = scrolled(page, is_filling=True)
            inner = area.widget().layout()
            if inner is not None:
                inner.setContentsMargins(2, 2, Space.M, 2)
            self._stack.addWidget(area)
        rail.addStretch(1)
        rail_holder = QFrame()
        rail_holder.setLayout(rail)
        rail.setContentsMargins(0, 0, Space.L, 0)
        rail_holder.setFixedWidth(_STEPS_WIDTH)
        right = QVBoxLayout()
        right.setSpacing(Space.S)
        right.addWidget(self._page_title)
        right.addWidget(self._page_text)
        right.addSpacing(Space.S)
        right.addWidget(self._stack, 1)
        columns = QHBoxLayout()
        columns.addWidget(rail_holder)
        columns.addLayout(right, 1)
        self.form.addLayout(columns, 1)
        self.foot.insertWidget(1, self.back_button)

    @property
    def step(self) -> Step:
        """The page shown now."""
        return self._order[self._stack.currentIndex()]

    def show_step(self, step: Step) -> None:
        """Show a page and put the focus into its first field."""
        say = self._speech.say
        place = self._order.index(step)
        self._stack.setCurrentIndex(place)
        self._buttons[step].setChecked(True)
        for each, made in self._buttons.items():
            colour = self._theme.palette.accent if each is step else ""
            made.setIcon(self._icons.get(_ICONS[each], colour))
            made.setEnabled(not self._is_guided or self._order.index(each) <= place)
        self._page_title.setText(say(f"engagement.step.{step.value}"))
        self._page_text.setText(say(f"engagement.step.{step.value}_text"))
        is_last = place == len(self._order) - 1
        self.back_button.setVisible(self._is_guided and place > 0)
        self.submit_button.setText(self._words.finish if is_last or not self._is_guided else say("common.next"))
        self.message.hide()
        self._focus_first(place)
        self.step_shown.emit(step)

    def _focus_first(self, place: int) -> None:
        page = self._stack.widget(place)
        for field in page.findChildren(Field):
            if field.isVisibleTo(page) and field.control.isEnabled():
                field.control.setFocus()
                return

    def show_gap(self, step: Step, sentence: str) -> None:
        """Go to the page where something is missing and say what."""
        if step in self._order:
            self.show_step(step)
        self.show_problem(sentence)

    @Slot()
    def go_back(self) -> None:
        """Show the page before."""
        self.show_step(self._order[max(0, self._stack.currentIndex() - 1)])

    @Slot()
    def go_on(self) -> None:
        """Show the next page."""
        self.show_step(self._order[min(len(self._order) - 1, self._stack.currentIndex() + 1)])

    @Slot()
    def _on_submitted(self) -> None:
        self.finish_wanted.emit()

    @property
    def is_on_last_step(self) -> bool:
        """Whether the main button saves (and does not just go on)."""
        return not self._is_guided or self._stack.currentIndex() == len(self._order) - 1

    @Slot(int)
    def _on_step_clicked(self, place: int) -> None:
        self.show_step(self._order[place])

    def _step_name(self, step: Step) -> str:
        return self._speech.say(f"engagement.step.{step.value}")
