"""Buttons with their names set at birth."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QToolButton

_ICON = 18


def button(object_name: str, text: str = "", look_name: str = "") -> QPushButton:
    """Return a push button; looks: "" ordinary, `primary`, `plain`, `danger`, `row`."""
    made = QPushButton(text)
    made.setObjectName(object_name)
    made.setProperty("look", look_name)
    made.setIconSize(QSize(_ICON, _ICON))
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def icon_button(object_name: str, icon: QIcon | None = None, name: str = "") -> QToolButton:
    """Return a square button that shows only an icon; `name` is its tooltip and accessible name."""
    made = QToolButton()
    made.setObjectName(object_name)
    made.setIconSize(QSize(_ICON, _ICON))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if icon is not None:
        made.setIcon(icon)
    made.setToolTip(name)
    made.setAccessibleName(name)
    return made
