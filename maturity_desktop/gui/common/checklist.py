"""A dialog that lets the user tick rows of a long list, with a filter box. Opens, never blocks."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import button, label

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One row to tick."""

    key: Hashable
    text: str
    is_ticked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistWords:
    """What the dialog says."""

    title: str
    explanation: str
    search: str
    accept: str
    cancel: str


class ChecklistModel(QAbstractListModel):
    """Rows with a tick."""

    def __init__(self, choices: Sequence[Choice], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._ticked = {choice.key for choice in choices if choice.is_ticked}

    def ticked(self) -> tuple[Hashable, ...]:
        """Return the ticked keys in the order of the list."""
        return tuple(choice.key for choice in self._choices if choice.key in self._ticked)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._choices)

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: Qt's variant
        if not index.isValid() or index.row() >= len(self._choices):
            return None
        choice = self._choices[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return choice.text
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if choice.key in self._ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # Any: Qt's variant
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        key = self._choices[index.row()].key
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticked.add(key)
        else:
            self._ticked.discard(key)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        return True


class ChecklistDialog(QDialog):
    """Emits the ticked keys when accepted."""

    chosen = Signal(object)  # tuple[Hashable, ...]

    def __init__(self, words: ChecklistWords, choices: Sequence[Choice], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("checklist")
        self.setWindowTitle(words.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 520)
        self.model = ChecklistModel(choices, self)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self.model)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.search = QLineEdit()
        self.search.setObjectName("checklist_search")
        self.search.setPlaceholderText(words.search)
        self.search.setAccessibleName(words.search)
        self.search.setClearButtonEnabled(True)
        self.list = QListView()
        self.list.setObjectName("checklist_rows")
        self.list.setAccessibleName(words.title)
        self.list.setModel(self._proxy)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        accept = button("checklist_accept", words.accept, "primary")
        cancel = button("checklist_cancel", words.cancel)
        accept.setDefault(True)
        accept.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.search.textChanged.connect(self._proxy.setFilterFixedString)
        self.accepted.connect(self._on_accepted)
        actions = QHBoxLayout()
        actions.addStretch(1)
        actions.addWidget(cancel)
        actions.addWidget(accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        layout.setSpacing(Space.M)
        layout.addWidget(label(words.explanation, "soft", wraps=True))
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addLayout(actions)

    @Slot()
    def _on_accepted(self) -> None:
        self.chosen.emit(self.model.ticked())
