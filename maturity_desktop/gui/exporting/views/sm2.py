"""The form of the second signature of a submission, for those who must have SM2; it says who can check it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icons
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import Field, PassphraseEdit, button, label


class Sm2Form(QWidget):
    """Whether to sign with SM2 as well, and with which key, certificate and passphrase."""

    edited = Signal()
    key_wanted = Signal()
    certificate_wanted = Signal()

    def __init__(self, icons: Icons, speech: Speech) -> None:
        super().__init__()
        self._speech = speech
        self.sign = QCheckBox()
        self.sign.setObjectName("export_sm2")
        self._who_checks = label("", "caption", wraps=True)
        self.key, self.certificate = QLineEdit(), QLineEdit()
        self.secret = PassphraseEdit(icons, "export_sm2_passphrase")
        self.key.setObjectName("export_sm2_key")
        self.certificate.setObjectName("export_sm2_certificate")
        self._key_field, self._certificate_field = Field(self.key), Field(self.certificate)
        self._secret_field = Field(self.secret)
        self.key_browse, self.certificate_browse = (
            button(f"export_sm2_{name}_browse") for name in ("key", "certificate")
        )
        self._files = QWidget()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        files = QVBoxLayout(self._files)
        files.setContentsMargins(0, 0, 0, 0)
        files.setSpacing(Space.S)
        pairs = ((self._key_field, self.key_browse), (self._certificate_field, self.certificate_browse))
        for field, browse in pairs:
            row = QHBoxLayout()
            row.addWidget(browse)
            row.addStretch(1)
            files.addWidget(field)
            files.addLayout(row)
        files.addWidget(self._secret_field)
        self._files.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.S)
        for part in (self.sign, self._who_checks, self._files):
            layout.addWidget(part)

    def _connect(self) -> None:
        self.sign.toggled.connect(self._on_sign)
        for edit in (self.key, self.certificate, self.secret):
            edit.textEdited.connect(self.edited)
        self.key_browse.clicked.connect(self.key_wanted)
        self.certificate_browse.clicked.connect(self.certificate_wanted)

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._speech.say
        self.sign.setText(say("exporting.sm2"))
        self._who_checks.setText(say("exporting.sm2_who_checks"))
        self._key_field.set_texts(say("exporting.sm2_key"))
        self._certificate_field.set_texts(say("exporting.sm2_certificate"))
        self._secret_field.set_texts(say("exporting.sm2_passphrase"))
        self.secret.set_eye_name(say("home.show_passphrase"))
        self.key_browse.setText(say("common.browse"))
        self.certificate_browse.setText(say("common.browse"))
        self.key_browse.setAccessibleName(say("exporting.sm2_key"))
        self.certificate_browse.setAccessibleName(say("exporting.sm2_certificate"))

    @Slot(bool)
    def _on_sign(self, is_wanted: bool) -> None:
        self._files.setVisible(is_wanted)
        self.edited.emit()
