"""The radar: assessed as a filled shape, target dashed, self-rating dotted; told apart by line as well as colour."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Type
from maturity_desktop.gui.results.state.charts import RadarProps

_LABEL_ROOM = 78
_LEGEND = 26


class Radar(QWidget):
    """Draws a `RadarProps`; the same figures stand in a table beside it."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("radar")
        self._looks = looks
        self._props = RadarProps(axes=(), rings=())
        self.setMinimumSize(320, 280)
        looks.theme.changed.connect(self.update)

    def show_radar(self, props: RadarProps) -> None:
        self._props = props
        say = self._looks.speech.say
        self.setAccessibleName(say("results.radar.name"))
        self.setAccessibleDescription(
            "; ".join(
                say("results.radar.axis", name=axis.name, assessed=f"{axis.assessed:.2f}", target=f"{axis.target:.2f}")
                for axis in props.axes
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(520, 440)

    def paintEvent(self, _event: QPaintEvent) -> None:
        axes, rings = self._props.axes, len(self._props.rings)
        if len(axes) < 3 or not rings:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self._looks.theme.palette
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.setBrush(QColor(palette.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        room = QRectF(self.rect()).adjusted(_LABEL_ROOM, 62, -_LABEL_ROOM, -48 - _LEGEND)
        centre, reach = room.center(), min(room.width(), room.height()) / 2
        self._paint_rings(painter, centre, reach)
        shapes = (
            ([axis.target for axis in axes], QPen(QColor(palette.text_soft), 1.8, Qt.PenStyle.DashLine), None),
            ([axis.own for axis in axes], QPen(QColor(palette.warn), 2.2, Qt.PenStyle.DotLine), None),
            ([axis.assessed for axis in axes], QPen(QColor(palette.accent), 2.4), palette.accent),
        )
        for values, pen, fill in shapes:
            points = [value for value in values if value is not None]
            if len(points) == len(axes):
                self._paint_shape(painter, _polygon(centre, reach, points, rings), pen, fill)
        self._paint_names(painter, centre, reach)
        self._paint_legend(painter)

    def _paint_rings(self, painter: QPainter, centre: QPointF, reach: float) -> None:
        palette, axes, rings = self._looks.theme.palette, self._props.axes, self._props.rings
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(palette.line), 1))
        for ring in range(1, len(rings) + 1):
            painter.drawPolygon(_polygon(centre, reach, [float(ring)] * len(axes), len(rings)))
        for place in range(len(axes)):
            painter.drawLine(centre, _point(centre, reach, place, len(axes)))
        painter.setFont(self._looks.theme.font(Type.CAPTION))
        painter.setPen(QColor(palette.text_faint))
        for ring, name in enumerate(rings, 1):
            spot = centre - QPointF(-4, reach * ring / len(rings) - 12)
            painter.drawText(spot, name)

    def _paint_shape(self, painter: QPainter, shape: QPolygonF, pen: QPen, fill: str | None) -> None:
        if fill is None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            ground = QColor(fill)
            ground.setAlpha(46)
            painter.setBrush(ground)
        painter.setPen(pen)
        painter.drawPolygon(shape)
        if fill is not None:
            painter.setBrush(QColor(fill))
            for point in shape:  # type: ignore[attr-defined]  # the stub leaves iteration out
                painter.drawEllipse(point, 3, 3)

    def _paint_names(self, painter: QPainter, centre: QPointF, reach: float) -> None:
        axes = self._props.axes
        painter.setFont(self._looks.theme.font(Type.CAPTION, is_strong=True))
        painter.setPen(QColor(self._looks.theme.palette.text))
        for place, axis in enumerate(axes):
            spot = _point(centre, reach + 14, place, len(axes))
            box = QRectF(0, 0, _LABEL_ROOM * 1.9, self._looks.theme.px(Type.CAPTION) * 4.6)
            lean = (spot.x() - centre.x()) / max(reach, 1.0)
            box.moveCenter(
                QPointF(spot.x() + lean * box.width() / 2.2, spot.y() + (spot.y() - centre.y()) / reach * 14)
            )
            box.moveLeft(max(2.0, min(box.left(), self.width() - box.width() - 2)))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(box, flags, f"{axis.name}\n{axis.assessed:.2f}")

    def _paint_legend(self, painter: QPainter) -> None:
        say, palette = self._looks.speech.say, self._looks.theme.palette
        entries = (
            ("results.column.assessed", QPen(QColor(palette.accent), 2.4)),
            ("results.column.target", QPen(QColor(palette.text_soft), 1.8, Qt.PenStyle.DashLine)),
            ("results.column.own", QPen(QColor(palette.warn), 2.2, Qt.PenStyle.DotLine)),
        )
        painter.setFont(self._looks.theme.font(Type.CAPTION))
        left, y = 16.0, self.height() - _LEGEND / 2
        for key, pen in entries:
            painter.setPen(pen)
            painter.drawLine(QPointF(left, y), QPointF(left + 28, y))
            painter.setPen(QColor(palette.text_soft))
            text = say(key)
            painter.drawText(QPointF(left + 34, y + 4), text)
            left += 34 + painter.fontMetrics().horizontalAdvance(text) + 22


def _point(centre: QPointF, distance: float, place: int, axes: int) -> QPointF:
    angle = 2 * math.pi * place / axes - math.pi / 2
    return centre + QPointF(math.cos(angle) * distance, math.sin(angle) * distance)


def _polygon(centre: QPointF, reach: float, values: list[float], rings: int) -> QPolygonF:
    return QPolygonF([_point(centre, reach * value / rings, place, len(values)) for place, value in enumerate(values)])
