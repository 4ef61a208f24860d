"""The form of who signs: a file with its passphrase, a token with its PIN, or a key kept in the open workspace."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icons
from maturity_desktop.gui.common.identity.parts import FilePart, KeptPart, Part, TokenPart
from maturity_desktop.gui.common.identity.state import KeptChoice, Source
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import Field, label


class IdentityForm(QWidget):
    """Whether to sign, with what, and who that is. `must_sign` leaves no choice about the first.

    Kept keys are offered only once `offer_kept` was told of an open workspace. `reshaped` tells that other fields show.
    """

    edited = Signal()
    reshaped = Signal()
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
        for source in (Source.FILE, Source.TOKEN):
            self.sources.addItem("", source.value)
        self._source_field = Field(self.sources)
        self.file, self.token = FilePart(icons, speech, prefix), TokenPart(icons, speech, prefix)
        self.kept = KeptPart(icons, speech, prefix)
        self.who = label("", "caption", wraps=True)
        self.who.setObjectName(f"{prefix}_identity_who")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.S)
        for part in (self.sign, self._source_field, self.file, self.token, self.kept, self.who):
            layout.addWidget(part)
        self._connect()
        self._show_parts()

    def _connect(self) -> None:
        self.sign.toggled.connect(self._on_choice)
        self.sources.activated.connect(self._on_choice)
        self.kept.place.activated.connect(self.edited)
        for edit in (self.file.place, self.token.place, self.token.token, self.token.key):
            edit.textEdited.connect(self.edited)
        for part in (self.file, self.token, self.kept):
            part.secret.textEdited.connect(self.edited)
            part.secret.editingFinished.connect(self.checked)
        for part in (self.file, self.token):
            part.browse.clicked.connect(self.browse_wanted)
        self.file.make.clicked.connect(self.make_wanted)

    @property
    def source(self) -> Source:
        """Where the key lies."""
        return Source(self.sources.currentData())

    @property
    def part(self) -> Part:
        """The part that is filled in."""
        parts: dict[Source, Part] = {Source.FILE: self.file, Source.TOKEN: self.token, Source.KEPT: self.kept}
        return parts[self.source]

    def offer_kept(self, choices: tuple[KeptChoice, ...] | None) -> None:
        """Offer the keys of the open workspace; None means that none is open. Kept keys come first to mind."""
        place = self.sources.findData(Source.KEPT.value)
        if choices is None:
            if place >= 0:
                self.sources.removeItem(place)
        elif place < 0:
            self.sources.addItem("", Source.KEPT.value)
            self._name_sources()
            if choices and not self.file.place_text:
                self.sources.setCurrentIndex(self.sources.count() - 1)
        self.kept.show_choices(choices or ())
        self._show_parts()

    def show_who(self, sentence: str, tone: str) -> None:
        """Say who the identity is, or why it cannot sign."""
        is_bad = tone == "bad"
        self.part.secret_field.set_hint(sentence if is_bad else self.part.usual_hint, "bad" if is_bad else "caption")
        self.who.setText("" if is_bad else sentence)

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._speech.say
        self.sign.setText(say("exporting.sign"))
        self._source_field.set_texts(say("exporting.source"))
        self._name_sources()
        for part in (self.file, self.token, self.kept):
            part.retranslate()

    def _name_sources(self) -> None:
        for place in range(self.sources.count()):
            self.sources.setItemText(place, self._speech.say(f"exporting.sources.{self.sources.itemData(place)}"))

    @Slot()
    def _on_choice(self) -> None:
        self._show_parts()
        self.edited.emit()

    def _show_parts(self) -> None:
        """Show the part of the chosen source; the others go first, so that a window does not grow meanwhile."""
        is_signed = self.sign.isChecked()
        parts = {Source.FILE: self.file, Source.TOKEN: self.token, Source.KEPT: self.kept}
        for source, part in parts.items():
            if source is not self.source or not is_signed:
                part.hide()
        parts[self.source].setVisible(is_signed)
        for always in (self._source_field, self.who):
            always.setVisible(is_signed)
        self.reshaped.emit()
