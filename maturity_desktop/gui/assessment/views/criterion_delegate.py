"""Draws one criterion as a compact row: sign of the answer, number, indicators, wrapped text."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.gui.assessment.models.cells import PROPS
from maturity_desktop.gui.assessment.state.question import CriterionProps
from maturity_desktop.gui.assessment.state.sheet import SaveState
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.marks import draw_answer
from maturity_desktop.gui.common.palette import Type

_MARGIN = 3.0
_PADDING = 6.0
_MARK = 20.0
_SIGN = 14
_STRIPE = 3.0
_LINES = 7


class CriterionDelegate(QStyledItemDelegate):
    """One delegate for all columns; `focused` carries the ring."""

    def __init__(self, looks: Looks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self.focused: CriterionId | None = None
        self._heights: dict[tuple[str, int, int], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        props = index.data(PROPS)
        width = _width(option)
        if not isinstance(props, CriterionProps):
            return QSize(width, 0)
        key = (props.text, width, self._looks.theme.px(Type.BODY))
        height = self._heights.get(key)
        if height is None:
            _, text_height = self._laid_out(props.text, width - 2 * (_MARGIN + _PADDING))
            height = round(text_height + _MARK + 4 + 2 * (_MARGIN + _PADDING))
            self._heights[key] = height
        return QSize(width, height)

    def forget_heights(self) -> None:
        """Another item is shown: what was measured is of no use any more."""
        self._heights.clear()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        props = index.data(PROPS)
        if not isinstance(props, CriterionProps):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(_rect(option)).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        self._paint_ground(painter, box, is_focused=props.id == self.focused)
        if props.to_confirm:
            self._paint_stripe(painter, box)
        inner = box.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        self._paint_head(painter, inner, props)
        layout, _ = self._laid_out(props.text, inner.width())
        painter.setPen(QColor(self._looks.theme.palette.text))
        layout.draw(painter, QPointF(inner.left(), inner.top() + _MARK + 4))
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRectF, *, is_focused: bool) -> None:
        palette = self._looks.theme.palette
        if is_focused:
            painter.setPen(QPen(QColor(palette.accent), 2.4))
            painter.setBrush(QColor(palette.accent_soft))
        else:
            painter.setPen(QPen(QColor(palette.line), 1))
            painter.setBrush(QColor(palette.card))
        painter.drawRoundedRect(box, 7, 7)

    def _paint_stripe(self, painter: QPainter, box: QRectF) -> None:
        """Mark the left edge of an answer that is to be confirmed."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._looks.theme.palette.warn))
        painter.drawRoundedRect(QRectF(box.left(), box.top() + 5, _STRIPE, box.height() - 10), 1.5, 1.5)

    def _paint_head(self, painter: QPainter, inner: QRectF, props: CriterionProps) -> None:
        theme = self._looks.theme
        mark = QRectF(inner.left(), inner.top(), _MARK, _MARK)
        draw_answer(painter, mark, props.value, theme, is_pending=props.save is SaveState.SAVING, share=props.share)
        painter.setFont(theme.font(Type.CAPTION, is_strong=True))
        painter.setPen(QColor(theme.palette.text_soft))
        right = self._paint_indicators(painter, inner, props)
        code = QRectF(mark.right() + 6, inner.top(), right - mark.right() - 6, _MARK)
        painter.drawText(code, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, props.code)

    def _paint_indicators(self, painter: QPainter, inner: QRectF, props: CriterionProps) -> float:
        """Draw the indicators from the right edge inwards; return where they begin."""
        palette = self._looks.theme.palette
        signs = (
            (props.save is SaveState.FAILED, Icon.PROBLEM, palette.bad),
            (props.to_confirm, Icon.CONFIRM, palette.warn),
            (props.is_flagged, Icon.FLAG, palette.warn),
            (props.observation_count > 0, Icon.FINDINGS, palette.bad),
            (props.evidence_count > 0, Icon.EVIDENCE, palette.accent),
            (props.has_rationale, Icon.NOTE, palette.text_soft),
        )
        right = inner.right()
        ratio = painter.device().devicePixelRatioF()
        for is_shown, icon, colour in signs:
            if is_shown:
                right -= _SIGN
                painter.drawPixmap(
                    QPointF(right, inner.top() + (_MARK - _SIGN) / 2),
                    self._looks.icons.pixmap(icon, _SIGN, colour, ratio),
                )
                right -= 3
        return right

    def _laid_out(self, text: str, width: float) -> tuple[QTextLayout, float]:
        font = self._looks.theme.font(Type.BODY)
        font.setPixelSize(self._looks.theme.px(Type.BODY) - 1)
        layout = _wrapped(text, font, width)
        if layout.lineCount() > _LINES:
            cut = layout.lineAt(_LINES - 1).textStart()
            head = text[:cut]
            tail = QFontMetricsF(font).elidedText(text[cut:], Qt.TextElideMode.ElideRight, width - 2)
            layout = _wrapped(head + tail, font, width)
        last = layout.lineAt(layout.lineCount() - 1)
        return layout, last.y() + last.height() if layout.lineCount() else 0.0


def _wrapped(text: str, font: QFont, width: float) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, 20.0))
        line.setPosition(QPointF(0, y))
        y += line.height() * 1.06
    layout.endLayout()
    return layout


def _width(option: QStyleOptionViewItem) -> int:
    widget: QWidget | None = option.widget  # type: ignore[attr-defined]  # the stub leaves it out
    return widget.viewport().width() if isinstance(widget, QAbstractItemView) else 160


def _rect(option: QStyleOptionViewItem) -> QRectF:
    return QRectF(option.rect)  # type: ignore[attr-defined]  # the stub leaves it out
