"""The list of keys on F1 and `?`: a read-only table made from the one enum of shortcuts."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from maturity_desktop.gui.common.icons import Icons
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.shortcuts import Shortcut
from maturity_desktop.gui.common.widgets import FormDialog

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class KeyModel(QAbstractTableModel):
    """Group, meaning and keys of every shortcut."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = tuple(
            (
                speech.say(f"shortcuts.group.{shortcut.value.group}"),
                speech.say(shortcut.wording_key),
                " / ".join(shortcut.all_shown),
            )
            for shortcut in Shortcut
        )

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        rows = self._rows
        if not index.isValid() or index.row() >= len(rows):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return rows[index.row()][index.column()]
        return None


class KeyListDialog(FormDialog):
    """Shows the keys; closes with Escape or Return."""

    def __init__(self, icons: Icons, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(icons, "key_list_dialog", parent)
        self.setWindowTitle(speech.say("shortcuts.title"))
        self.header.set_texts(speech.say("shortcuts.title"), speech.say("shortcuts.explanation"))
        self.cancel_button.hide()
        self.submit_button.setText(speech.say("common.close"))
        self.submitted.connect(self.accept)
        table = QTableView()
        table.setObjectName("key_table")
        table.setAccessibleName(speech.say("shortcuts.title"))
        table.setModel(KeyModel(speech, self))
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.form.addWidget(table, 1)
        self.resize(640, 560)
