"""Boxes: cards, section headers, empty states, lines and scrolled pages."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icon, Icons
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets.buttons import button
from maturity_desktop.gui.common.widgets.fields import label

_PICTURE = 56


class Card(QFrame):
    """A raised box; fill `body`."""

    def __init__(self, object_name: str = "", *, margin: int = Space.L, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setObjectName(object_name)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(Space.M)


class SectionHeader(QWidget):
    """A heading with a line of explanation, and room for actions on the right."""

    def __init__(self, look_name: str = "heading", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = label("", look_name, wraps=True)
        self.explanation = label("", "soft", wraps=True)
        self.explanation.hide()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.heading)
        texts.addWidget(self.explanation)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(Space.S)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(texts, 1)
        layout.addLayout(self.buttons)

    def set_texts(self, heading: str, explanation: str = "") -> None:
        """Show both lines; without an explanation only the heading."""
        self.heading.setText(heading)
        self.explanation.setText(explanation)
        self.explanation.setVisible(bool(explanation))


class EmptyState(QWidget):
    """What a screen shows when there is nothing yet: picture, why, and what to do next."""

    acted = Signal()

    def __init__(self, icons: Icons, icon: Icon, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._icons, self._icon = icons, icon
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.heading = label("", "heading", wraps=True)
        self.explanation = label("", "soft", wraps=True)
        self.action = button(f"{object_name}_action", look_name="primary")
        self.action.hide()
        self.action.clicked.connect(self.acted)
        layout = QVBoxLayout(self)
        layout.setSpacing(Space.M)
        layout.addStretch(2)
        for part in (self.picture, self.heading, self.explanation):
            if isinstance(part, QLabel):
                part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(part)
        layout.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.repaint_icon()

    def set_texts(self, heading: str, explanation: str, action: str = "") -> None:
        """Say what is missing and what the button does; without a text the button is hidden."""
        self.heading.setText(heading)
        self.explanation.setText(explanation)
        self.action.setText(action)
        self.action.setVisible(bool(action))

    def repaint_icon(self) -> None:
        """Draw the picture again, after the theme changed."""
        self.picture.setPixmap(self._icons.pixmap(self._icon, _PICTURE, ratio=self.devicePixelRatioF()))


def line(*, is_vertical: bool = False) -> QFrame:
    """Return a hairline."""
    made = QFrame()
    made.setProperty("look", "line_vertical" if is_vertical else "line")
    return made


class _VerticalScroll(QScrollArea):
    """Scrolls up and down only; its content is as wide as the view, so nothing is cut off sideways."""

    def minimumSizeHint(self) -> QSize:
        width = self.widget().minimumSizeHint().width()
        return QSize(width + self.verticalScrollBar().sizeHint().width(), 120)


def scrolled(
    content: QWidget | QLayout, *, object_name: str = "", width_limit: int = 0, is_filling: bool = False
) -> QScrollArea:
    """Return a page that scrolls vertically only; `width_limit` keeps lines readable on wide screens.

    With `is_filling` the content takes the whole height when it needs less.
    """
    area = _VerticalScroll()
    area.setObjectName(object_name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inner = QWidget()
    inner.setProperty("look", "scrolled")
    if isinstance(content, QLayout):
        holder = QWidget()
        holder.setLayout(content)
    else:
        holder = content
    if width_limit:
        holder.setMaximumWidth(width_limit)
        holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    layout = QVBoxLayout(inner)
    layout.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
    layout.addWidget(holder, 1 if is_filling else 0)
    if not is_filling:
        layout.addStretch(1)
    area.setWidget(inner)
    return area
