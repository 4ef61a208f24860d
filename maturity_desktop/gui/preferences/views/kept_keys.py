"""The card of the signing keys kept in the workspace, and the form that takes one in."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from maturity_desktop.gui.common.icons import Icon, Icons
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.rows import PROPS, Column, RowsModel, SortedRows
from maturity_desktop.gui.common.tables import table
from maturity_desktop.gui.common.widgets import (
    Card,
    Field,
    FormDialog,
    MessageBar,
    PassphraseEdit,
    SectionHeader,
    button,
    label,
)

_HEIGHT = 150
_WIDTHS = (190, 210, 110, 110, 170)
_WIDTH = 560


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """One kept key. `problem` is a sentence about why it cannot sign now, or ""."""

    name: str
    subject: str
    until: str
    kept_by: str
    fingerprint: str
    origin: str
    problem: str


_COLUMNS = (
    Column(caption="preferences.kept_column.name", text=lambda row: row.name),
    Column(caption="preferences.kept_column.subject", text=lambda row: row.subject),
    Column(
        caption="preferences.kept_column.until",
        text=lambda row: row.until,
        tooltip=lambda row: row.problem or row.until,
    ),
    Column(caption="preferences.kept_column.by", text=lambda row: row.kept_by, tooltip=lambda row: row.origin),
    Column(
        caption="preferences.kept_column.fingerprint",
        text=lambda row: row.fingerprint[:16],
        tooltip=lambda row: f"SHA-256 {row.fingerprint}",
    ),
)


class KeptKeysCard(Card):
    """Shows the kept keys of the open workspace and emits what is wanted."""

    keep_wanted = Signal()
    relock_wanted = Signal(object)  # KeptRow
    forget_wanted = Signal(object)  # KeptRow

    def __init__(self, looks: Looks) -> None:
        super().__init__("card_kept")
        self._looks = looks
        self._can_change = False
        self._header = SectionHeader()
        self.keep = button("kept_keep")
        self.relock = button("kept_relock")
        self.forget = button("kept_forget", look_name="danger")
        self.message = MessageBar(looks.icons, "kept_message")
        self.model = RowsModel(_COLUMNS, lambda row: row.fingerprint, self)
        self.table = table(SortedRows(self.model, self), "kept_table", _WIDTHS, stretch=1)
        self.table.setFixedHeight(_HEIGHT)
        self.problem = label("", "warn", wraps=True)
        self.problem.setObjectName("kept_problem")
        self._nothing = label("", "soft", wraps=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.relock)
        buttons.addStretch(1)
        buttons.addWidget(self.forget)
        self.body.addWidget(self._header)
        self.body.addLayout(buttons)
        for part in (self.message, self.table, self._nothing, self.problem):
            self.body.addWidget(part)
        self.keep.clicked.connect(self.keep_wanted)
        self.relock.clicked.connect(self._on_relock)
        self.forget.clicked.connect(self._on_forget)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        looks.theme.changed.connect(self.retranslate)
        self.retranslate()
        self.show_rows((), can_change=False)

    def show_rows(self, rows: tuple[KeptRow, ...], *, can_change: bool) -> None:
        """Show what is kept."""
        self._can_change = can_change
        self.model.show(rows)
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self.keep.setEnabled(can_change)
        self._on_selection()

    def select(self, name: str) -> None:
        """Put the focus on one key."""
        proxy = self.table.model()
        for place in range(proxy.rowCount()):
            index = proxy.index(place, 0)
            if index.data(PROPS).name == name:
                whole_row = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
                self.table.selectionModel().setCurrentIndex(index, whole_row)

    @property
    def chosen(self) -> KeptRow | None:
        """The chosen key."""
        found = self.table.selectionModel().selectedRows()
        return found[0].data(PROPS) if found else None

    @Slot()
    def _on_relock(self) -> None:
        if self.chosen is not None:
            self.relock_wanted.emit(self.chosen)

    @Slot()
    def _on_forget(self) -> None:
        if self.chosen is not None:
            self.forget_wanted.emit(self.chosen)

    @Slot()
    def _on_selection(self) -> None:
        row = self.chosen
        for made in (self.relock, self.forget):
            made.setEnabled(self._can_change and row is not None)
        self.problem.setText(row.problem if row is not None else "")
        self.problem.setVisible(row is not None and bool(row.problem))

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        say, icons = self._looks.speech.say, self._looks.icons
        self._header.set_texts(say("preferences.kept"), say("preferences.kept_text"))
        for made, key, icon in (
            (self.keep, "keep", Icon.ADD),
            (self.relock, "relock", Icon.KEY),
            (self.forget, "forget", Icon.DELETE),
        ):
            made.setText(say(f"preferences.{key}"))
            made.setIcon(icons.get(icon))
        self._nothing.setText(say("preferences.kept_none"))
        self.table.setAccessibleName(say("preferences.kept"))
        self.message.set_close_name(say("common.close"))
        self.message.repaint_icons()
        self.model.set_captions(say)
        self._on_selection()


class KeepDialog(FormDialog):
    """Asks for the file with the key, its passphrase, a name, and the passphrase the kept key gets."""

    browse_wanted = Signal()

    def __init__(self, icons: Icons, speech: Speech, *, parent: QWidget | None = None) -> None:
        super().__init__(icons, "keep_dialog", parent)
        self._icons, self._speech = icons, speech
        say = speech.say
        self.setWindowTitle(say("preferences.keep_title"))
        self.header.set_texts(say("preferences.keep_title"), say("preferences.keep_text"))
        self.file, self.name = QLineEdit(), QLineEdit()
        self.file.setObjectName("keep_file")
        self.name.setObjectName("keep_name")
        self.name.setPlaceholderText(say("preferences.keep_name_usual"))
        self.browse = button("keep_browse", say("common.browse"))
        self.file_secret, self.own, self.again = (
            PassphraseEdit(icons, f"keep_{name}") for name in ("file_passphrase", "own", "again")
        )
        self._lay_out()
        self.set_buttons(say("preferences.keep_do"), say("common.cancel"))
        self.setMinimumWidth(_WIDTH)
        for edit in (self.file, self.file_secret, self.own, self.again):
            edit.textChanged.connect(self._on_edited)
        self.browse.clicked.connect(self.browse_wanted)
        self._on_edited()

    def _lay_out(self) -> None:
        file = self._field(self.file, "exporting.identity")
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(file, 1)
        row.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignBottom)
        self.form.addLayout(row)
        self.form.addWidget(self._field(self.file_secret, "exporting.identity_passphrase"))
        self.form.addWidget(self._field(self.name, "preferences.keep_name"))
        secrets = QHBoxLayout()
        secrets.setSpacing(Space.L)
        self.again_field = self._field(self.again, "home.again")
        secrets.addWidget(self._field(self.own, "preferences.keep_own"), 1)
        secrets.addWidget(self.again_field, 1)
        self.form.addLayout(secrets)
        self.form.addWidget(label(self._speech.say("preferences.keep_note"), "caption", wraps=True))
        self.form.addStretch(1)

    def _field(self, edit: QWidget, key: str) -> Field:
        if isinstance(edit, PassphraseEdit):
            edit.set_eye_name(self._speech.say("home.show_passphrase"))
        field = Field(edit)
        field.set_texts(self._speech.say(key))
        return field

    @property
    def path(self) -> Path:
        """The file that holds the key."""
        return Path(self.file.text().strip())

    @Slot()
    def _on_edited(self) -> None:
        differs = bool(self.again.text()) and self.again.text() != self.own.text()
        self.again_field.set_hint(self._speech.say("home.again_differs") if differs else "", "bad")
        is_complete = bool(self.file.text().strip() and self.file_secret.text() and self.own.text())
        self.submit_button.setEnabled(is_complete and self.own.text() == self.again.text())
