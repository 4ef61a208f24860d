"""Badges that carry a level or an answer: colour and a sign or word, never colour alone."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.gui.common.palette import Type
from maturity_desktop.gui.common.theme import Theme


class LevelBadge(QWidget):
    """A level such as `3-` on a ground of the pack's colour; an empty label draws a dash on a hollow ground."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = ""
        self._colour = ""
        self._size = Type.STRONG
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_level(self, level_label: str, colour: str, name: str = "") -> None:
        """Show a level; `name` is read aloud and shown as a tooltip."""
        self._label, self._colour = level_label, colour
        self.setToolTip(name)
        self.setAccessibleName(f"{level_label} {name}".strip())
        self.updateGeometry()
        self.update()

    def set_size(self, size: Type) -> None:
        """Choose another step of the type scale."""
        self._size = size
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        height = round(self._theme.px(self._size) * 1.9)
        return QSize(max(round(height * 1.35), 28), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        palette = self._theme.palette
        is_known = bool(self._label) and self._label != "–"
        ground = self._theme.level(self._colour) if is_known else QColor(palette.sunken)
        painter.setPen(QPen(ground if is_known else QColor(palette.line_strong), 1.2))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(self._theme.font(self._size, is_strong=True))
        on_ground = palette.window if palette.is_dark else "#FFFFFF"
        painter.setPen(QColor(on_ground if is_known else palette.text_soft))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._label or "–")


class AnswerBadge(QWidget):
    """The sign of an answer in its colour on its soft ground."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._value = AnswerValue.NOT_ASSESSED
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_answer(self, value: AnswerValue, name: str) -> None:
        """Show an answer; `name` is read aloud and shown as a tooltip."""
        self._value = value
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        side = round(self._theme.px(Type.BODY) * 1.7)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self._theme.answer(self._value)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(shown.colour), 1.2))
        painter.setBrush(QColor(shown.soft))
        painter.drawRoundedRect(box, 5, 5)
        painter.setFont(self._theme.font(Type.BODY, is_strong=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown.sign)
