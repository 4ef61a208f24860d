"""The conversation about the SM2 signature of a submission: which files, and what is still missing."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.dialogs import FileWish
from maturity_desktop.gui.exporting.views.sm2 import Sm2Form
from maturity_desktop.services.export_requests import Sm2Identity
from maturity_desktop.settings import options

_KEYS, _CERTIFICATES = "*.pem *.key", "*.pem *.cer *.crt"


class Sm2Chooser(QObject):
    """Knows which SM2 key stands on the page."""

    changed = Signal()

    def __init__(self, desk: Desk, form: Sm2Form, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._form, self._window = desk, form, window
        form.edited.connect(self.changed)
        form.key_wanted.connect(self._browse_key)
        form.certificate_wanted.connect(self._browse_certificate)

    @property
    def lack(self) -> str:
        """What the form lacks, as a key of a sentence in `exporting.lacks`, or ""."""
        form = self._form
        is_whole = form.key.text().strip() and form.certificate.text().strip()
        return "sm2" if form.sign.isChecked() and not is_whole else ""

    @property
    def chosen(self) -> Sm2Identity | None:
        """The key for services, or None when nobody wants SM2."""
        form = self._form
        if not form.sign.isChecked():
            return None
        return Sm2Identity(
            key=Path(form.key.text().strip()),
            certificate=Path(form.certificate.text().strip()),
            passphrase=form.secret.text(),
        )

    @Slot()
    def _browse_key(self) -> None:
        self._browse(self._form.key, "exporting.sm2_key", _KEYS)

    @Slot()
    def _browse_certificate(self) -> None:
        self._browse(self._form.certificate, "exporting.sm2_certificate", _CERTIFICATES)

    def _browse(self, edit: QLineEdit, title: str, pattern: str) -> None:
        say, known = self._desk.speech.say, self._form.certificate.text() or self._form.key.text()
        folder = Path(known).parent if known else Path(self._desk.settings.text(options.DEFAULT_FOLDER) or Path.home())
        wish = FileWish(title=say(title), pattern=f"{say('exporting.sm2_files')} ({pattern})", start=folder)
        self._desk.dialogs.open_file(self._window, wish, lambda path: self._on_file(edit, path))

    def _on_file(self, edit: QLineEdit, path: Path) -> None:
        edit.setText(str(path))
        self.changed.emit()
