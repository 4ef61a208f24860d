"""Meters: progress as a ring or a bar with its numbers, and what became of the last edit."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QWidget

from maturity_desktop.gui.common.icons import Icon, Icons
from maturity_desktop.gui.common.palette import Space, Type
from maturity_desktop.gui.common.screens import SaveState
from maturity_desktop.gui.common.theme import Theme
from maturity_desktop.gui.common.widgets.fields import label

_FULL_CIRCLE = 360 * 16
_TOP = 90 * 16


class ProgressRing(QWidget):
    """A share of a whole as a ring with its per cent inside."""

    def __init__(self, theme: Theme, diameter: int = 56, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._diameter = theme, diameter
        self._done, self._total = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_progress(self, done: int, total: int, name: str = "") -> None:
        """Show `done` of `total`; `name` is read aloud and shown as a tooltip."""
        self._done, self._total = done, total
        self.setAccessibleName(name or f"{done}/{total}")
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._diameter, self._diameter)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(3.0, self._diameter / 11)
        box = QRectF(self.rect()).adjusted(width, width, -width, -width)
        palette = self._theme.palette
        painter.setPen(QPen(QColor(palette.sunken), width))
        painter.drawEllipse(box)
        if self._total > 0:
            is_full = self._done >= self._total
            pen = QPen(QColor(palette.good if is_full else palette.accent), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(box, _TOP, -round(_FULL_CIRCLE * self._done / self._total))
        painter.setPen(QColor(palette.text))
        painter.setFont(self._theme.font(Type.CAPTION, is_strong=True))
        shown = f"{self._done * 100 // self._total}%" if self._total > 0 else "–"
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, shown)


class ProgressBar(QWidget):
    """A thin bar with `done / total` beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.numbers = label("", "caption")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.S)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.numbers)

    def set_progress(self, done: int, total: int, name: str = "") -> None:
        """Show `done` of `total`; a total of 0 means unknown and moves to and fro."""
        self.bar.setRange(0, total)
        self.bar.setValue(min(done, total))
        self.numbers.setText(f"{done} / {total}" if total else "")
        self.setAccessibleName(name or f"{done} / {total}")


class SavedIndicator(QWidget):
    """What became of the last edit, as a sign and a word."""

    def __init__(self, icons: Icons, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons, self._theme = icons, theme
        self._state, self._word = SaveState.IDLE, ""
        self.sign = QLabel()
        self.word = label("", "caption")
        self.word.setObjectName("saved_word")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.XS)
        layout.addWidget(self.sign)
        layout.addWidget(self.word)
        theme.changed.connect(self._show)

    def set_state(self, state: SaveState, word: str) -> None:
        """Show a state with its word in the current language."""
        self._state, self._word = state, word
        self._show()

    def _show(self) -> None:
        palette = self._theme.palette
        looks = {
            SaveState.SAVING: (Icon.CLOCK, palette.text_soft),
            SaveState.SAVED: (Icon.CHECK, palette.good),
            SaveState.FAILED: (Icon.PROBLEM, palette.bad),
        }
        found = looks.get(self._state)
        self.setVisible(found is not None)
        if found is not None:
            self.sign.setPixmap(self._icons.pixmap(found[0], 16, found[1], self.devicePixelRatioF()))
        self.word.setText(self._word)
        self.setAccessibleName(self._word)
