"""A small form: who issues certificates."""

from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from maturity_desktop.domain.certificate import IssuingBody
from maturity_desktop.domain.text import Text
from maturity_desktop.gui.common.icons import Icons
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.widgets import Field, FormDialog

_WIDTH = 540
_MOST_YEARS = 10


class IssuingBodyDialog(FormDialog):
    """Asks who issues certificates."""

    def __init__(self, icons: Icons, speech: Speech, body: IssuingBody | None, parent: QWidget | None = None) -> None:
        super().__init__(icons, "body_dialog", parent)
        self._speech = speech
        say, shown = speech.say, body or IssuingBody(name=Text())
        self.setWindowTitle(say("exporting.body"))
        self.header.set_texts(say("exporting.body"), say("exporting.body_text"))
        self.zh, self.en, self.prefix = QLineEdit(shown.name.zh), QLineEdit(shown.name.en), QLineEdit()
        self.prefix.setText(shown.serial_prefix)
        self.years = QSpinBox()
        self.years.setRange(1, _MOST_YEARS)
        self.years.setValue(shown.validity_years)
        for name, control in (("zh", self.zh), ("en", self.en), ("prefix", self.prefix), ("years", self.years)):
            control.setObjectName(f"body_{name}")
            field = Field(control)
            field.set_texts(say(f"exporting.body_{name}"))
            self.form.addWidget(field)
        self.set_buttons(say("common.save"), say("common.cancel"))
        self.form.addStretch(1)
        self.setMinimumWidth(_WIDTH)

    @property
    def value(self) -> IssuingBody:
        """What was entered."""
        return IssuingBody(
            name=Text(self.zh.text().strip(), self.en.text().strip()),
            serial_prefix=self.prefix.text().strip() or "MD",
            validity_years=self.years.value(),
        )
