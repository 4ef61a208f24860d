"""Labels and labelled fields, names for tests and screen readers, and the `look` property the style file reads."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from maturity_desktop.gui.common.palette import Space


def look(widget: QWidget, name: str, prop: str = "look") -> None:
    """Set the style property `look` (or `state`) and let the style sheet act on it."""
    if widget.property(prop) == name:
        return
    widget.setProperty(prop, name)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def name_it(widget: QWidget, object_name: str, accessible: str = "") -> None:
    """Give a control its object name, and what a screen reader says."""
    widget.setObjectName(object_name)
    if accessible:
        widget.setAccessibleName(accessible)


def label(text: str = "", look_name: str = "", *, wraps: bool = False) -> QLabel:
    """Return a label with a look of the type scale; plain text only."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if look_name:
        made.setProperty("look", look_name)
    return made


class Field(QWidget):
    """A caption above a control, with room for a hint or an error below it."""

    def __init__(self, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control = control
        self.caption = label("", "field")
        self.caption.setBuddy(control)
        self.hint = label("", "caption", wraps=True)
        self.hint.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.XS)
        layout.addWidget(self.caption)
        layout.addWidget(control)
        layout.addWidget(self.hint)
        self.setFocusProxy(control)

    def set_texts(self, caption: str, hint: str = "") -> None:
        """Say what the field is for; it is also the accessible name of the control."""
        self.caption.setText(caption)
        self.control.setAccessibleName(caption)
        self.set_hint(hint)

    def set_hint(self, text: str, tone: str = "caption") -> None:
        """Show a hint below (`caption`, `good`, `warn`, `bad`); an empty text takes it away."""
        look(self.hint, tone)
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        self.control.setAccessibleDescription(text)
        look(self.control, tone if text and tone in ("bad", "good") else "", "state")
