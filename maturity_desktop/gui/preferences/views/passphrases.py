"""The dialog that changes a passphrase: the workspace's, a kept key's; or sets the recovery passphrase."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from maturity_desktop.gui.common.icons import Icons
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.widgets import Field, FormDialog, PassphraseEdit

_WIDTH = 480


class PassphraseDialog(FormDialog):
    """Asks for the old passphrase (when changing) and twice for the new one. `key` is the thing it is about."""

    given = Signal(str, str)  # old ("" for the recovery passphrase), new

    def __init__(self, icons: Icons, speech: Speech, key: str, *, parent: QWidget | None = None) -> None:
        super().__init__(icons, "passphrase_dialog", parent)
        self._icons, self._speech = icons, speech
        self._needs_old = key != "recovery"
        self.setWindowTitle(speech.say(f"preferences.{key}_do"))
        self.header.set_texts(speech.say(f"preferences.{key}_do"), speech.say(f"preferences.{key}_hint"))
        self.old, old_field = self._secret("old", "old_passphrase")
        self.new, _ = self._secret("new", "new_passphrase")
        self.again, self.again_field = self._secret("again", "new_again")
        old_field.setVisible(self._needs_old)
        self.form.addStretch(1)
        self.set_buttons(speech.say("common.save"), speech.say("common.cancel"))
        self.setMinimumWidth(_WIDTH)
        for edit in (self.old, self.new, self.again):
            edit.textChanged.connect(self._on_edited)
        self.submitted.connect(self._on_submitted)
        self._on_edited()
        (self.old if self._needs_old else self.new).setFocus()

    def _secret(self, name: str, key: str) -> tuple[PassphraseEdit, Field]:
        edit = PassphraseEdit(self._icons, f"passphrase_{name}")
        edit.set_eye_name(self._speech.say("home.show_passphrase"))
        field = Field(edit)
        field.set_texts(self._speech.say(f"preferences.{key}"))
        self.form.addWidget(field)
        return edit, field

    @Slot()
    def _on_edited(self) -> None:
        differs = bool(self.again.text()) and self.again.text() != self.new.text()
        self.again_field.set_hint(self._speech.say("home.again_differs") if differs else "", "bad")
        has_old = bool(self.old.text()) or not self._needs_old
        self.submit_button.setEnabled(has_old and bool(self.new.text()) and self.new.text() == self.again.text())

    @Slot()
    def _on_submitted(self) -> None:
        self.set_busy(True)
        self.given.emit(self.old.text(), self.new.text())
