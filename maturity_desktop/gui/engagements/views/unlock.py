"""The dialog that asks for a passphrase."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from maturity_desktop.gui.common.icons import Icons
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.widgets import Field, FormDialog, PassphraseEdit

_WIDTH = 460


class UnlockDialog(FormDialog):
    """Asks once, says in one sentence what went wrong, and asks again; asks for a name when none is known."""

    passphrase_given = Signal(str, str)  # passphrase, name of who works

    def __init__(
        self, icons: Icons, speech: Speech, *, name: str, place: str, actor: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(icons, "unlock_dialog", parent)
        self._speech = speech
        self.setWindowTitle(speech.say("home.unlock"))
        self.header.set_texts(speech.say("home.unlock_title", name=name), place)
        self.passphrase = PassphraseEdit(icons, "unlock_passphrase")
        self.passphrase.set_eye_name(speech.say("home.show_passphrase"))
        self.field = Field(self.passphrase)
        self.field.set_texts(speech.say("home.passphrase"))
        self.actor = QLineEdit(actor)
        self.actor.setObjectName("unlock_actor")
        self.actor_field = Field(self.actor)
        self.actor_field.set_texts(speech.say("home.actor"), speech.say("home.actor_hint"))
        self.form.addWidget(self.field)
        self.form.addWidget(self.actor_field)
        self.actor_field.setVisible(not actor)
        self.form.addStretch(1)
        self.set_buttons(speech.say("home.unlock"), speech.say("common.cancel"))
        self.setMinimumWidth(_WIDTH)
        self.passphrase.caps_lock_noticed.connect(self._on_caps_lock)
        self.submitted.connect(self._on_submitted)
        self.passphrase.setFocus()

    def show_problem(self, sentence: str) -> None:
        """Show why it did not open; the passphrase is selected so that the next key replaces it."""
        super().show_problem(sentence)
        self.passphrase.setEnabled(True)
        self.passphrase.selectAll()
        self.passphrase.setFocus()

    @Slot()
    def _on_submitted(self) -> None:
        if not self.passphrase.text():
            self.show_problem(self._speech.say("home.passphrase_missing"))
            return
        self.set_busy(True)
        self.passphrase_given.emit(self.passphrase.text(), self.actor.text().strip())

    @Slot(bool)
    def _on_caps_lock(self, is_on: bool) -> None:
        self.field.set_hint(self._speech.say("home.caps_lock") if is_on else "", "warn" if is_on else "caption")
