"""The questionnaire: tree on the left, the rated item with its level cells in the middle, the criterion below."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from maturity_desktop.gui.assessment.state.question import QuestionProps
from maturity_desktop.gui.assessment.views.criterion_pane import CriterionPane
from maturity_desktop.gui.assessment.views.intake_strip import IntakeStrip
from maturity_desktop.gui.assessment.views.item_header import ItemHeader
from maturity_desktop.gui.assessment.views.keys import KeyTable, number_of
from maturity_desktop.gui.assessment.views.level_grid import LevelGrid
from maturity_desktop.gui.assessment.views.preview_pane import PreviewPane
from maturity_desktop.gui.assessment.views.side_pane import SidePane
from maturity_desktop.gui.assessment.views.tree_panel import TreePanel
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import EmptyState, MessageBar, Tone

_TREE_WIDTH = 226


class QuestionPage(QWidget):
    """Assembles the parts, hands keys to the presenter as `shortcut_pressed`."""

    shortcut_pressed = Signal(object)  # Shortcut
    choice_pressed = Signal(int)  # number of one of the owner's answers

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("questionnaire")
        self.setProperty("look", "page")
        self._looks = looks
        self._keys = KeyTable()
        self.tree = TreePanel(looks)
        self.header = ItemHeader(looks)
        self.message = MessageBar(looks.icons, "questionnaire_message")
        self.grid = LevelGrid(looks)
        self.criterion = CriterionPane(looks)
        self.side = SidePane(looks)
        self.intake = IntakeStrip(looks)
        self.preview = PreviewPane(looks)
        self.empty = EmptyState(looks.icons, Icon.QUESTIONNAIRE, "questionnaire_empty")
        self.outer = QStackedWidget()
        self.inner = QStackedWidget()
        self._lay_out()
        self.preview.closed.connect(self.close_preview)
        looks.theme.changed.connect(self.repaint_all)
        self.retranslate()

    def _lay_out(self) -> None:
        below = QSplitter(Qt.Orientation.Horizontal)
        below.setObjectName("detail_splitter")
        below.setChildrenCollapsible(False)
        below.addWidget(self.criterion)
        below.addWidget(self.side)
        below.setStretchFactor(0, 3)
        below.setStretchFactor(1, 2)
        below.setSizes([690, 290])
        self.inner.addWidget(self.grid)
        self.inner.addWidget(self.preview)
        middle = QSplitter(Qt.Orientation.Vertical)
        middle.setObjectName("question_splitter")
        middle.setChildrenCollapsible(False)
        middle.addWidget(self.inner)
        middle.addWidget(below)
        middle.setSizes([335, 275])
        middle.setStretchFactor(0, 1)
        middle.setStretchFactor(1, 0)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(Space.S, Space.S, Space.M, Space.S)
        column.setSpacing(Space.S)
        column.addWidget(self.header)
        column.addWidget(self.message)
        column.addWidget(self.intake)
        column.addWidget(middle, 1)
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.setObjectName("tree_splitter")
        whole.addWidget(self.tree)
        whole.addWidget(right)
        whole.setCollapsible(1, False)
        whole.setStretchFactor(1, 1)
        whole.setSizes([_TREE_WIDTH, 1000])
        self.outer.addWidget(self.empty)
        self.outer.addWidget(whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.outer)

    def show_question(self, props: QuestionProps, colour: str) -> None:
        """Show an item with its focused criterion."""
        self.outer.setCurrentIndex(1)
        self.header.show_header(props.header, colour)
        self.header.override.setEnabled(props.detail.can_answer)
        self.grid.show_cells(props.cells, props.detail.id)
        self.criterion.show_detail(props.detail)
        self.side.show_detail(props.detail)

    def show_nothing(self, title: str, text: str) -> None:
        """Say why there is no question."""
        self.empty.set_texts(title, text)
        self.outer.setCurrentIndex(0)

    def tell(self, text: str, tone: Tone) -> None:
        """Show a sentence above the cells."""
        self.message.show_message(text, tone)

    def retranslate(self) -> None:
        self.tree.retranslate()
        self.criterion.retranslate()
        self.side.retranslate()
        self.preview.retranslate()
        self.message.set_close_name(self._looks.speech.say("common.close"))

    @Slot()
    def repaint_all(self) -> None:
        """Draw again after the theme or the font size changed."""
        self.grid.repaint_all()
        self.tree.tree.doItemsLayout()
        self.empty.repaint_icon()
        self.message.repaint_icons()
        self.side.retranslate()
        self.preview.retranslate()

    @Slot()
    def take_keys(self) -> None:
        """Bring the keyboard to the cells."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_preview(self) -> None:
        """Show the preview in place of the cells."""
        self.inner.setCurrentWidget(self.preview)
        self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_preview(self) -> None:
        """Go back to the cells."""
        self.inner.setCurrentWidget(self.grid)
        self.take_keys()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.outer.currentIndex() == 1:
            if event.key() == Qt.Key.Key_Escape:
                self.take_keys()
                return
            number = number_of(event, QApplication.focusWidget())
            if number and self.criterion.offers_choices:
                self.choice_pressed.emit(number)
                return
            found = self._keys.find(event, QApplication.focusWidget())
            if found is not None:
                self.shortcut_pressed.emit(found)
                return
        super().keyPressEvent(event)
