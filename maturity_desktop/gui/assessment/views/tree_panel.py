"""Left of the questionnaire: search box, filter chips, the tree of the standard, search results."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.gui.assessment.models.lists import hits_model
from maturity_desktop.gui.assessment.models.tree import CODE, ROW, SheetTreeModel, TreeFilter
from maturity_desktop.gui.assessment.state.tree import Branch, Filter, Hit, TreeRow
from maturity_desktop.gui.assessment.views.hit_delegate import HitDelegate
from maturity_desktop.gui.assessment.views.tree_delegate import TreeDelegate
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.rows import PROPS
from maturity_desktop.gui.common.widgets import button, label

_PAUSE_MS = 150
_FILTER_COLUMNS = 2
_MOST_UNFOLDED = 400
_TREE_KEYS = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End}
)


class _Tree(QTreeView):
    """Walks by arrows; letters go on to the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _TREE_KEYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
        else:
            event.ignore()


class _SearchBox(QLineEdit):
    """Down goes into the results, Esc clears."""

    down_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()  # else the line edit passes it on, and the page goes to the next criterion


class TreePanel(QWidget):
    """Shows tree or results; emits where to go, what to filter, what to search."""

    item_chosen = Signal(str)  # NodeCode
    item_activated = Signal(str)  # NodeCode: chosen for good, the keys go to the cells
    hit_chosen = Signal(str)  # CriterionId
    filters_changed = Signal(object)  # frozenset[Filter]
    search_changed = Signal(str)
    auto_advance_toggled = Signal(bool)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tree_panel")
        self._looks = looks
        self._is_following = False
        self._to_confirm = 0
        self.search = _SearchBox()
        self.search.setObjectName("search")
        self.search.setClearButtonEnabled(True)
        self._pause = QTimer(self)
        self._pause.setObjectName("search_pause")
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._chips: dict[Filter, QPushButton] = {}
        self.model = SheetTreeModel(self)
        self.filter = TreeFilter(self)
        self.filter.setSourceModel(self.model)
        self.tree = _Tree()
        self.delegate = TreeDelegate(looks, self)
        self.hits_model = hits_model(self)
        self.hits = QListView()
        self.status = label("", "caption", wraps=True)
        self.status.setObjectName("search_status")
        self.stack = QStackedWidget()
        self.auto_advance = QCheckBox()
        self.auto_advance.setObjectName("auto_advance")
        self._rows = 0
        self._dress()
        self._lay_out()
        self._connect()

    def _dress(self) -> None:
        self.tree.setObjectName("standard_tree")
        self.tree.setProperty("look", "bare")
        self.tree.setModel(self.filter)
        self.tree.setItemDelegate(self.delegate)
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(12)
        self.tree.setUniformRowHeights(True)
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.header().setMinimumSectionSize(40)
        self.hits.setObjectName("search_hits")
        self.hits.setProperty("look", "bare")
        self.hits.setModel(self.hits_model)
        self.hits.setItemDelegate(HitDelegate(self._looks, self))
        self.hits.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _lay_out(self) -> None:
        chips = QGridLayout()
        chips.setSpacing(4)
        for place, chosen in enumerate(Filter):
            chip = button(f"filter_{chosen.value}", look_name="filter")
            chip.setCheckable(True)
            chip.clicked.connect(self._on_filter)
            self._chips[chosen] = chip
            if chosen is Filter.TO_CONFIRM:
                chips.addWidget(chip, 0, 0, 1, _FILTER_COLUMNS)
                continue
            row, column = divmod(place - 1, _FILTER_COLUMNS)
            chips.addWidget(chip, row + 1, column)
        self._chips[Filter.TO_CONFIRM].hide()
        self.stack.addWidget(self.tree)
        self.stack.addWidget(self.hits)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.S, Space.S, 0, Space.S)
        layout.setSpacing(Space.S)
        layout.addWidget(self.search)
        layout.addLayout(chips)
        layout.addWidget(self.status)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.auto_advance)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_typed)
        self.search.returnPressed.connect(self._on_enter)
        self.search.down_pressed.connect(self._on_down)
        self._pause.timeout.connect(self._on_pause)
        self.tree.selectionModel().currentChanged.connect(self._on_current)
        self.tree.activated.connect(self._on_activated)
        self.tree.clicked.connect(self._on_activated)
        self.auto_advance.toggled.connect(self.auto_advance_toggled)
        self.hits.activated.connect(self._on_hit)
        self.hits.clicked.connect(self._on_hit)

    def retranslate(self) -> None:
        say = self._looks.speech.say
        self.search.setPlaceholderText(say("assessment.tree.search"))
        self.search.setAccessibleName(say("assessment.tree.search"))
        self.hits.setAccessibleName(say("assessment.tree.search"))
        if not self.search.actions():
            self.search.addAction(self._looks.icons.get(Icon.SEARCH), QLineEdit.ActionPosition.LeadingPosition)
        self.tree.setAccessibleName(say("assessment.tree.name"))
        self.auto_advance.setText(say("assessment.page.auto_advance"))
        for chosen, chip in self._chips.items():
            chip.setText(say(f"assessment.filter.{chosen.value}", count=self._to_confirm))

    def show_tree(self, branches: tuple[Branch, ...], rows: Mapping[NodeCode, TreeRow]) -> None:
        self.model.show(branches, rows)
        self._rows = len(rows)
        _unfold(self.tree, self._rows)

    def show_to_confirm(self, count: int) -> None:
        """Offer the filter for answers to be confirmed while there are any."""
        chip = self._chips[Filter.TO_CONFIRM]
        self._to_confirm = count
        chip.setText(self._looks.speech.say(f"assessment.filter.{Filter.TO_CONFIRM.value}", count=count))
        chip.setVisible(count > 0)
        if not count:
            chip.setChecked(False)

    def select(self, code: NodeCode) -> None:
        """Follow the questionnaire to an item, without asking to go there."""
        index = self.filter.mapFromSource(self.model.index_of(code))
        if index.isValid() and index != self.tree.currentIndex():
            self._is_following = True
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)
            self._is_following = False

    def allow(self, codes: frozenset[NodeCode] | None) -> None:
        """Show only the items that pass the filters."""
        if self.filter.allow(codes):
            _unfold(self.tree, self._rows if codes is None else len(codes))
        say = self._looks.speech.say
        self.status.setText(say("assessment.tree.no_match") if codes is not None and not codes else "")
        self.status.setVisible(bool(self.status.text()))

    def show_hits(self, text: str, hits: tuple[Hit, ...]) -> None:
        """Show search results; an empty text goes back to the tree."""
        say = self._looks.speech.say
        self.hits_model.show(hits)
        self.stack.setCurrentWidget(self.hits if text else self.tree)
        if text:
            key = "assessment.tree.found" if hits else "assessment.tree.nothing_found"
            self.status.setText(say(key, count=len(hits), text=text) if hits else say(key, text=text))
        else:
            self.status.setText("")
        self.status.setVisible(bool(self.status.text()))

    def chosen_filters(self) -> frozenset[Filter]:
        return frozenset(chosen for chosen, chip in self._chips.items() if chip.isChecked())

    @Slot()
    def _on_filter(self) -> None:
        self.filters_changed.emit(self.chosen_filters())

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._pause.start()

    @Slot()
    def _on_pause(self) -> None:
        self.search_changed.emit(self.search.text().strip())

    @Slot()
    def _on_enter(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._on_pause()
        elif self.hits_model.rows and self.stack.currentWidget() is self.hits:
            current = self.hits.currentIndex()
            self._on_hit(current if current.isValid() else self.hits_model.index(0, 0))

    @Slot()
    def _on_down(self) -> None:
        if self.stack.currentWidget() is self.hits and self.hits_model.rows:
            self.hits.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.hits.setCurrentIndex(self.hits_model.index(0, 0))
        else:
            self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = current.data(ROW)
        if not self._is_following and isinstance(row, TreeRow) and row.is_item:
            self.item_chosen.emit(row.code)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, TreeRow) and row.is_item:
            self.item_activated.emit(str(index.data(CODE)))

    @Slot(QModelIndex)
    def _on_hit(self, index: QModelIndex) -> None:
        hit = index.data(PROPS)
        if isinstance(hit, Hit):
            self.hit_chosen.emit(hit.criterion_id)


def _unfold(tree: QTreeView, count: int) -> None:
    """Show all rows of an ordinary standard; a vast one opens where the questionnaire is."""
    if count <= _MOST_UNFOLDED:
        tree.expandAll()
