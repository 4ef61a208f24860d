"""Painted signs for answers, levels and indicators: shapes, so that no font and no colour is needed to read them."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.gui.common.palette import Type
from maturity_desktop.gui.common.theme import Theme


def draw_answer(
    painter: QPainter,
    box: QRectF,
    value: AnswerValue,
    theme: Theme,
    *,
    is_pending: bool = False,
    share: float | None = None,
) -> None:
    """Draw the sign of an answer: tick, part of a disc, cross, dash or hollow ring; a dashed border while it is saved.

    `share` is what a partial answer earns, 0 to 1; the disc is filled as far, half without it.
    """
    look = theme.answer(value)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    border = QPen(QColor(look.colour), 1.3)
    if is_pending:
        border.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(border)
    painter.setBrush(QColor(look.soft))
    painter.drawRoundedRect(box, 5, 5)
    _draw_sign(painter, box, value, QColor(look.colour), 0.5 if share is None else share)
    painter.restore()


def _draw_sign(painter: QPainter, box: QRectF, value: AnswerValue, colour: QColor, share: float) -> None:
    side = min(box.width(), box.height())
    pen = QPen(colour, max(1.6, side * 0.11), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    centre, reach = box.center(), side * 0.22
    match value:
        case AnswerValue.COMPLIANT:
            points = [(-1.1, 0.05), (-0.3, 0.85), (1.15, -0.85)]
            painter.drawPolyline(QPolygonF([centre + QPointF(x * reach, y * reach) for x, y in points]))
        case AnswerValue.PARTIALLY_COMPLIANT:
            disc = QRectF(centre.x() - reach * 1.1, centre.y() - reach * 1.1, reach * 2.2, reach * 2.2)
            painter.setPen(QPen(colour, 1.4))
            painter.drawEllipse(disc)
            painter.setBrush(colour)
            painter.drawPie(disc, 90 * 16, _filled(share))
        case AnswerValue.NOT_COMPLIANT:
            painter.drawLine(centre + QPointF(-reach, -reach), centre + QPointF(reach, reach))
            painter.drawLine(centre + QPointF(-reach, reach), centre + QPointF(reach, -reach))
        case AnswerValue.NOT_APPLICABLE:
            painter.drawLine(centre + QPointF(-reach, 0), centre + QPointF(reach, 0))
        case AnswerValue.NOT_ASSESSED:
            painter.setPen(QPen(colour, 1.2))
            painter.drawEllipse(centre, reach * 0.55, reach * 0.55)


def _filled(share: float) -> int:
    """Return the angle of a filled part in sixteenths of a degree: half a disc lies left, a quarter at its top."""
    return round(360 * 16 * share)


def answer_pixmap(value: AnswerValue, theme: Theme, side: int, ratio: float, *, share: float | None = None) -> QPixmap:
    """Return the sign of an answer as a picture of `side` logical pixels."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_answer(painter, QRectF(1, 1, side - 2, side - 2), value, theme, share=share)
    painter.end()
    return pixmap


def draw_level(painter: QPainter, box: QRectF, label: str, colour: str, theme: Theme) -> None:
    """Draw a level such as ``3-``: a filled badge, or a hollow one with a dash below the scale."""
    palette = theme.palette
    is_known = label not in ("", "–")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = theme.level(colour) if is_known else QColor(palette.sunken)
    painter.setPen(QPen(ground if is_known else QColor(palette.line_strong), 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 5, 5)
    painter.setFont(theme.font(Type.CAPTION, is_strong=True))
    on_ground = palette.window if palette.is_dark else "#FFFFFF"
    painter.setPen(QColor(on_ground if is_known else palette.text_soft))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label or "–")
    painter.restore()


def level_width(label: str, theme: Theme, least: float) -> float:
    """Return how wide the badge of a level must be; packs may name levels with words."""
    metrics = QFontMetricsF(theme.font(Type.CAPTION, is_strong=True))
    return max(least, metrics.horizontalAdvance(label) + 10)
