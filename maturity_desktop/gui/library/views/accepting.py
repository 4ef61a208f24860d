"""The question asked before an import is written: under which edition, and where."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import Field, FormDialog, button, label
from maturity_desktop.gui.library.state.accepting import Accepted, AcceptProps

_WIDTH = 560
_INDENT = 30


class AcceptDialog(FormDialog):
    """Asks; emits `accepted_with` and stays open until told how it went."""

    accepted_with = Signal(object)  # Accepted
    edition_changed = Signal(str)
    folder_wanted = Signal()

    def __init__(self, looks: Looks, props: AcceptProps, parent: QWidget) -> None:
        super().__init__(looks.icons, "import_accepting", parent)
        say = looks.speech.say
        self._props = props
        self._say = say
        self.edition = QLineEdit(props.edition_id)
        self.edition.setObjectName("import_edition")
        self.field = Field(self.edition)
        self.own = QRadioButton(say("importing.into_own"))
        self.own.setObjectName("import_into_own")
        self.other = QRadioButton(say("importing.into_other"))
        self.other.setObjectName("import_into_other")
        self.place = label("", "caption", wraps=True)
        self.place.setObjectName("import_place")
        self.folder = QLineEdit()
        self.folder.setObjectName("import_folder")
        self.folder.setAccessibleName(say("importing.folder"))
        self.folder.setPlaceholderText(say("importing.folder"))
        self.choose = button("import_choose_folder", say("importing.choose_folder"))
        self._lay_out()
        self.setWindowTitle(say("importing.accepting"))
        self.header.set_texts(say("importing.accepting"), props.standard)
        self.field.set_texts(say("importing.edition"), say("importing.edition_hint"))
        self.set_buttons(say("importing.accept_now"), say("common.cancel"))
        (self.own if props.own is not None else self.other).setChecked(True)
        self.own.setEnabled(props.own is not None)
        self.setMinimumWidth(_WIDTH)
        self._connect()
        self._update()
        self.edition.setFocus()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        row.setContentsMargins(_INDENT, 0, 0, 0)
        self.place.setContentsMargins(_INDENT, 0, 0, 0)
        where = QVBoxLayout()
        where.setSpacing(Space.XS)
        for part in (self.own, self.place, self.other):
            where.addWidget(part)
        where.addLayout(row)
        self.form.addWidget(self.field)
        self.form.addLayout(where)

    def _connect(self) -> None:
        self.edition.textChanged.connect(self._on_edition)
        self.own.toggled.connect(self._update)
        self.folder.textChanged.connect(self._update)
        self.choose.clicked.connect(self.folder_wanted)
        self.submitted.connect(self._on_submitted)

    def set_folder(self, folder: Path) -> None:
        """Take a folder that was chosen."""
        self.other.setChecked(True)
        self.folder.setText(str(folder))

    def say_standing(self, words: str, tone: str, *, is_possible: bool) -> None:
        """Say what the library holds under the edition typed."""
        self.field.set_hint(words, tone)
        self.submit_button.setEnabled(is_possible and self._has_place())

    @Slot()
    def _update(self) -> None:
        is_own = self.own.isChecked()
        for part in (self.folder, self.choose):
            part.setEnabled(not is_own)
        own = self._props.own
        home = own / self._props.standard_id / self.edition.text().strip() if own is not None else None
        self.place.setText(str(home) if home is not None else self._say("importing.no_own"))
        self.edition_changed.emit(self.edition.text().strip())

    @Slot(str)
    def _on_edition(self, _text: str) -> None:
        self._update()

    @Slot()
    def _on_submitted(self) -> None:
        into = None if self.own.isChecked() else Path(self.folder.text().strip())
        self.set_busy(True)
        self.accepted_with.emit(Accepted(edition_id=self.edition.text().strip(), into=into))

    @property
    def is_for_library(self) -> bool:
        """Whether it goes to the user's own standards."""
        return self.own.isChecked()

    def _has_place(self) -> bool:
        return self.own.isChecked() or bool(self.folder.text().strip())
