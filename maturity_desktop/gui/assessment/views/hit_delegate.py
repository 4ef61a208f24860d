"""Draws one search result: sign of the answer, code and item, two lines of the text."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from maturity_desktop.gui.assessment.state.tree import Hit
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.marks import draw_answer
from maturity_desktop.gui.common.palette import Type
from maturity_desktop.gui.common.rows import PROPS

_MARK = 18.0


class HitDelegate(QStyledItemDelegate):
    """Rows of equal height."""

    def __init__(self, looks: Looks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = looks

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        theme = self._looks.theme
        return QSize(80, round(theme.px(Type.BODY) * 3.0 + theme.px(Type.CAPTION) * 1.5 + 12))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit = index.data(PROPS)
        if not isinstance(hit, Hit):
            return
        painter.save()
        theme, palette = self._looks.theme, self._looks.theme.palette
        box = QRectF(option.rect).adjusted(2, 2, -4, -2)  # type: ignore[attr-defined]  # the stub leaves it out
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]  # as above
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.selection))
            painter.drawRoundedRect(box, 6, 6)
        inner = box.adjusted(6, 4, -6, -4)
        draw_answer(painter, QRectF(inner.left(), inner.top(), _MARK, _MARK), hit.value, theme)
        head = QRectF(inner.left() + _MARK + 6, inner.top(), inner.width() - _MARK - 6, _MARK)
        painter.setFont(theme.font(Type.CAPTION))
        painter.setPen(QColor(palette.text_soft))
        caption = f"{hit.criterion_id} · {hit.item_name}"
        elided = painter.fontMetrics().elidedText(caption, Qt.TextElideMode.ElideMiddle, int(head.width()))
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, elided)
        painter.setFont(theme.font(Type.BODY))
        painter.setPen(QColor(palette.text))
        text = QRectF(inner.left(), inner.top() + _MARK + 3, inner.width(), inner.bottom() - inner.top() - _MARK - 3)
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        painter.drawText(text, int(Qt.AlignmentFlag.AlignTop) | int(flags), hit.text)
        painter.restore()
