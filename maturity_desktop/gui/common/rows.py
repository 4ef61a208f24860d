"""Item models over tuples of frozen props: one for tables, one for lists. Changes are told row by row."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

Index = QModelIndex | QPersistentModelIndex
PROPS = int(Qt.ItemDataRole.UserRole) + 1
ORDER = int(Qt.ItemDataRole.UserRole) + 2
Props = Any  # Any: each table has its own frozen props class


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: wording key of its caption, its text, and what it is sorted by (the text by default)."""

    caption: str
    text: Callable[[Props], str]
    order: Callable[[Props], Any] | None = None  # Any: whatever compares
    is_number: bool = False
    tooltip: Callable[[Props], str] | None = None


class RowsModel(QAbstractTableModel):
    """A table of props; with one column it serves lists."""

    def __init__(
        self, columns: Sequence[Column], key: Callable[[Props], Hashable], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._key = key
        self._rows: tuple[Props, ...] = ()
        self._captions: tuple[str, ...] = ("",) * len(self._columns)

    @property
    def rows(self) -> tuple[Props, ...]:
        """The props on show."""
        return self._rows

    def set_captions(self, say: Callable[[str], str]) -> None:
        """Name the columns in another language."""
        self._captions = tuple(say(column.caption) if column.caption else "" for column in self._columns)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    def show(self, rows: Sequence[Props]) -> None:
        """Take new props: equal keys at both ends stay, what lies between is removed and inserted."""
        new = tuple(rows)
        head = _common(self._keys(self._rows), self._keys(new))
        tail = _common(self._keys(self._rows)[head:][::-1], self._keys(new)[head:][::-1])
        self._remove(head, len(self._rows) - tail)
        self._insert(head, new[head : len(new) - tail])
        self._refresh(new)

    def row_of(self, key: Hashable) -> int:
        """Return the row of a key, -1 when it is not there."""
        return next((place for place, row in enumerate(self._rows) if self._key(row) == key), -1)

    def _keys(self, rows: tuple[Props, ...]) -> list[Hashable]:
        return [self._key(row) for row in rows]

    def _remove(self, first: int, end: int) -> None:
        if end > first:
            self.beginRemoveRows(QModelIndex(), first, end - 1)
            self._rows = self._rows[:first] + self._rows[end:]
            self.endRemoveRows()

    def _insert(self, first: int, rows: tuple[Props, ...]) -> None:
        if rows:
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows = self._rows[:first] + rows + self._rows[first:]
            self.endInsertRows()

    def _refresh(self, rows: tuple[Props, ...]) -> None:
        before, self._rows = self._rows, rows
        for place, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(self._columns) - 1))

    # --- Qt ----------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._captions[section] if 0 <= section < len(self._captions) else None
        is_number = 0 <= section < len(self._columns) and self._columns[section].is_number
        if role == Qt.ItemDataRole.TextAlignmentRole and is_number:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: Qt's variant
        rows = self._rows
        if not index.isValid() or index.row() >= len(rows):
            return None
        row, column = rows[index.row()], self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.ToolTipRole:
                return (column.tooltip or column.text)(row)
            case Qt.ItemDataRole.TextAlignmentRole if column.is_number:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case _:
                return _own_data(row, column, role)


def _own_data(row: Props, column: Column, role: int) -> Any:  # Any: Qt's variant
    if role == PROPS:
        return row
    if role == ORDER:
        return (column.order or column.text)(row)
    return None


def _common(left: list[Hashable], right: list[Hashable]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


class SortedRows(QSortFilterProxyModel):
    """Sorts by each column's own order and filters by text in any column, and by a condition on the props."""

    def __init__(self, source: RowsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._condition: Callable[[Props], bool] | None = None
        self.setSourceModel(source)
        self.setSortRole(ORDER)

    def look_for(self, text: str) -> None:
        """Show rows that contain every word of `text`."""
        self._text = text.casefold()
        self.invalidateFilter()

    def only(self, condition: Callable[[Props], bool] | None) -> None:
        """Show rows whose props fulfil a condition; None shows all."""
        self._condition = condition
        self.invalidateFilter()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        source = self.sourceModel()
        first = source.index(source_row, 0, source_parent)
        if self._condition is not None and not self._condition(first.data(PROPS)):
            return False
        if not self._text:
            return True
        cells = (str(first.siblingAtColumn(place).data() or "") for place in range(source.columnCount()))
        whole = " ".join(cells).casefold()
        return all(word in whole for word in self._text.split())

    def lessThan(self, left: Index, right: Index) -> bool:
        return bool(left.data(ORDER) < right.data(ORDER))
