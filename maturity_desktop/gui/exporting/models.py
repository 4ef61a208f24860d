"""The register of finished exports as a table."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from maturity_desktop.gui.common.language import Speech

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROLES = Qt.ItemDataRole
_TEXT_ROLES = (_ROLES.DisplayRole, _ROLES.AccessibleTextRole)
COLUMNS = ("at", "kind", "file", "signer", "serial")
FILE_COLUMN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One finished export."""

    at: str
    kind: str
    file_name: str
    signer: str
    serial: str
    by: str
    sha256: str


class RegisterModel(QAbstractTableModel):
    """Finished exports, newest first."""

    def __init__(self, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._rows: tuple[RegisterRow, ...] = ()

    def show_rows(self, rows: tuple[RegisterRow, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role in _TEXT_ROLES:
            return self._speech.say(f"exporting.column.{COLUMNS[section]}")
        return None

    def data(self, index: Index, role: int = _ROLES.DisplayRole) -> object:
        rows = self._rows
        if not index.isValid() or index.row() >= len(rows):
            return None
        row = rows[index.row()]
        if role == _ROLES.ToolTipRole:
            return f"{row.file_name}\nSHA-256 {row.sha256}\n{row.by}"
        if role not in _TEXT_ROLES:
            return None
        shown = (row.at, row.kind, row.file_name, row.signer, row.serial)
        return shown[index.column()]
