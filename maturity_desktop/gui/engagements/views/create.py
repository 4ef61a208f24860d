"""The dialog for a new workspace: name, folder, who works, passphrase, recovery passphrase."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QWidget

from maturity_desktop.gui.common.icons import Icon, Icons
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import Field, FormDialog, PassphraseEdit, button, label
from maturity_desktop.gui.engagements.state import BEST_PASSPHRASE_SCORE, CreateInputs, CreateProps

_WIDTH = 620


class CreateDialog(FormDialog):
    """Shows what `derive_create` says and emits what was typed."""

    edited = Signal()
    passphrase_edited = Signal(str)
    folder_wanted = Signal()

    def __init__(self, icons: Icons, speech: Speech, *, folder: str, actor: str, parent: QWidget | None = None) -> None:
        super().__init__(icons, "create_dialog", parent)
        self._speech = speech
        self._score: int | None = None
        say = speech.say
        self.setWindowTitle(say("home.create"))
        self.header.set_texts(say("home.create"), say("home.create_text"))
        self.name, self.name_field = self._line("create_name", "home.name", "home.name_hint")
        self.folder, self.folder_field = self._line("create_folder", "home.folder")
        self.folder.setText(folder)
        self.browse = button("create_browse", say("common.browse"))
        self.browse.setIcon(icons.get(Icon.FOLDER))
        self.actor, self.actor_field = self._line("create_actor", "home.actor", "home.actor_hint")
        self.actor.setText(actor)
        self.passphrase, self.passphrase_field = self._secret(icons, "create_passphrase", "home.passphrase")
        self.again, self.again_field = self._secret(icons, "create_again", "home.again")
        self.recovery, self.recovery_field = self._secret(icons, "create_recovery", "home.recovery")
        self.recovery_field.set_hint(say("home.recovery_hint"))
        self.strength = QProgressBar()
        self.strength.setObjectName("create_strength")
        self.strength.setRange(0, BEST_PASSPHRASE_SCORE)
        self.strength.setTextVisible(False)
        self.warning = label(say("home.lost_passphrase"), "warn", wraps=True)
        self.set_buttons(say("home.create_do"), say("common.cancel"))
        self._arrange()
        self._connect()
        self.name.setFocus()

    def _line(self, object_name: str, key: str, hint_key: str = "") -> tuple[QLineEdit, Field]:
        edit = QLineEdit()
        edit.setObjectName(object_name)
        field = Field(edit)
        field.set_texts(self._speech.say(key), self._speech.say(hint_key) if hint_key else "")
        return edit, field

    def _secret(self, icons: Icons, object_name: str, key: str) -> tuple[PassphraseEdit, Field]:
        edit = PassphraseEdit(icons, object_name)
        edit.set_eye_name(self._speech.say("home.show_passphrase"))
        field = Field(edit)
        field.set_texts(self._speech.say(key))
        return edit, field

    def _arrange(self) -> None:
        folder = QHBoxLayout()
        folder.setSpacing(Space.S)
        folder.addWidget(self.folder_field, 1)
        folder.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignBottom)
        names = QHBoxLayout()
        names.setSpacing(Space.L)
        names.addWidget(self.name_field, 1, Qt.AlignmentFlag.AlignTop)
        names.addWidget(self.actor_field, 1, Qt.AlignmentFlag.AlignTop)
        secrets = QHBoxLayout()
        secrets.setSpacing(Space.L)
        secrets.addWidget(self.passphrase_field, 1, Qt.AlignmentFlag.AlignTop)
        secrets.addWidget(self.again_field, 1, Qt.AlignmentFlag.AlignTop)
        for row in (names, folder, secrets):
            self.form.addLayout(row)
        self.form.addWidget(self.strength)
        self.form.addWidget(self.recovery_field)
        self.form.addWidget(self.warning)
        self.form.addStretch(1)
        self.setMinimumWidth(_WIDTH)

    def _connect(self) -> None:
        for edit in (self.name, self.folder, self.actor, self.again, self.recovery):
            edit.textChanged.connect(self.edited)
        self.passphrase.textChanged.connect(self._on_passphrase)
        self.browse.clicked.connect(self.folder_wanted)

    @property
    def inputs(self) -> CreateInputs:
        """What has been typed so far."""
        return CreateInputs(
            name=self.name.text(),
            folder=self.folder.text(),
            actor=self.actor.text(),
            passphrase=self.passphrase.text(),
            again=self.again.text(),
            recovery=self.recovery.text(),
            score=self._score,
        )

    def show_props(self, props: CreateProps) -> None:
        """Show what is missing."""
        say = self._speech.say
        self.submit_button.setEnabled(props.can_create)
        name_hint = say("home.name_hint") if not props.target else say("home.target", path=props.target)
        self.name_field.set_hint(
            say(f"home.{props.name_problem}") if props.name_problem else name_hint,
            "bad" if props.name_problem else "caption",
        )
        self.again_field.set_hint(say(f"home.{props.again_problem}") if props.again_problem else "", "bad")
        self.recovery_field.set_hint(
            say(f"home.{props.recovery_problem}") if props.recovery_problem else say("home.recovery_hint"),
            "bad" if props.recovery_problem else "caption",
        )

    def show_strength(self, score: int | None, words: str) -> None:
        """Show how good the passphrase is; None while nothing is typed."""
        self._score = score
        self.strength.setValue(score or 0)
        self.strength.setAccessibleName(words)
        tone = "caption" if score is None else "bad" if score == 0 else "good" if score >= 3 else "warn"
        self.passphrase_field.set_hint(words, tone)
        self.edited.emit()

    @Slot(str)
    def _on_passphrase(self, text: str) -> None:
        self._score = None
        self.edited.emit()
        self.passphrase_edited.emit(text)
