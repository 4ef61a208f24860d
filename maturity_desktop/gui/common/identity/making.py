"""The form that makes a signing identity for those who have none."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from maturity_desktop.gui.common.icons import Icons
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import Field, FormDialog, PassphraseEdit, button, label

_WIDTH = 540


class MakeIdentityDialog(FormDialog):
    """Asks for what a signing identity needs."""

    folder_wanted = Signal()

    def __init__(self, icons: Icons, speech: Speech, *, name: str, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(icons, "identity_dialog", parent)
        self._speech = speech
        say = speech.say
        self.setWindowTitle(say("exporting.make_identity"))
        self.header.set_texts(say("exporting.make_identity"), say("exporting.make_identity_text"))
        self.name = self._line("name", name)
        self.organisation = self._line("organisation", "")
        self.folder = self._line("folder", folder)
        self.browse = button("identity_browse", say("common.browse"))
        self.form.addWidget(self.browse)
        self.passphrase = PassphraseEdit(icons, "identity_passphrase")
        self.again = PassphraseEdit(icons, "identity_again")
        self.again_field = Field(self.again)
        secrets = QHBoxLayout()
        secrets.setSpacing(Space.L)
        first = Field(self.passphrase)
        first.set_texts(say("home.passphrase"))
        self.again_field.set_texts(say("home.again"))
        for field in (first, self.again_field):
            secrets.addWidget(field, 1)
        self.form.addLayout(secrets)
        self.form.addWidget(label(say("exporting.make_identity_note"), "caption", wraps=True))
        self.set_buttons(say("exporting.make_identity_do"), say("common.cancel"))
        self.form.addStretch(1)
        self.setMinimumWidth(_WIDTH)
        for edit in (self.name, self.folder, self.passphrase, self.again):
            edit.textChanged.connect(self._on_edited)
        self.browse.clicked.connect(self.folder_wanted)
        self._on_edited()

    def _line(self, key: str, text: str) -> QLineEdit:
        edit = QLineEdit(text)
        edit.setObjectName(f"identity_{key}")
        field = Field(edit)
        field.set_texts(self._speech.say(f"exporting.identity_{key}"))
        self.form.addWidget(field)
        return edit

    @Slot()
    def _on_edited(self) -> None:
        differs = bool(self.again.text()) and self.again.text() != self.passphrase.text()
        self.again_field.set_hint(self._speech.say("home.again_differs") if differs else "", "bad")
        is_complete = all(edit.text().strip() for edit in (self.name, self.folder, self.passphrase))
        self.submit_button.setEnabled(is_complete and self.again.text() == self.passphrase.text())
