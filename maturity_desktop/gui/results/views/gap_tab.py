"""The smallest way to the target as a table; Space or a click in the first column takes a criterion as closed."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.rows import PROPS, SortedRows
from maturity_desktop.gui.common.tables import table
from maturity_desktop.gui.common.widgets import button, label
from maturity_desktop.gui.results.models.tables import gap_model
from maturity_desktop.gui.results.state.gaps import GapProps, GapRow


class GapTab(QWidget):
    """Shows a `GapProps`."""

    criterion_wanted = Signal(str)  # CriterionId
    close_toggled = Signal(str)  # CriterionId
    all_wanted = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gap_tab")
        self._looks = looks
        self.sentence = label("", wraps=True)
        self.sentence.setObjectName("gap_sentence")
        self.all = button("gap_all")
        self.model = gap_model(self)
        self.rows = SortedRows(self.model, self)
        self.table: QTableView = table(self.rows, "gap_table", (92, 130, 130, 60, 190, 300), stretch=5)
        top = QHBoxLayout()
        top.addWidget(self.sentence, 1)
        top.addWidget(self.all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, Space.S, 0, 0)
        layout.setSpacing(Space.S)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        self.all.clicked.connect(self.all_wanted)
        self.table.activated.connect(self._on_activated)
        self.table.clicked.connect(self._on_clicked)
        self.table.installEventFilter(self)

    def retranslate(self) -> None:
        say = self._looks.speech.say
        self.model.set_captions(say)
        self.table.setAccessibleName(say("results.tab.gap", count=len(self.model.rows)))
        self.all.setText(say("results.gap.all"))

    def show_gap(self, props: GapProps) -> None:
        self.sentence.setText(props.sentence)
        self.model.show(props.rows)
        self.all.setEnabled(bool(props.rows))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catch Space before the table takes it for selecting."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            row = self.table.currentIndex().data(PROPS)
            if isinstance(row, GapRow):
                self.close_toggled.emit(row.criterion_id)
                return True
        return super().eventFilter(watched, event)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        row = index.data(PROPS)
        if isinstance(row, GapRow):
            self.criterion_wanted.emit(row.criterion_id)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        row = index.data(PROPS)
        if isinstance(row, GapRow) and index.column() == 0:
            self.close_toggled.emit(row.criterion_id)
