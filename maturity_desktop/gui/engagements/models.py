"""Item models of the set-up: the scope as a tree with check boxes, and the team as an editable table."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from maturity_desktop.domain.engagement import Person, Role
from maturity_desktop.domain.ids import NodeCode, PersonId, new_id
from maturity_desktop.domain.standard import Edition, Node
from maturity_desktop.gui.common.language import Speech

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROLES = Qt.ItemDataRole
_TEXT_ROLES = (_ROLES.DisplayRole, _ROLES.AccessibleTextRole)


@dataclass(eq=False, slots=True)
class _Branch:
    """A place in the tree with its own tick; branches are compared by identity."""

    code: NodeCode
    text: str
    parent: "_Branch | None"
    place: int
    children: "list[_Branch]" = field(default_factory=list)
    is_checked: bool = False

    @property
    def state(self) -> Qt.CheckState:
        """Ticked, not ticked, or partly when only some below are."""
        if not self.children:
            return Qt.CheckState.Checked if self.is_checked else Qt.CheckState.Unchecked
        states = {child.state for child in self.children}
        return states.pop() if len(states) == 1 else Qt.CheckState.PartiallyChecked

    def tick(self, *, is_checked: bool) -> None:
        """Tick or untick this place and all below."""
        self.is_checked = is_checked
        for child in self.children:
            child.tick(is_checked=is_checked)


class ScopeModel(QAbstractItemModel):
    """The edition's tree down to rated items; ticking a node ticks what lies below."""

    ticked = Signal()

    def __init__(self, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._roots: list[_Branch] = []

    def show_edition(self, edition: Edition, chosen: tuple[NodeCode, ...]) -> None:
        """Show another tree with these nodes ticked (none: everything is ticked)."""
        self.beginResetModel()
        self._roots = [self._branch(node, None, place) for place, node in enumerate(edition.nodes)]
        wanted = frozenset(chosen)
        for root in self._roots:
            _tick_chosen(root, wanted, is_all=not wanted)
        self.endResetModel()

    def chosen(self) -> tuple[NodeCode, ...]:
        """Return the outermost ticked nodes in order; empty when everything is ticked."""
        if all(root.state is Qt.CheckState.Checked for root in self._roots):
            return ()
        return tuple(code for root in self._roots for code in _outermost(root))

    def is_anything_ticked(self) -> bool:
        """Return whether at least one item would be assessed."""
        return any(root.state is not Qt.CheckState.Unchecked for root in self._roots)

    def _branch(self, node: Node, parent: _Branch | None, place: int) -> _Branch:
        branch = _Branch(node.code, f"{node.code}  {self._speech.pick(node.name)}", parent, place)
        for number, child in enumerate(node.nodes):
            branch.children.append(self._branch(child, branch, number))
        for number, item in enumerate(node.items, len(branch.children)):
            text = f"{item.code}  {self._speech.pick(item.name)}"
            branch.children.append(_Branch(item.code, text, branch, number))
        return branch

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        siblings = self._siblings(parent)
        return self.createIndex(row, column, siblings[row]) if 0 <= row < len(siblings) and column == 0 else _NOWHERE

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # QObject.parent() shares the name
        branch = _branch_at(index)
        if branch is None or branch.parent is None:
            return QModelIndex()
        return self.createIndex(branch.parent.place, 0, branch.parent)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return len(self._siblings(parent)) if parent.column() <= 0 else 0

    def columnCount(self, _parent: Index = _NOWHERE) -> int:
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if _branch_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = _ROLES.DisplayRole) -> object:
        branch = _branch_at(index)
        if branch is None:
            return None
        if role in _TEXT_ROLES:
            return branch.text
        return branch.state if role == _ROLES.CheckStateRole else None

    def setData(self, index: Index, value: object, role: int = _ROLES.EditRole) -> bool:
        branch = _branch_at(index)
        if branch is None or role != _ROLES.CheckStateRole:
            return False
        branch.tick(is_checked=Qt.CheckState(value) is Qt.CheckState.Checked)
        self._tell_around(branch)
        self.ticked.emit()
        return True

    def _tell_around(self, branch: _Branch) -> None:
        above: _Branch | None = branch
        while above is not None:
            here = self.createIndex(above.place, 0, above)
            self.dataChanged.emit(here, here, [_ROLES.CheckStateRole])
            above = above.parent
        self._tell_below(branch)

    def _tell_below(self, branch: _Branch) -> None:
        if branch.children:
            first = self.createIndex(0, 0, branch.children[0])
            last = self.createIndex(len(branch.children) - 1, 0, branch.children[-1])
            self.dataChanged.emit(first, last, [_ROLES.CheckStateRole])
            for child in branch.children:
                self._tell_below(child)

    def _siblings(self, parent: Index) -> list[_Branch]:
        branch = _branch_at(parent)
        return self._roots if branch is None else branch.children


def _branch_at(index: Index) -> _Branch | None:
    found = index.internalPointer() if index.isValid() else None
    return found if isinstance(found, _Branch) else None


def _tick_chosen(branch: _Branch, chosen: frozenset[NodeCode], *, is_all: bool) -> None:
    if is_all or branch.code in chosen:
        branch.tick(is_checked=True)
        return
    for child in branch.children:
        _tick_chosen(child, chosen, is_all=False)


def _outermost(branch: _Branch) -> list[NodeCode]:
    if branch.state is Qt.CheckState.Checked:
        return [branch.code]
    return [code for child in branch.children for code in _outermost(child)]


class TeamModel(QAbstractTableModel):
    """The people of an engagement: name, role, department; all cells can be edited."""

    changed = Signal()

    def __init__(self, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._people: list[Person] = []

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody in the order shown."""
        return tuple(self._people)

    def show_people(self, people: tuple[Person, ...]) -> None:
        """Show another team."""
        self.beginResetModel()
        self._people = list(people)
        self.endResetModel()

    def add(self, role: Role = Role.ASSESSOR, name: str = "") -> QModelIndex:
        """Add a line at the end and return the place of its name."""
        row = len(self._people)
        self.beginInsertRows(QModelIndex(), row, row)
        self._people.append(Person(id=PersonId(new_id()), name=name, role=role))
        self.endInsertRows()
        self.changed.emit()
        return self.index(row, 0)

    def remove(self, row: int) -> None:
        """Take a line away."""
        if 0 <= row < len(self._people):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._people[row]
            self.endRemoveRows()
            self.changed.emit()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._people)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or role not in _TEXT_ROLES:
            return None
        return self._speech.say(f"engagement.team_{('name', 'role', 'department')[section]}")

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = _ROLES.DisplayRole) -> object:
        people = self._people
        if not index.isValid() or index.row() >= len(people):
            return None
        person, column = people[index.row()], index.column()
        if column == 1:
            if role == _ROLES.EditRole:
                return person.role.value
            return self._speech.say(f"engagement.role.{person.role.value}") if role in _TEXT_ROLES else None
        if role in (*_TEXT_ROLES, _ROLES.EditRole):
            return person.name if column == 0 else person.department
        return None

    def setData(self, index: Index, value: object, role: int = _ROLES.EditRole) -> bool:
        people = self._people
        if role != _ROLES.EditRole or not index.isValid() or index.row() >= len(people):
            return False
        person, text = people[index.row()], str(value or "").strip()
        match index.column():
            case 0:
                person = replace(person, name=text)
            case 1 if text in {role.value for role in Role}:
                person = replace(person, role=Role(text))
            case 2:
                person = replace(person, department=text)
            case _:
                return False
        people[index.row()] = person
        self.dataChanged.emit(index, index, [_ROLES.DisplayRole, _ROLES.EditRole])
        self.changed.emit()
        return True
