"""The form with which somebody counter-signs a report or a workbook: who signs, and where the file goes."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from maturity_desktop.gui.common.icons import Icons
from maturity_desktop.gui.common.identity.form import IdentityForm
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import Field, FormDialog, button, label

_WIDTH = 560


class CountersignDialog(FormDialog):
    """Asks who signs: for the institution in a report, anybody further in a workbook."""

    target_wanted = Signal()

    def __init__(
        self,
        icons: Icons,
        speech: Speech,
        *,
        name: str,
        is_workbook: bool,
        is_trusted: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(icons, "countersign_dialog", parent)
        say = speech.say
        self._speech = speech
        kind = "workbook" if is_workbook else "report"
        title = say(f"verifying.countersign_title_{kind}")
        self.setWindowTitle(title)
        self.header.set_texts(title, say(f"verifying.countersign_text_{kind}", name=name))
        if not is_trusted:
            self.form.addWidget(label(say(f"verifying.countersign_untrusted_{kind}"), "warn", wraps=True))
        self.identity = IdentityForm(icons, speech, "countersign", must_sign=True)
        self.identity.retranslate()
        self.target = QLineEdit()
        self.target.setObjectName("countersign_target")
        field = Field(self.target)
        field.set_texts(say("exporting.target"))
        self.browse = button("countersign_target_browse", say("common.browse"))
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(field, 1)
        row.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignBottom)
        self.lacks = label("", "caption", wraps=True)
        self.form.addWidget(self.identity)
        self.form.addLayout(row)
        self.form.addWidget(self.lacks)
        self.form.addStretch(1)
        self.set_buttons(say("verifying.countersign_do"), say("common.cancel"))
        self.setMinimumWidth(_WIDTH)
        self.browse.clicked.connect(self.target_wanted)
        self.identity.reshaped.connect(self.fit_height)
        self.identity.sources.setFocus()

    @property
    def path(self) -> Path:
        """Where the counter-signed file goes."""
        return Path(self.target.text().strip())

    def show_lack(self, sentence: str) -> None:
        """Say why the button is locked, or unlock it."""
        self.lacks.setText(sentence)
        self.submit_button.setEnabled(not sentence)
