"""The level cells of one rated item as a two-layer model: levels at the top, their criteria below."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.gui.assessment.state.question import CellProps, CriterionProps

Index = QModelIndex | QPersistentModelIndex
PROPS = int(Qt.ItemDataRole.UserRole) + 1
_TOP = 0


class CellsModel(QAbstractItemModel):
    """Holds the cells on screen; a changed answer repaints its row, another item resets."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cells: tuple[CellProps, ...] = ()

    @property
    def cells(self) -> tuple[CellProps, ...]:
        """The cells on screen, lowest level first."""
        return self._cells

    def show(self, cells: tuple[CellProps, ...]) -> bool:
        """Take new props; return True when the shape changed and the model was reset."""
        if _shape(cells) != _shape(self._cells):
            self.beginResetModel()
            self._cells = cells
            self.endResetModel()
            return True
        before, self._cells = self._cells, cells
        for row, (old, new) in enumerate(zip(before, cells, strict=True)):
            if old != new:
                self._tell(row, old, new)
        return False

    def index_of(self, criterion_id: CriterionId) -> QModelIndex:
        """Return the index of a criterion; invalid when it is not on screen."""
        for level, cell in enumerate(self._cells):
            for row, props in enumerate(cell.rows):
                if props.id == criterion_id:
                    return self.createIndex(row, 0, level + 1)
        return QModelIndex()

    def _tell(self, level: int, old: CellProps, new: CellProps) -> None:
        top = self.createIndex(level, 0, _TOP)
        self.dataChanged.emit(top, top)
        for row, (before, after) in enumerate(zip(old.rows, new.rows, strict=True)):
            if before != after:
                index = self.createIndex(row, 0, level + 1)
                self.dataChanged.emit(index, index)

    # --- Qt ----------------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, child: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # two overloads in C++
        if not child.isValid() or child.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(int(child.internalId()) - 1, 0, _TOP)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        if not parent.isValid():
            return len(self._cells)
        if parent.column() > 0 or parent.internalId() != _TOP:
            return 0
        return len(self._cells[parent.row()].rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() and parent.internalId() != _TOP else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: Qt's variant
        if not index.isValid():
            return None
        if index.internalId() == _TOP:
            return _cell_data(self._cells[index.row()], role)
        return _row_data(self._cells[int(index.internalId()) - 1].rows[index.row()], role)


def _cell_data(cell: CellProps, role: int) -> Any:  # Any: Qt's variant
    if role == Qt.ItemDataRole.DisplayRole:
        return f"{cell.level_code} {cell.level_name}"
    return cell if role == PROPS else None


def _row_data(row: CriterionProps, role: int) -> Any:  # Any: Qt's variant
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return row.text
        case Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.code} {row.value_words}{row.mark_words}: {row.text}"
        case Qt.ItemDataRole.ToolTipRole:
            told = f"{row.code}{row.mark_words}  {row.text}"
            return f"{told}\n{row.value_words}" if row.share is not None else told
        case _:
            return row if role == PROPS else None


def _shape(cells: tuple[CellProps, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((cell.level_code, tuple(row.id for row in cell.rows)) for cell in cells)
