"""The card of the trust store: whom the workspace believes in which role, import from files, removal."""

from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from maturity_desktop.domain.ids import TrustId
from maturity_desktop.domain.trust import TrustRole
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.rows import PROPS, Column, RowsModel, SortedRows
from maturity_desktop.gui.common.tables import table
from maturity_desktop.gui.common.widgets import Card, Field, MessageBar, SectionHeader, button, label

IMPORTS = ("roots", "pinned", "lists")
_HEIGHT = 220
_WIDTHS = (160, 220, 110, 110, 170)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustRow:
    """One thing that is believed."""

    id: TrustId
    kind: str
    subject: str
    role: str
    until: str
    fingerprint: str
    origin: str


_COLUMNS = (
    Column(caption="preferences.trust_column.kind", text=lambda row: row.kind),
    Column(caption="preferences.trust_column.subject", text=lambda row: row.subject),
    Column(caption="preferences.trust_column.role", text=lambda row: row.role),
    Column(caption="preferences.trust_column.until", text=lambda row: row.until),
    Column(
        caption="preferences.trust_column.fingerprint",
        text=lambda row: row.fingerprint[:16],
        tooltip=lambda row: f"SHA-256 {row.fingerprint}\n{row.origin}",
    ),
)


class TrustCard(Card):
    """Shows the trust store of the open workspace and emits what is wanted."""

    import_wanted = Signal(str)  # roots, pinned, lists
    remove_wanted = Signal(object)  # TrustRow

    def __init__(self, looks: Looks) -> None:
        super().__init__("card_trust")
        self._looks = looks
        self._can_change = False
        self._header = SectionHeader()
        self.role = QComboBox()
        self.role.setObjectName("trust_role")
        for role in TrustRole:
            self.role.addItem("", role.value)
        self._role_field = Field(self.role)
        self.imports = {name: button(f"trust_import_{name}") for name in IMPORTS}
        self.remove = button("trust_remove", look_name="danger")
        self.message = MessageBar(looks.icons, "trust_message")
        self.model = RowsModel(_COLUMNS, lambda row: row.id, self)
        self.table = table(SortedRows(self.model, self), "trust_table", _WIDTHS, stretch=1)
        self.table.setFixedHeight(_HEIGHT)
        self.whole = label("", "mono", wraps=True)
        self.whole.setObjectName("trust_whole")
        self._nothing = label("", "soft", wraps=True)
        self.body.addWidget(self._header)
        self.body.addLayout(self._import_row())
        for part in (self.message, self.table, self._nothing, self.whole):
            self.body.addWidget(part)
        for name, made in self.imports.items():
            made.clicked.connect(lambda _=False, name=name: self.import_wanted.emit(name))
        self.remove.clicked.connect(self._on_remove)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        looks.theme.changed.connect(self.retranslate)
        self.retranslate()
        self.show_rows((), can_change=False)

    def _import_row(self) -> QHBoxLayout:
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        for made in self.imports.values():
            buttons.addWidget(made)
        buttons.addStretch(1)
        buttons.addWidget(self.remove)
        below = QVBoxLayout()
        below.addStretch(1)
        below.addLayout(buttons)
        holder = QWidget()
        holder.setLayout(below)
        below.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self._role_field)
        row.addWidget(holder, 1)
        return row

    @property
    def chosen_role(self) -> TrustRole:
        """In which role the next root or pinned certificate is believed."""
        return TrustRole(self.role.currentData())

    def show_rows(self, rows: tuple[TrustRow, ...], *, can_change: bool) -> None:
        """Show what is believed."""
        self._can_change = can_change
        self.model.show(rows)
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        for made in self.imports.values():
            made.setEnabled(can_change)
        self._on_selection()

    def select(self, item_id: TrustId) -> None:
        """Put the focus on one row."""
        proxy = self.table.model()
        for place in range(proxy.rowCount()):
            index = proxy.index(place, 0)
            if index.data(PROPS).id == item_id:
                whole_row = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
                self.table.selectionModel().setCurrentIndex(index, whole_row)

    @property
    def chosen(self) -> TrustRow | None:
        """The chosen row."""
        found = self.table.selectionModel().selectedRows()
        return found[0].data(PROPS) if found else None

    @Slot()
    def _on_selection(self) -> None:
        row = self.chosen
        self.remove.setEnabled(self._can_change and row is not None)
        self.whole.setVisible(row is not None)
        if row is not None:
            self.whole.setText(self._looks.speech.say("preferences.trust_whole", fingerprint=row.fingerprint))

    @Slot()
    def _on_remove(self) -> None:
        if self.chosen is not None:
            self.remove_wanted.emit(self.chosen)

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        say = self._looks.speech.say
        self._header.set_texts(say("preferences.trust"), say("preferences.trust_text"))
        self._role_field.set_texts(say("preferences.trust_role"))
        for place, role in enumerate(TrustRole):
            self.role.setItemText(place, say(f"trust.role.{role.value}"))
        for name, made in self.imports.items():
            made.setText(say(f"preferences.trust_import.{name}"))
            made.setIcon(self._looks.icons.get(Icon.ADD))
        self.remove.setText(say("preferences.trust_remove"))
        self._nothing.setText(say("trust.none"))
        self.table.setAccessibleName(say("preferences.trust"))
        self.message.set_close_name(say("common.close"))
        self.message.repaint_icons()
        self.model.set_captions(say)
        self._on_selection()
