"""Levels by place on the left; on the right why, and what blocks the next level."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QListView, QScrollArea, QSplitter, QTableView, QVBoxLayout, QWidget

from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.rows import PROPS
from maturity_desktop.gui.common.tables import table
from maturity_desktop.gui.common.widgets import label
from maturity_desktop.gui.results.models.tables import blockers_model, levels_model
from maturity_desktop.gui.results.state.gaps import GapRow
from maturity_desktop.gui.results.state.levels import LevelRow
from maturity_desktop.gui.results.views.delegates import BlockerDelegate, LevelDelegate

_SCORE = 2


class BlockersView(QListView):
    """Enter goes to the criterion, Space takes it as closed."""

    toggled = Signal(str)  # CriterionId

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().data(PROPS)
        if event.key() == Qt.Key.Key_Space and isinstance(row, GapRow):
            self.toggled.emit(row.criterion_id)
        else:
            super().keyPressEvent(event)


def _flowing(text: QLabel) -> QScrollArea:
    """Return an area in which a long text scrolls."""
    inner = QWidget()
    inner.setProperty("look", "scrolled")
    layout = QVBoxLayout(inner)
    layout.setContentsMargins(0, 0, Space.S, 0)
    layout.addWidget(text)
    layout.addStretch(1)
    area = QScrollArea()
    area.setObjectName("why_area")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area


class LevelsTab(QWidget):
    """Shows rows; tells which place was chosen."""

    place_chosen = Signal(str)  # NodeCode, "" for the whole
    item_wanted = Signal(str)  # NodeCode of a rated item
    criterion_wanted = Signal(str)  # CriterionId
    close_toggled = Signal(str)  # CriterionId

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("levels_tab")
        self._looks = looks
        self.model = levels_model(self)
        self.delegate = LevelDelegate(looks, self)
        self.table: QTableView = table(self.model, "levels_table", (270, 132, 96, 200, 150))
        self.table.setSortingEnabled(False)
        self.table.setItemDelegate(self.delegate)
        self.why_title = label("", "field")
        self.why = label("", wraps=True)
        self.why.setObjectName("why_text")
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.blockers_title = label("", "field")
        self.blockers_model = blockers_model(self)
        self.blockers = BlockersView()
        self.blockers.setObjectName("blockers")
        self.blockers.setModel(self.blockers_model)
        self.blockers.setItemDelegate(BlockerDelegate(self))
        self.blockers.setWordWrap(True)
        self.blockers.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.blockers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.blockers.setResizeMode(QListView.ResizeMode.Adjust)
        self.hint = label("", "caption", wraps=True)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.table.activated.connect(self._on_activated)
        self.blockers.activated.connect(self._on_blocker)
        self.blockers.doubleClicked.connect(self._on_blocker)
        self.blockers.toggled.connect(self.close_toggled)

    def _lay_out(self) -> None:
        side = QFrame()
        side.setProperty("look", "card")
        column = QVBoxLayout(side)
        column.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        column.setSpacing(Space.S)
        column.addWidget(self.why_title)
        self.why_area = _flowing(self.why)
        column.addWidget(self.why_area, 1)
        column.addWidget(self.blockers_title)
        column.addWidget(self.blockers, 1)
        column.addWidget(self.hint)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("levels_splitter")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(side)
        splitter.setSizes([790, 380])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, Space.S, 0, 0)
        layout.addWidget(splitter)

    def retranslate(self) -> None:
        say = self._looks.speech.say
        self.model.set_captions(say)
        self.table.setAccessibleName(say("results.tab.levels"))
        self.why_title.setText(say("results.why.title"))
        self.why_area.setAccessibleName(say("results.why.title"))
        self.hint.setText(say("results.why.jump_hint"))

    def show_levels(self, rows: tuple[LevelRow, ...]) -> None:
        self.model.show(rows)
        self.table.setColumnHidden(_SCORE, not any(row.score for row in rows))
        if rows and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def show_why(self, sentences: tuple[str, ...], blockers: tuple[GapRow, ...]) -> None:
        say = self._looks.speech.say
        self.why.setText("\n".join(sentences) or say("results.why.choose"))
        self.blockers_model.show(blockers)
        key = "results.why.blockers" if blockers else "results.why.no_blockers"
        self.blockers_title.setText(say(key, count=len(blockers)) if blockers else say(key))
        self.blockers.setAccessibleName(self.blockers_title.text())
        self.blockers.setVisible(bool(blockers))
        self.hint.setVisible(bool(blockers))

    def current_code(self) -> str:
        row = self.table.currentIndex().data(PROPS)
        return str(row.code) if isinstance(row, LevelRow) else ""

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = current.data(PROPS)
        if isinstance(row, LevelRow):
            self.place_chosen.emit(row.code)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        row = index.data(PROPS)
        if isinstance(row, LevelRow) and row.is_item:
            self.item_wanted.emit(row.code)

    @Slot(QModelIndex)
    def _on_blocker(self, index: QModelIndex) -> None:
        row = index.data(PROPS)
        if isinstance(row, GapRow):
            self.criterion_wanted.emit(row.criterion_id)
