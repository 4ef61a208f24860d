"""The faults of an import: where, what is wrong and how to mend it; to be copied, or saved inside the workbook."""

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStackedWidget, QTableView, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.rows import PROPS, SortedRows
from maturity_desktop.gui.common.tables import table
from maturity_desktop.gui.common.widgets import EmptyState, button, label, name_it
from maturity_desktop.gui.library.models.drafts import faults_model
from maturity_desktop.gui.library.state.drafts import FaultRow

_WIDTHS = (64, 90, 52, 116, 300, 300)
_WHAT, _MEND = 4, 5
_SHOWN_WHOLE = 400


class FaultsView(QWidget):
    """Shows faults by place."""

    save_wanted = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("import_faults")
        self._looks = looks
        self.model = faults_model(self)
        self.rows = SortedRows(self.model, self)
        self.table: QTableView = table(self.rows, "import_faults_table", _WIDTHS, stretch=_WHAT)
        self.table.setWordWrap(True)
        self.table.horizontalHeader().setSectionResizeMode(_MEND, QHeaderView.ResizeMode.Stretch)
        self.hint = label("", "caption", wraps=True)
        self.copy = button("import_faults_copy")
        self.save = button("import_faults_save")
        self.empty = EmptyState(looks.icons, Icon.CHECK, "import_faults_empty")
        bar = QHBoxLayout()
        bar.setSpacing(Space.S)
        bar.addWidget(self.hint, 1)
        bar.addWidget(self.copy)
        bar.addWidget(self.save)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.table, 1)
        column.addLayout(bar)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(full)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, Space.S, 0, 0)
        layout.addWidget(self.stack)
        self.copy.clicked.connect(self._copy_all)
        self.save.clicked.connect(self.save_wanted)
        self.table.activated.connect(self._copy_row)
        self.table.doubleClicked.connect(self._copy_row)

    def show_faults(self, rows: tuple[FaultRow, ...], *, can_save: bool) -> None:
        """Show faults; the workbook with its faults can be saved when the source is one."""
        self.model.show(rows)
        self.stack.setCurrentIndex(1 if rows else 0)
        self.save.setVisible(can_save)
        modes = QHeaderView.ResizeMode
        is_short = len(rows) <= _SHOWN_WHOLE
        self.table.verticalHeader().setSectionResizeMode(modes.ResizeToContents if is_short else modes.Interactive)
        if rows and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.rows.index(0, 0))

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._looks.speech.say
        self.model.set_captions(say)
        self.hint.setText(say("importing.faults_hint"))
        self.copy.setText(say("importing.copy_all"))
        self.save.setText(say("importing.save_faults"))
        self.empty.set_texts(say("importing.no_faults"), say("importing.no_faults_text"))
        name_it(self.table, "import_faults_table", say("importing.tab.faults"))

    def redraw(self) -> None:
        """Draw the icons again in the colours of the theme."""
        self.empty.repaint_icon()
        self.save.setIcon(self._looks.icons.get(Icon.WORKBOOK))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy_row(self.table.currentIndex())
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _copy_row(self, index: QModelIndex) -> None:
        row = index.data(PROPS)
        if isinstance(row, FaultRow):
            self._to_clipboard(row.line)
            self.hint.setText(self._looks.speech.say("importing.copied", count=1))

    @Slot()
    def _copy_all(self) -> None:
        lines = [row.line for row in self.model.rows]
        self._to_clipboard("\n".join(lines))
        self.hint.setText(self._looks.speech.say("importing.copied", count=len(lines)))

    def _to_clipboard(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
