"""Draws evidence chips and evidence requests: icon of the kind, title, and state as a word."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from maturity_desktop.domain.standard import EvidenceKind
from maturity_desktop.gui.assessment.state.question import ChipProps, RequestProps
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Type
from maturity_desktop.gui.common.rows import PROPS

KIND_ICONS = {EvidenceKind.DOCUMENT: Icon.FILE, EvidenceKind.SCREENSHOT: Icon.IMAGE, EvidenceKind.VIDEO: Icon.VIDEO}
_SIGN = 18


class EvidenceDelegate(QStyledItemDelegate):
    """One line per chip or request."""

    def __init__(self, looks: Looks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = looks

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(120, max(30, round(self._looks.theme.px(Type.BODY) * 2.1)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        props = index.data(PROPS)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(2, 2, -2, -2)  # type: ignore[attr-defined]  # the stub leaves it out
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]  # as above
        palette = self._looks.theme.palette
        painter.setPen(QPen(QColor(palette.accent if is_chosen else palette.line), 1.4 if is_chosen else 1))
        painter.setBrush(QColor(palette.accent_soft if is_chosen else palette.card))
        painter.drawRoundedRect(box, 6, 6)
        if isinstance(props, ChipProps):
            word = self._looks.speech.say("evidence.custody.by_reference") if props.is_reference else ""
            self._paint_line(painter, box, KIND_ICONS[props.kind], props.title, (word, palette.text_soft))
        elif isinstance(props, RequestProps):
            key = "assessment.detail.met" if props.is_met else "assessment.detail.missing"
            sign = "✓ " if props.is_met else "○ "
            word = sign + self._looks.speech.say(key)
            text = f"{props.code}  {props.title}"
            colour = palette.good if props.is_met else palette.text_soft
            self._paint_line(painter, box, KIND_ICONS[props.kind], text, (word, colour))
        painter.restore()

    def _paint_line(self, painter: QPainter, box: QRectF, icon: Icon, text: str, ending: tuple[str, str]) -> None:
        theme = self._looks.theme
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(
            int(box.left() + 7),
            int(box.center().y() - _SIGN / 2),
            self._looks.icons.pixmap(icon, _SIGN, theme.palette.accent, ratio),
        )
        word, colour = ending
        painter.setFont(theme.font(Type.CAPTION))
        width = painter.fontMetrics().horizontalAdvance(word) + 8 if word else 0
        painter.setPen(QColor(colour))
        painter.drawText(box.adjusted(0, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, word)
        painter.setPen(QColor(theme.palette.text))
        inner = box.adjusted(_SIGN + 13, 0, -width - 8, 0)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
