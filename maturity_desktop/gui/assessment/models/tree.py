"""The tree of a standard in scope, of any depth, with progress and level; and its filter."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.gui.assessment.state.tree import Branch, TreeRow

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole) + 1
CODE = int(Qt.ItemDataRole.UserRole) + 2


class _Place:
    """A branch with its way up; models need it, values do not."""

    __slots__ = ("children", "code", "number", "parent")

    def __init__(self, branch: Branch, parent: "_Place | None", number: int) -> None:
        self.code = branch.code
        self.parent = parent
        self.number = number
        self.children = [_Place(child, self, place) for place, child in enumerate(branch.children)]


class SheetTreeModel(QAbstractItemModel):
    """Shape is set once per assessment; rows change one by one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roots: list[_Place] = []
        self._places: list[_Place] = []
        self._numbers: dict[NodeCode, int] = {}
        self._rows: Mapping[NodeCode, TreeRow] = {}

    def show(self, branches: tuple[Branch, ...], rows: Mapping[NodeCode, TreeRow]) -> None:
        """Take another tree."""
        self.beginResetModel()
        self._roots = [_Place(branch, None, place) for place, branch in enumerate(branches)]
        self._places = []
        for root in self._roots:
            self._collect(root)
        self._numbers = {place.code: number for number, place in enumerate(self._places)}
        self._rows = rows
        self.endResetModel()

    def update(self, rows: Mapping[NodeCode, TreeRow]) -> None:
        """Take new rows of the same tree; only changed ones are repainted."""
        before, self._rows = self._rows, rows
        for code, row in rows.items():
            if before.get(code) != row:
                index = self.index_of(code)
                if index.isValid():
                    self.dataChanged.emit(index, index)

    def index_of(self, code: NodeCode) -> QModelIndex:
        """Return the index of a node or item; invalid when it is not in the tree."""
        number = self._numbers.get(code)
        if number is None:
            return QModelIndex()
        return self.createIndex(self._places[number].number, 0, number)

    def _collect(self, place: _Place) -> None:
        self._places.append(place)
        for child in place.children:
            self._collect(child)

    def _children(self, parent: Index) -> list[_Place]:
        return self._places[int(parent.internalId())].children if parent.isValid() else self._roots

    # --- Qt ----------------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        children = self._children(parent)
        if column != 0 or not 0 <= row < len(children):  # by hand: the ready check asks back for every row and column
            return QModelIndex()
        return self.createIndex(row, column, self._numbers[children[row].code])

    def parent(self, child: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # two overloads in C++
        if not child.isValid():
            return QModelIndex()
        above = self._places[int(child.internalId())].parent
        return self.index_of(above.code) if above is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.column() > 0 else len(self._children(parent))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002  the same everywhere
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: Qt's variant
        if not index.isValid():
            return None
        code = self._places[int(index.internalId())].code
        row = self._rows.get(code)
        if role == CODE:
            return code
        return _data(row, role) if row is not None else None


def _data(row: TreeRow, role: int) -> Any:  # Any: Qt's variant
    progress = row.figures.progress
    match role:
        case Qt.ItemDataRole.DisplayRole:
            return row.name
        case Qt.ItemDataRole.ToolTipRole:
            parts = (f"{row.layer}  {row.code}".strip(), row.name, row.other_name, row.figures.score)
            return "\n".join(part for part in parts if part)
        case Qt.ItemDataRole.AccessibleTextRole:
            told = row.figures.score or row.figures.label
            return f"{row.code} {row.name}, {told}, {progress.needed_answered}/{progress.needed_total}"
        case _:
            return row if role == ROW else None


class TreeFilter(QSortFilterProxyModel):
    """Lets the items through that are named, and the nodes above them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._allowed: frozenset[NodeCode] | None = None
        self.setRecursiveFilteringEnabled(True)

    def allow(self, codes: frozenset[NodeCode] | None) -> bool:
        """Show only these rated items; None shows all. Return whether that changes anything."""
        if codes == self._allowed:
            return False
        self._allowed = codes
        self.invalidateFilter()
        return True

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if self._allowed is None:
            return True
        row = self.sourceModel().index(source_row, 0, source_parent).data(ROW)
        return isinstance(row, TreeRow) and row.is_item and row.code in self._allowed
