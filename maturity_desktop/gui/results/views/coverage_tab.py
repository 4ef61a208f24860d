"""What a careful lead assessor would ask about, grouped by kind."""

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QTableView, QVBoxLayout, QWidget

from maturity_desktop.domain.results import CoverageFinding
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.rows import PROPS, SortedRows
from maturity_desktop.gui.common.tables import table
from maturity_desktop.gui.common.widgets import button, label
from maturity_desktop.gui.results.models.tables import coverage_model
from maturity_desktop.gui.results.state.gaps import CoverageGroup, CoverageRow

_COLUMNS = 4


class CoverageTab(QWidget):
    """Groups as buttons, findings as a table."""

    criterion_wanted = Signal(str)  # CriterionId

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("coverage_tab")
        self._looks = looks
        self.model = coverage_model(self)
        self.rows = SortedRows(self.model, self)
        self.table: QTableView = table(self.rows, "coverage_table", (210, 130, 160, 300), stretch=3)
        self.clean = label("", "soft")
        self._group = QButtonGroup(self)
        self._buttons: dict[CoverageFinding | None, QPushButton] = {}
        self._chosen: CoverageFinding | None = None
        groups = (QHBoxLayout(), QHBoxLayout())
        for number, finding in enumerate((None, *CoverageFinding)):
            made = button(f"coverage_{finding.value if finding else 'all'}", look_name="filter")
            made.setCheckable(True)
            self._group.addButton(made, number)
            self._buttons[finding] = made
            groups[number // _COLUMNS].addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, Space.S, 0, 0)
        layout.setSpacing(Space.S)
        for group in groups:
            group.setSpacing(Space.S)
            group.addStretch(1)
            layout.addLayout(group)
        layout.addWidget(self.clean)
        layout.addWidget(self.table, 1)
        self._buttons[None].setChecked(True)
        self._group.idClicked.connect(self._on_group)
        self.table.activated.connect(self._on_activated)

    def retranslate(self) -> None:
        say = self._looks.speech.say
        self.model.set_captions(say)
        self.table.setAccessibleName(say("results.tab.coverage", count=len(self.model.rows)))
        self.clean.setText(say("results.coverage.clean"))

    def show_coverage(self, rows: tuple[CoverageRow, ...], groups: tuple[CoverageGroup, ...]) -> None:
        say = self._looks.speech.say
        self.model.show(rows)
        self._buttons[None].setText(say("results.coverage.all", count=len(rows)))
        for group in groups:
            made = self._buttons[group.finding]
            made.setText(say("results.coverage.group", words=group.words, count=group.count))
            made.setEnabled(group.count > 0)
        self.clean.setVisible(not rows)

    @Slot(int)
    def _on_group(self, number: int) -> None:
        chosen = (None, *CoverageFinding)[number]
        self.rows.only(None if chosen is None else (lambda row: row.finding is chosen))

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        row = index.data(PROPS)
        if isinstance(row, CoverageRow):
            self.criterion_wanted.emit(row.criterion_id)
