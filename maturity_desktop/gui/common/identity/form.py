"""The form of who signs: a file with its passphrase, or a token with its PIN."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icons
from maturity_desktop.gui.common.identity.state import Source
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import Field, PassphraseEdit, button, label


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

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._speech.say
        self.place_field.set_texts(say("exporting.token_library"))
        self._token_field.set_texts(say("exporting.token_label"))
        self._key_field.set_texts(say("exporting.token_key"))
        for edit in (self.token, self.key):
            edit.setPlaceholderText(say("exporting.token_only"))
        self.secret_field.set_texts(say("exporting.token_pin"), say("exporting.token_pin_hint"))
        self.secret.set_eye_name(say("exporting.show_pin"))
        self.browse.setText(say("common.browse"))


class IdentityForm(QWidget):
    """Whether to sign, with what, and who that is. `must_sign` leaves no choice about the first."""

    edited = Signal()
    checked = Signal()
    browse_wanted = Signal()
    make_wanted = Signal()

    def __init__(self, icons: Icons, speech: Speech, prefix: str, *, must_sign: bool = False) -> None:
        super().__init__()
        self._speech = speech
        self.sign = QCheckBox()
        self.sign.setObjectName(f"{prefix}_sign")
        self.sign.setChecked(True)
        self.sign.setVisible(not must_sign)
        self.sources = QComboBox()
        self.sources.setObjectName(f"{prefix}_source")
        for source in Source:
            self.sources.addItem("", source.value)
        self._source_field = Field(self.sources)
        self.file, self.token = FilePart(icons, speech, prefix), TokenPart(icons, speech, prefix)
        self.who = label("", "caption", wraps=True)
        self.who.setObjectName(f"{prefix}_identity_who")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.S)
        for part in (self.sign, self._source_field, self.file, self.token, self.who):
            layout.addWidget(part)
        self._connect()
        self._show_parts()

    def _connect(self) -> None:
        self.sign.toggled.connect(self._on_choice)
        self.sources.activated.connect(self._on_choice)
        for edit in (self.file.place, self.file.secret, self.token.place, self.token.token, self.token.key):
            edit.textEdited.connect(self.edited)
        self.token.secret.textEdited.connect(self.edited)
        for part in (self.file, self.token):
            part.secret.editingFinished.connect(self.checked)
            part.browse.clicked.connect(self.browse_wanted)
        self.file.make.clicked.connect(self.make_wanted)

    @property
    def source(self) -> Source:
        """Where the key lies."""
        return Source(self.sources.currentData())

    @property
    def part(self) -> FilePart | TokenPart:
        """The part that is filled in."""
        return self.file if self.source is Source.FILE else self.token

    def show_who(self, sentence: str, tone: str) -> None:
        """Say who the identity is, or why it cannot sign."""
        is_token = self.source is Source.TOKEN
        usual = self._speech.say("exporting.token_pin_hint") if is_token else ""
        is_bad = tone == "bad"
        self.part.secret_field.set_hint(sentence if is_bad else usual, "bad" if is_bad else "caption")
        self.who.setText("" if is_bad else sentence)

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._speech.say
        self.sign.setText(say("exporting.sign"))
        self._source_field.set_texts(say("exporting.source"))
        for place, source in enumerate(Source):
            self.sources.setItemText(place, say(f"exporting.sources.{source.value}"))
        self.file.retranslate()
        self.token.retranslate()

    @Slot()
    def _on_choice(self) -> None:
        self._show_parts()
        self.edited.emit()

    def _show_parts(self) -> None:
        is_signed = self.sign.isChecked()
        for part in (self._source_field, self.who):
            part.setVisible(is_signed)
        self.file.setVisible(is_signed and self.source is Source.FILE)
        self.token.setVisible(is_signed and self.source is Source.TOKEN)
