"""The heat map: a table of rated items by level, walked cell by cell; Enter goes to the criterion."""

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.rows import PROPS
from maturity_desktop.gui.common.tables import table
from maturity_desktop.gui.common.widgets import label
from maturity_desktop.gui.results.models.tables import HeatModel
from maturity_desktop.gui.results.state.charts import HeatRow
from maturity_desktop.gui.results.views.delegates import HeatDelegate


class HeatTab(QWidget):
    """The model is made anew when another scale comes."""

    criterion_wanted = Signal(str)  # CriterionId

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("heat_tab")
        self._looks = looks
        self._levels: tuple[str, ...] = ()
        self.model = HeatModel((), self)
        self.delegate = HeatDelegate(looks, self)
        self.table: QTableView = table(self.model, "heat_table", (300, 80))
        self.table.setSortingEnabled(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.setItemDelegate(self.delegate)
        self.table.verticalHeader().setDefaultSectionSize(30)
        self.legend = label("", "caption", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, Space.S, 0, 0)
        layout.setSpacing(Space.S)
        layout.addWidget(self.legend)
        layout.addWidget(self.table, 1)
        self.table.activated.connect(self._on_activated)
        self.table.doubleClicked.connect(self._on_activated)

    def retranslate(self) -> None:
        say = self._looks.speech.say
        self.model.set_captions(say)
        self.legend.setText(say("results.heat.legend"))
        self.table.setAccessibleName(say("results.heat.name"))

    def show_heat(self, rows: tuple[HeatRow, ...], levels: tuple[str, ...]) -> None:
        if levels != self._levels:
            self._levels = levels
            before, self.model = self.model, HeatModel(levels, self)
            self.table.setModel(self.model)
            before.deleteLater()
            header = self.table.horizontalHeader()
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            for column, width in ((0, 300), (1, 80)):
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                self.table.setColumnWidth(column, width)
            self.retranslate()
        self.model.show(rows)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        row = index.data(PROPS)
        place = index.column() - 2
        if isinstance(row, HeatRow) and 0 <= place < len(row.cells):
            criterion_id = row.cells[place].criterion_id
            if criterion_id is not None:
                self.criterion_wanted.emit(criterion_id)
