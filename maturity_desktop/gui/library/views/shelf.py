"""The shelf: search box, all editions with the details of the chosen one, and what a search found."""

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QTableView, QVBoxLayout, QWidget

from maturity_desktop.domain.ids import Digest
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.rows import PROPS, SortedRows
from maturity_desktop.gui.common.tables import table
from maturity_desktop.gui.common.widgets import Card, EmptyState, SectionHeader, button, label, name_it
from maturity_desktop.gui.library.models.tables import hits_model, shelf_model
from maturity_desktop.gui.library.state.rows import HitRow, ShelfRow
from maturity_desktop.gui.library.views.shelf_actions import ShelfActions

_PAUSE_MS = 120
_SHELF_WIDTHS = (220, 80, 116, 72, 72, 84, 150, 142, 118)
_ALSO_IN_DETAILS, _WIDE = (6, 8), 900
_HIT_WIDTHS = (300, 96, 150, 190)


class _SearchBox(QLineEdit):
    """Down and Return go into the results, Escape clears."""

    down_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down_pressed.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class ShelfView(QWidget):
    """Shows rows; emits what is looked for and what to read."""

    search_wanted = Signal(str)
    read_wanted = Signal(object)  # ShelfRow
    hit_wanted = Signal(object)  # HitRow
    check_wanted = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("library_shelf")
        self._looks = looks
        self.header = SectionHeader("title")
        self.authoring = ShelfActions(looks)
        self.check = button("library_check")
        self.read = button("library_read", look_name="primary")
        self.box = _SearchBox()
        self.box.setObjectName("library_search")
        self.box.setClearButtonEnabled(True)
        self.count = label("", "caption")
        self.count.setObjectName("library_count")
        self.shelf = shelf_model(self)
        self.hits = hits_model(self)
        self.shelf_table = table(SortedRows(self.shelf, self), "library_editions", _SHELF_WIDTHS)
        self.hits_table = table(SortedRows(self.hits, self), "library_hits", _HIT_WIDTHS)
        self.details = label("", "soft", wraps=True)
        self.details.setObjectName("library_details")
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.empty = EmptyState(looks.icons, Icon.LIBRARY, "library_empty")
        self.lists = QStackedWidget()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.header.buttons.addWidget(self.check)
        self.header.buttons.addWidget(self.authoring.importing)
        self.header.buttons.addWidget(self.read)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self.box, 1)
        row.addWidget(self.count)
        editions = QWidget()
        column = QVBoxLayout(editions)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.shelf_table, 1)
        card = Card("library_card", margin=Space.M)
        beside = QHBoxLayout()
        beside.addWidget(self.details, 1)
        beside.addWidget(self.authoring)
        card.body.addLayout(beside)
        column.addWidget(card)
        for part in (self.empty, editions, self.hits_table):
            self.lists.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        layout.setSpacing(Space.M)
        layout.addWidget(self.header)
        layout.addLayout(row)
        layout.addWidget(self.lists, 1)

    def _connect(self) -> None:
        self.check.clicked.connect(self.check_wanted)
        self.read.clicked.connect(self._read_chosen)
        self.box.textChanged.connect(self._on_typed)
        self.box.down_pressed.connect(self._enter_list)
        self._pause.timeout.connect(self._search)
        self.shelf_table.activated.connect(self._on_activated)
        self.hits_table.activated.connect(self._on_activated)
        self.shelf_table.selectionModel().currentChanged.connect(self._on_chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow page the table leaves out what the details below it say as well."""
        super().resizeEvent(event)
        for column in _ALSO_IN_DETAILS:
            self.shelf_table.setColumnHidden(column, self.width() < _WIDE)

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_editions(self, rows: tuple[ShelfRow, ...]) -> None:
        """Show the editions; the first one is chosen when none was."""
        self.shelf.show(rows)
        self.shelf_table.resizeRowsToContents()
        if rows and not self.shelf_table.currentIndex().isValid():
            self.shelf_table.setCurrentIndex(self.shelf_table.model().index(0, 0))
        self._show_list()
        self._on_chosen(self.shelf_table.currentIndex())

    def show_hits(self, rows: tuple[HitRow, ...], words: str) -> None:
        """Show what was found, and how much in words."""
        self.hits.show(rows)
        self.count.setText(words)
        self.hits_table.setAccessibleDescription(words)
        self._show_list()

    def say_state(self, words: str) -> None:
        """Say something beside the search box, such as that the index is being built."""
        self.count.setText(words)

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._looks.speech.say
        self.header.set_texts(say("library.title"), say("library.title_text"))
        self.check.setText(say("library.check"))
        self.read.setText(say("library.read"))
        self.box.setPlaceholderText(say("library.search"))
        name_it(self.box, "library_search", say("library.search_name"))
        name_it(self.shelf_table, "library_editions", say("library.editions"))
        name_it(self.hits_table, "library_hits", say("library.hits"))
        for model in (self.shelf, self.hits):
            model.set_captions(say)
        self.empty.set_texts(say("library.empty"), say("library.empty_text"))
        self.authoring.retranslate()
        self.repaint_icons()

    def repaint_icons(self) -> None:
        """Draw the icons again in the colours of the theme."""
        icons = self._looks.icons
        self.check.setIcon(icons.get(Icon.FOLDER))
        self.read.setIcon(icons.get(Icon.LIBRARY, self._looks.theme.palette.on_accent))
        self.empty.repaint_icon()
        self.authoring.repaint_icons()

    # --- what is done ------------------------------------------------------------------------------------------

    @Slot()
    def focus_search(self) -> None:
        """Put the cursor into the search box."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    @property
    def chosen(self) -> ShelfRow | None:
        """The edition that is chosen on the shelf."""
        row = self.shelf_table.currentIndex().data(PROPS)
        return row if isinstance(row, ShelfRow) else None

    def choose(self, digest: Digest) -> None:
        """Choose an edition."""
        model = self.shelf_table.model()
        for row in range(model.rowCount()):
            if model.index(row, 0).data(PROPS).digest == digest:
                self.shelf_table.setCurrentIndex(model.index(row, 0))

    @property
    def list_on_show(self) -> QTableView:
        """The table the keys act on: hits while something is looked for, editions otherwise."""
        return self.hits_table if self.box.text().strip() else self.shelf_table

    @Slot()
    def _on_typed(self) -> None:
        if self.box.text().strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._search()

    @Slot()
    def _search(self) -> None:
        self.search_wanted.emit(self.box.text())

    def _show_list(self) -> None:
        is_empty = not self.shelf.rows
        place = 2 if self.box.text().strip() else 1
        self.lists.setCurrentIndex(0 if is_empty else place)
        self.read.setEnabled(bool(self.hits.rows if place == 2 else self.shelf.rows))

    @Slot()
    def _enter_list(self) -> None:
        target = self.list_on_show
        target.setFocus(Qt.FocusReason.TabFocusReason)
        if not target.currentIndex().isValid() and target.model().rowCount():
            target.setCurrentIndex(target.model().index(0, 0))

    @Slot()
    def _read_chosen(self) -> None:
        self._open(self.list_on_show.currentIndex())

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self._open(index)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(PROPS)
        if isinstance(row, HitRow):
            self.hit_wanted.emit(row)
        elif isinstance(row, ShelfRow):
            self.read_wanted.emit(row)

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        row = index.data(PROPS)
        self.details.setText(row.details if isinstance(row, ShelfRow) else "")
