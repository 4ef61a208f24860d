"""Item models: rows of the journal, and the components with their licences."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from maturity_desktop.domain.journal import JournalEntry
from maturity_desktop.gui.common.language import Speech

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROLES = Qt.ItemDataRole
_TEXT_ROLES = (_ROLES.DisplayRole, _ROLES.AccessibleTextRole)
_JOURNAL_COLUMNS = ("sequence", "at", "actor", "what", "subject", "reason", "hash")
_HASH_SHOWN = 12


class JournalModel(QAbstractTableModel):
    """Journal rows, newest first; the whole old and new content is in the tooltip."""

    def __init__(self, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._entries: tuple[JournalEntry, ...] = ()

    def show_entries(self, entries: tuple[JournalEntry, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_JOURNAL_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role in _TEXT_ROLES:
            return self._speech.say(f"journal.column.{_JOURNAL_COLUMNS[section]}")
        return None

    def data(self, index: Index, role: int = _ROLES.DisplayRole) -> object:
        entries = self._entries
        if not index.isValid() or index.row() >= len(entries):
            return None
        entry = entries[index.row()]
        if role in _TEXT_ROLES:
            return self._texts(entry)[index.column()]
        if role == _ROLES.ToolTipRole:
            return f"{entry.event}\n− {entry.old}\n+ {entry.new}"
        return None

    def _texts(self, entry: JournalEntry) -> tuple[str, ...]:
        return (
            str(entry.sequence),
            f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}",
            entry.actor,
            event_words(self._speech, entry.event),
            entry.subject,
            entry.reason,
            entry.hash[:_HASH_SHOWN],
        )


def event_words(speech: Speech, event: str) -> str:
    """Return an event such as ``answer.recorded`` in words; an unknown one as it is."""
    kind, _, act = event.partition(".")
    try:
        return speech.say(
            "journal.event", kind=speech.say(f"journal.kind.{kind}"), act=speech.say(f"journal.act.{act}")
        )
    except KeyError:
        return event


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A part the program is made of."""

    name: str
    version: str
    licence: str


class ComponentModel(QAbstractTableModel):
    """Components with their versions and licences."""

    def __init__(self, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._rows: tuple[Component, ...] = ()

    def show_components(self, rows: tuple[Component, ...]) -> None:
        """Show other components."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role in _TEXT_ROLES:
            return self._speech.say(f"preferences.component_{('name', 'version', 'licence')[section]}")
        return None

    def data(self, index: Index, role: int = _ROLES.DisplayRole) -> object:
        rows = self._rows
        if not index.isValid() or index.row() >= len(rows) or role not in _TEXT_ROLES:
            return None
        row = rows[index.row()]
        return (row.name, row.version, row.licence)[index.column()]
