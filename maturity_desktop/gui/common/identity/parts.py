"""The parts of the identity form, one for each place where a key can lie; all offer the same few things."""

from typing import Protocol

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icons
from maturity_desktop.gui.common.identity.state import KeptChoice
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import Field, PassphraseEdit, button, label


class Part(Protocol):
    """What the form and its conversation need of a part."""

    secret: PassphraseEdit
    secret_field: Field

    @property
    def place_text(self) -> str:
        """Where the key lies, "" while nothing is chosen."""
        ...

    @property
    def usual_hint(self) -> str:
        """What stands below the secret when nothing is wrong."""
        ...


class FilePart(QWidget):
    """A PKCS#12 file and its passphrase."""

    def __init__(self, icons: Icons, speech: Speech, prefix: str) -> None:
        super().__init__()
        self._speech = speech
        self.place, self.secret = QLineEdit(), PassphraseEdit(icons, f"{prefix}_passphrase")
        self.place.setObjectName(f"{prefix}_identity")
        self.place_field, self.secret_field = Field(self.place), Field(self.secret)
        self.browse = button(f"{prefix}_identity_browse")
        self.make = button(f"{prefix}_identity_make", look_name="plain")
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addWidget(self.browse)
        buttons.addWidget(self.make)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.S)
        layout.addWidget(self.place_field)
        layout.addLayout(buttons)
        layout.addWidget(self.secret_field)

    @property
    def place_text(self) -> str:
        """Where the key lies, "" while nothing is chosen."""
        return self.place.text().strip()

    @property
    def usual_hint(self) -> str:
        """What stands below the secret when nothing is wrong."""
        return ""

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._speech.say
        self.place_field.set_texts(say("exporting.identity"))
        self.secret_field.set_texts(say("exporting.identity_passphrase"))
        self.secret.set_eye_name(say("home.show_passphrase"))
        self.browse.setText(say("common.browse"))
        self.make.setText(say("exporting.make_identity"))


class TokenPart(QWidget):
    """The PKCS#11 library of a token, which token and key on it, and the PIN."""

    def __init__(self, icons: Icons, speech: Speech, prefix: str) -> None:
        super().__init__()
        self._speech = speech
        self.place, self.token, self.key = QLineEdit(), QLineEdit(), QLineEdit()
        self.secret = PassphraseEdit(icons, f"{prefix}_pin")
        for edit, name in ((self.place, "library"), (self.token, "token"), (self.key, "key")):
            edit.setObjectName(f"{prefix}_{name}")
        self.place_field, self.secret_field = Field(self.place), Field(self.secret)
        self._token_field, self._key_field = Field(self.token), Field(self.key)
        self.browse = button(f"{prefix}_library_browse")
        labels = QHBoxLayout()
        labels.setSpacing(Space.M)
        labels.addWidget(self._token_field, 1)
        labels.addWidget(self._key_field, 1)
        browse = QHBoxLayout()
        browse.addWidget(self.browse)
        browse.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.S)
        layout.addWidget(self.place_field)
        layout.addLayout(browse)
        layout.addLayout(labels)
        layout.addWidget(self.secret_field)

    @property
    def place_text(self) -> str:
        """Where the key lies, "" while nothing is chosen."""
        return self.place.text().strip()

    @property
    def usual_hint(self) -> str:
        """What stands below the secret when nothing is wrong."""
        return self._speech.say("exporting.token_pin_hint")

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._speech.say
        self.place_field.set_texts(say("exporting.token_library"))
        self._token_field.set_texts(say("exporting.token_label"))
        self._key_field.set_texts(say("exporting.token_key"))
        for edit in (self.token, self.key):
            edit.setPlaceholderText(say("exporting.token_only"))
        self.secret_field.set_texts(say("exporting.token_pin"), self.usual_hint)
        self.secret.set_eye_name(say("exporting.show_pin"))
        self.browse.setText(say("common.browse"))


class KeptPart(QWidget):
    """The keys kept in the open workspace, and the passphrase of the chosen one."""

    def __init__(self, icons: Icons, speech: Speech, prefix: str) -> None:
        super().__init__()
        self._speech = speech
        self.place, self.secret = QComboBox(), PassphraseEdit(icons, f"{prefix}_kept_passphrase")
        self.place.setObjectName(f"{prefix}_kept")
        self.place_field, self.secret_field = Field(self.place), Field(self.secret)
        self._nothing = label("", "caption", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.S)
        for part in (self.place_field, self.secret_field, self._nothing):
            layout.addWidget(part)
        self.show_choices(())

    @property
    def place_text(self) -> str:
        """The name of the chosen key, "" while there is none."""
        return str(self.place.currentData() or "")

    @property
    def usual_hint(self) -> str:
        """What stands below the secret when nothing is wrong."""
        return self._speech.say("exporting.kept_passphrase_hint")

    def show_choices(self, choices: tuple[KeptChoice, ...]) -> None:
        """Offer these keys; the chosen one stays chosen while it is among them."""
        chosen = self.place_text
        self.place.clear()
        for choice in choices:
            self.place.addItem(choice.text, choice.name)
        self.place.setCurrentIndex(max(0, self.place.findData(chosen)) if choices else -1)
        self.place_field.setVisible(bool(choices))
        self.secret_field.setVisible(bool(choices))
        self._nothing.setVisible(not choices)

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._speech.say
        self.place_field.set_texts(say("exporting.kept"))
        self.secret_field.set_texts(say("exporting.kept_passphrase"), self.usual_hint)
        self.secret.set_eye_name(say("home.show_passphrase"))
        self._nothing.setText(say("exporting.kept_none"))
