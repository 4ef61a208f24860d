"""Draws one row of the standard's tree: name, progress as a bar with figures, level badge, flag."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from maturity_desktop.domain.results import ItemState
from maturity_desktop.gui.assessment.models.tree import ROW
from maturity_desktop.gui.assessment.state.tree import TreeRow
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.marks import draw_level, level_width
from maturity_desktop.gui.common.palette import Type

_BADGE = 30.0
_BADGE_HEIGHT = 20.0


class TreeDelegate(QStyledItemDelegate):
    """Two lines: the name, and below it the progress."""

    def __init__(self, looks: Looks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self.colours: Mapping[int, str] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        theme = self._looks.theme
        return QSize(80, round(theme.px(Type.BODY) * 1.5 + theme.px(Type.CAPTION) + 8))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW)
        if not isinstance(row, TreeRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, palette = self._looks.theme, self._looks.theme.palette
        box = QRectF(option.rect).adjusted(0, 1, -2, -1)  # type: ignore[attr-defined]  # the stub leaves it out
        state = option.state  # type: ignore[attr-defined]  # as above
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.selection))
            painter.drawRoundedRect(box, 6, 6)
        wide = level_width(row.figures.label, theme, _BADGE)
        badge = QRectF(box.right() - wide - 4, box.center().y() - _BADGE_HEIGHT / 2, wide, _BADGE_HEIGHT)
        draw_level(painter, badge, row.figures.label, self.colours.get(row.figures.level, ""), theme)
        text = QRectF(box.left() + 4, box.top() + 2, badge.left() - box.left() - 10, theme.px(Type.BODY) * 1.5)
        painter.setFont(theme.font(Type.BODY, is_strong=not row.is_item))
        painter.setPen(QColor(palette.text))
        name = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, int(text.width()))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, name)
        self._paint_progress(
            painter, QRectF(text.left(), text.bottom(), text.width(), box.bottom() - text.bottom()), row
        )
        painter.restore()

    def _paint_progress(self, painter: QPainter, box: QRectF, row: TreeRow) -> None:
        theme, palette = self._looks.theme, self._looks.theme.palette
        progress = row.figures.progress
        figures = f"{progress.needed_answered}/{progress.needed_total}"
        font = theme.font(Type.CAPTION)
        font.setPixelSize(theme.px(Type.CAPTION) - 1)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance("000/000")
        left = box.left() + (16 if progress.flagged else 0)
        track = QRectF(left, box.center().y() - 3, max(16.0, box.right() - left - width - 6), 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.line))
        painter.drawRoundedRect(track, 2, 2)
        if progress.needed_total:
            share = progress.needed_answered / progress.needed_total
            is_full = row.state is ItemState.SETTLED or share >= 1
            painter.setBrush(QColor(palette.good if is_full else palette.accent))
            painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * share, 4), 2, 2)
        painter.setPen(QColor(palette.text_faint))
        painter.drawText(
            QRectF(track.right() + 6, box.top() - 2, width, box.height()), Qt.AlignmentFlag.AlignVCenter, figures
        )
        if progress.flagged:
            ratio = painter.device().devicePixelRatioF()
            picture = self._looks.icons.pixmap(Icon.FLAG, 12, palette.warn, ratio)
            painter.drawPixmap(int(track.left() - 15), int(box.center().y() - 8), picture)
