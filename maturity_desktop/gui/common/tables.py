"""The one way tables look and behave: whole rows, sorted by the header, keyboard reachable."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView


def table(model: QAbstractItemModel, object_name: str, widths: tuple[int, ...], *, stretch: int = 0) -> QTableView:
    """Return a table; `widths` in logical pixels by column, the column `stretch` takes the rest."""
    made = QTableView()
    made.setObjectName(object_name)
    made.setModel(model)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSortingEnabled(True)
    made.setShowGrid(False)
    made.setWordWrap(False)
    made.setTabKeyNavigation(False)
    made.setAlternatingRowColors(False)
    made.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(34)
    header = made.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setMinimumSectionSize(40)
    for column, width in enumerate(widths):
        made.setColumnWidth(column, width)
    header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
    made.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    return made
