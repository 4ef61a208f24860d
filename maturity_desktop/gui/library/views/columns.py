"""Which column is what: every column with its first cells and a choice, and what would come of it beside them."""

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QSplitter, QTreeView, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import (
    Card,
    ElidedLabel,
    MessageBar,
    SectionHeader,
    Tone,
    button,
    label,
    name_it,
    scrolled,
)
from maturity_desktop.gui.library.models.contents import ContentsModel
from maturity_desktop.gui.library.state.columns import (
    IGNORED,
    MAY_REPEAT,
    USES,
    ColumnRow,
    ColumnsProps,
    HeadChoice,
    PreviewProps,
)
from maturity_desktop.gui.library.views.table_head import TableHead

_PAUSE_MS = 250
_LIST_WIDTH, _PREVIEW_WIDTH = 620, 400
_HEADING_WIDTH, _USE_WIDTH, _LEAST_HEIGHT = 130, 200, 260
_WIDE = 900


class ColumnsView(QWidget):
    """Shows a table and the choice for it; emits when the choice changed, after a short pause."""

    back_wanted = Signal()
    load_wanted = Signal()
    save_wanted = Signal()
    layout_changed = Signal()
    changed = Signal()
    ready = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("library_columns")
        self._looks = looks
        self._rows: tuple[ColumnRow, ...] = ()
        self.header = SectionHeader("title")
        self.back = button("columns_back")
        self.load = button("columns_load")
        self.save = button("columns_save")
        self.next = button("columns_next", look_name="primary")
        self.explanation = label("", "soft", wraps=True)
        self.head = TableHead(looks)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.uses: dict[str, QComboBox] = {}
        self._inner: QWidget | None = None
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self.verdict = MessageBar(looks.icons, "columns_verdict")
        self.verdict.close_button.hide()
        self.contents = ContentsModel(self)
        self.tree = QTreeView()
        self.tree.setModel(self.contents)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.preview_title = label("", "heading")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for action in (self.back, self.load, self.save, self.next):
            self.header.buttons.addWidget(action)
        holder = QWidget()
        holder.setLayout(self._list)
        card = Card("columns_list", margin=0)
        card.body.addWidget(scrolled(holder, object_name="columns_scroll"))
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.preview_title)
        column.addWidget(self.verdict)
        column.addWidget(self.tree, 1)
        split = self.split
        split.setChildrenCollapsible(False)
        split.addWidget(card)
        split.addWidget(right)
        split.setSizes([_LIST_WIDTH, _PREVIEW_WIDTH])
        split.setStretchFactor(0, 1)
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        for part in (self.header, self.explanation, self.head):
            whole.addWidget(part)
        whole.addWidget(split, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(whole, object_name="columns_page", is_filling=True))

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.load.clicked.connect(self.load_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.next.clicked.connect(self.ready)
        self.head.layout_changed.connect(self.layout_changed)
        self.head.changed.connect(self._pause.start)
        self._pause.timeout.connect(self.changed)

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_props(self, props: ColumnsProps) -> None:
        """Show a table with the choice for it; nothing is emitted."""
        self.header.set_texts(props.title)
        self.head.show_head(props.sheets, props.head)
        if [row.heading for row in props.rows] != list(self.uses):
            self._build(props.rows)
        self._rows = props.rows
        for row in props.rows:
            box = self.uses[row.heading]
            blocked = QSignalBlocker(box)
            box.setCurrentIndex(USES.index(row.use))
            del blocked

    def show_preview(self, props: PreviewProps) -> None:
        """Show what would come of the choice."""
        self.verdict.show_message(props.words, Tone.GOOD if props.is_possible else Tone.WARN)
        self.contents.show_tree(props.contents)
        self.tree.expandToDepth(1)
        self.tree.setVisible(props.is_possible)
        self.next.setEnabled(props.is_possible)

    @property
    def head_choice(self) -> HeadChoice:
        """What is chosen for the table as a whole."""
        return self.head.head

    @property
    def chosen_uses(self) -> tuple[tuple[str, str], ...]:
        """Heading and use, in the order of the columns."""
        return tuple((heading, str(box.currentData())) for heading, box in self.uses.items())

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._looks.speech.say
        self.back.setText(say("library.back"))
        self.load.setText(say("importing.columns_load"))
        self.save.setText(say("importing.columns_save"))
        self.next.setText(say("importing.columns_next"))
        self.explanation.setText(say("importing.columns_text"))
        self.preview_title.setText(say("importing.preview"))
        name_it(self.tree, "columns_tree", say("importing.preview"))
        self.head.retranslate()
        for heading, box in self.uses.items():
            box.setAccessibleName(say("importing.use_of", heading=heading))
            for place, use in enumerate(USES):
                box.setItemText(place, say(f"importing.use.{use}"))
        self.redraw()

    def redraw(self) -> None:
        """Draw the icons again in the colours of the theme."""
        icons = self._looks.icons
        self.back.setIcon(icons.get(Icon.LEFT))
        self.load.setIcon(icons.get(Icon.OPEN))
        self.save.setIcon(icons.get(Icon.FILE))
        self.next.setIcon(icons.get(Icon.RIGHT, self._looks.theme.palette.on_accent))
        self.verdict.repaint_icons()

    # --- what is done ------------------------------------------------------------------------------------------

    def _build(self, rows: tuple[ColumnRow, ...]) -> None:
        """Make the list anew: a row per column, in the order Tab goes."""
        if self._inner is not None:
            self._list.removeWidget(self._inner)
            self._inner.hide()
            self._inner.deleteLater()
        self._inner = inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(1, 1)
        self.uses = {row.heading: self._row(grid, place, row) for place, row in enumerate(rows)}
        self._list.addWidget(inner)

    def _row(self, grid: QGridLayout, place: int, row: ColumnRow) -> QComboBox:
        say = self._looks.speech.say
        heading, samples, box = label(row.heading, "strong", wraps=True), ElidedLabel(), QComboBox()
        heading.setFixedWidth(_HEADING_WIDTH)
        heading.setBuddy(box)
        samples.setProperty("look", "soft")
        samples.set_text(row.samples)
        box.setObjectName(f"columns_use_{place}")
        box.setAccessibleName(say("importing.use_of", heading=row.heading))
        box.setFixedWidth(_USE_WIDTH)
        for use in USES:
            box.addItem(say(f"importing.use.{use}"), use)
        box.currentIndexChanged.connect(lambda _place, own=row.heading: self._on_use(own))
        for column, part in enumerate((heading, samples, box)):
            grid.addWidget(part, place, column)
        return box

    @Slot(str)
    def _on_use(self, heading: str) -> None:
        """A use only one column can have is taken away from the other."""
        chosen = self.uses[heading].currentData()
        for other, box in self.uses.items():
            if other != heading and box.currentData() == chosen and chosen not in MAY_REPEAT:
                blocked = QSignalBlocker(box)
                box.setCurrentIndex(USES.index(IGNORED))
                del blocked
        self._pause.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow page the preview stands below the list."""
        super().resizeEvent(event)
        is_wide = self.width() >= _WIDE
        self.split.setOrientation(Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical)
        self.split.setMinimumHeight(_LEAST_HEIGHT if is_wide else 2 * _LEAST_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)
