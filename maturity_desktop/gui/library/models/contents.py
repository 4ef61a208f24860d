"""The contents of a book as a tree model."""

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.gui.library.state.book import Leaf

CODE = int(Qt.ItemDataRole.UserRole) + 1


class ContentsModel(QStandardItemModel):
    """One line per page of the book."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: dict[NodeCode, QStandardItem] = {}

    def show_tree(self, leaves: tuple[Leaf, ...]) -> None:
        """Show another book."""
        self.clear()
        self._places = {}
        for leaf in leaves:
            self.appendRow(self._made(leaf))

    def index_of(self, code: NodeCode) -> QModelIndex:
        """Return the index of a page, invalid when there is none."""
        found = self._places.get(code)
        return found.index() if found is not None else QModelIndex()

    def _made(self, leaf: Leaf) -> QStandardItem:
        made = QStandardItem(leaf.title)
        made.setEditable(False)
        made.setData(leaf.code, CODE)
        made.setToolTip(leaf.title)
        self._places[leaf.code] = made
        for child in leaf.children:
            made.appendRow(self._made(child))
        return made
