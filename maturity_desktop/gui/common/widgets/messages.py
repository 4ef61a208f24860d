"""The message bar: a sentence with a tone, a sign, an optional action, and a way to close it."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from maturity_desktop.gui.common.icons import Icon, Icons
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets.buttons import button, icon_button
from maturity_desktop.gui.common.widgets.fields import label, look

_SIGN = 20


class Tone(StrEnum):
    """What kind of message; each has its own sign besides its colour."""

    NOTE = "note"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


_ICONS = {Tone.NOTE: Icon.NOTE, Tone.GOOD: Icon.CHECK, Tone.WARN: Icon.WARNING, Tone.BAD: Icon.PROBLEM}


class MessageBar(QFrame):
    """Hidden until `show_message` is called."""

    action_wanted = Signal()
    closed = Signal()

    def __init__(self, icons: Icons, object_name: str = "message_bar", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._icons = icons
        self._tone = Tone.NOTE
        self.sign = QLabel()
        self.text = label(wraps=True)
        self.text.setObjectName(f"{object_name}_text")
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action = button(f"{object_name}_action", look_name="plain")
        self.close_button = icon_button(f"{object_name}_close")
        self.action.clicked.connect(self.action_wanted)
        self.close_button.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.M, Space.S, Space.S, Space.S)
        layout.setSpacing(Space.S)
        layout.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.action)
        layout.addWidget(self.close_button)
        self.hide()

    def show_message(self, text: str, tone: Tone = Tone.NOTE, action: str = "") -> None:
        """Show a sentence; screen readers hear it as the bar's name."""
        self._tone = tone
        look(self, f"tone_{tone.value}")
        self.text.setText(text)
        self.setAccessibleName(text)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.repaint_icons()
        self.show()

    def set_close_name(self, name: str) -> None:
        """Name the closing button in the current language."""
        self.close_button.setToolTip(name)
        self.close_button.setAccessibleName(name)

    def repaint_icons(self) -> None:
        """Draw the signs again, after the tone or the theme changed."""
        self.sign.setPixmap(self._icons.pixmap(_ICONS[self._tone], _SIGN, ratio=self.devicePixelRatioF()))
        self.close_button.setIcon(self._icons.get(Icon.CLOSE))

    @Slot()
    def dismiss(self) -> None:
        """Take the message away."""
        self.hide()
        self.closed.emit()
