"""The stages of the review as circles on a line: what lies behind, where it stands, what comes."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from maturity_desktop.domain.signoff import SignoffState
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Type
from maturity_desktop.gui.signoff.state import Pace, Stage, stages

_RADIUS = 17
_ICON = 18
_GAP = 8
_ICONS = {
    SignoffState.DRAFT: Icon.EDIT,
    SignoffState.SUBMITTED: Icon.SIGNOFF,
    SignoffState.CHANGES_REQUESTED: Icon.UNDO,
    SignoffState.APPROVED: Icon.LOCK,
}


class Stepper(QWidget):
    """Shows a state; every stage has a sign and a word besides its colour."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review_stepper")
        self._looks = looks
        self._stages = stages(SignoffState.DRAFT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        looks.theme.changed.connect(self.update)

    def show_state(self, state: SignoffState) -> None:
        """Show where the review stands."""
        self._stages = stages(state)
        say = self._looks.speech.say
        self.setAccessibleName(say("review.stepper", state=say(f"review.state.{state.value}")))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 2 * _RADIUS + _GAP + round(self._looks.theme.px(Type.BODY) * 1.7) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        part = self.width() / len(self._stages)
        centres = [QPointF(part * (place + 0.5), _RADIUS + 2) for place in range(len(self._stages))]
        palette = self._looks.theme.palette
        for place in range(1, len(centres)):
            is_behind = self._stages[place].pace is not Pace.AHEAD
            painter.setPen(QPen(QColor(palette.accent if is_behind else palette.line_strong), 2))
            painter.drawLine(centres[place - 1] + QPointF(_RADIUS, 0), centres[place] - QPointF(_RADIUS, 0))
        for stage, centre in zip(self._stages, centres, strict=True):
            self._draw_circle(painter, stage, centre)
            box = QRectF(centre.x() - part / 2, 2 * _RADIUS + _GAP, part, self.height() - 2 * _RADIUS - _GAP)
            self._draw_word(painter, stage, box)

    def _draw_circle(self, painter: QPainter, stage: Stage, centre: QPointF) -> None:
        palette = self._looks.theme.palette
        colour = self._colour(stage)
        is_filled = stage.pace is Pace.NOW
        painter.setPen(QPen(QColor(colour), 2))
        painter.setBrush(QColor(colour if is_filled else palette.card))
        painter.drawEllipse(centre, _RADIUS, _RADIUS)
        icon = Icon.CHECK if stage.pace is Pace.DONE else _ICONS[stage.state]
        ink = palette.on_accent if is_filled else colour
        picture = self._looks.icons.pixmap(icon, _ICON, ink, self.devicePixelRatioF())
        painter.drawPixmap(centre - QPointF(_ICON / 2, _ICON / 2), picture)

    def _draw_word(self, painter: QPainter, stage: Stage, box: QRectF) -> None:
        theme = self._looks.theme
        is_now = stage.pace is Pace.NOW
        painter.setFont(theme.font(Type.BODY, is_strong=is_now))
        painter.setPen(QColor(theme.palette.text if is_now else theme.palette.text_soft))
        word = self._looks.speech.say(f"review.state.{stage.state.value}")
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, word)

    def _colour(self, stage: Stage) -> str:
        palette = self._looks.theme.palette
        if stage.pace is Pace.AHEAD:
            return palette.line_strong
        if stage.pace is Pace.DONE:
            return palette.accent
        known = {SignoffState.APPROVED: palette.good, SignoffState.CHANGES_REQUESTED: palette.warn}
        return known.get(stage.state, palette.accent)
