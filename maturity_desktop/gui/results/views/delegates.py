"""Draw levels, spreads, progress and heat cells inside tables; each carries words, figures or signs besides colour."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from maturity_desktop.gui.common.cells import CellState
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.marks import draw_level, level_width
from maturity_desktop.gui.common.palette import Type
from maturity_desktop.gui.common.rows import PROPS
from maturity_desktop.gui.results.state.charts import HeatRow
from maturity_desktop.gui.results.state.levels import LevelRow

AnyIndex = QModelIndex | QPersistentModelIndex

_BADGE = 34.0
_BESIDE_BADGE = 34.0  # room for the sign of the target


class _TableDelegate(QStyledItemDelegate):
    """Paints the ground; subclasses paint the cell."""

    def __init__(self, looks: Looks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.looks = looks
        self.colours: Mapping[int, str] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)  # type: ignore[attr-defined]  # the stub leaves it out
        state = option.state  # type: ignore[attr-defined]  # as above
        palette = self.looks.theme.palette
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(palette.selection))
        self.paint_cell(painter, box, index)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(palette.accent), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()

    def paint_cell(self, painter: QPainter, box: QRectF, index: AnyIndex) -> None:
        raise NotImplementedError


class LevelDelegate(_TableDelegate):
    """Columns of the levels table: name with depth, badge, spread, progress."""

    def paint_cell(self, painter: QPainter, box: QRectF, index: AnyIndex) -> None:
        row = index.data(PROPS)
        if not isinstance(row, LevelRow):
            return
        match index.column():
            case 0:
                self._paint_name(painter, box, row)
            case 1:
                self._paint_level(painter, box, row)
            case 2:
                self._paint_score(painter, box, row)
            case 3:
                self._paint_spread(painter, box, row)
            case _:
                self._paint_progress(painter, box, row)

    def _paint_name(self, painter: QPainter, box: QRectF, row: LevelRow) -> None:
        theme = self.looks.theme
        painter.setFont(theme.font(Type.BODY, is_strong=not row.is_item))
        painter.setPen(QColor(theme.palette.text))
        inner = box.adjusted(10 + row.depth * 16, 0, -6, 0)
        name = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_level(self, painter: QPainter, box: QRectF, row: LevelRow) -> None:
        theme = self.looks.theme
        wide = min(level_width(row.label, theme, _BADGE), box.width() - _BESIDE_BADGE)
        badge = QRectF(box.left() + 8, box.center().y() - 11, wide, 22)
        draw_level(painter, badge, row.label, self.colours.get(row.level, ""), theme)
        painter.setFont(theme.font(Type.CAPTION))
        if row.before:
            painter.setPen(QColor(theme.palette.accent))
            text = self.looks.speech.say("results.what_if.before", label=row.before)
            painter.drawText(box.adjusted(wide + 16, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
        elif row.meets_target:
            ratio = painter.device().devicePixelRatioF()
            picture = self.looks.icons.pixmap(Icon.TARGET, 14, theme.palette.good, ratio)
            painter.drawPixmap(int(box.left() + wide + 16), int(box.center().y() - 7), picture)

    def _paint_score(self, painter: QPainter, box: QRectF, row: LevelRow) -> None:
        theme = self.looks.theme
        painter.setFont(theme.font(Type.BODY, is_strong=not row.is_item))
        painter.setPen(QColor(theme.palette.text))
        painter.drawText(box.adjusted(8, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, row.score)

    def _paint_spread(self, painter: QPainter, box: QRectF, row: LevelRow) -> None:
        theme = self.looks.theme
        total = sum(share.count for share in row.distribution)
        if not total:
            return
        track = box.adjusted(8, 9, -8, -9)
        left = track.left()
        painter.setFont(theme.font(Type.CAPTION))
        on_ground = theme.palette.window if theme.palette.is_dark else "#FFFFFF"
        for share in row.distribution:
            width = track.width() * share.count / total
            part = QRectF(left, track.top(), max(width - 1.5, 1), track.height())
            colour = self.colours.get(share.level, "")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.level(colour))
            painter.setOpacity(0.72 if share.label.endswith("-") else 1.0)
            painter.drawRoundedRect(part, 3, 3)
            painter.setOpacity(1.0)
            words = f"{share.label}×{share.count}"
            if painter.fontMetrics().horizontalAdvance(words) + 4 < width:
                painter.setPen(QColor(on_ground))
                painter.drawText(part, Qt.AlignmentFlag.AlignCenter, words)
            left += width

    def _paint_progress(self, painter: QPainter, box: QRectF, row: LevelRow) -> None:
        palette, progress = self.looks.theme.palette, row.progress
        painter.setFont(self.looks.theme.font(Type.CAPTION))
        painter.setPen(QColor(palette.text_soft))
        words = f"{progress.needed_answered}/{progress.needed_total}"
        painter.drawText(box.adjusted(0, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
        track = QRectF(box.left() + 8, box.center().y() - 2, max(10.0, box.width() - 72), 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.line))
        painter.drawRoundedRect(track, 2, 2)
        if progress.needed_total:
            share = progress.needed_answered / progress.needed_total
            painter.setBrush(QColor(palette.good if share >= 1 else palette.accent))
            painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * share, 4), 2, 2)


_SIGNS = {
    CellState.HOLDS: "✓",
    CellState.PARTLY: "◐",
    CellState.BLOCKED: "✕",
    CellState.OPEN: "○",
    CellState.NOTHING: "·",
    CellState.SAME: "=",
}


class HeatDelegate(_TableDelegate):
    """Cells of the heat map: ground by state, sign, and how many criteria hold."""

    def paint_cell(self, painter: QPainter, box: QRectF, index: AnyIndex) -> None:
        row = index.data(PROPS)
        if not isinstance(row, HeatRow):
            return
        theme = self.looks.theme
        if index.column() == 0:
            painter.setFont(theme.font(Type.BODY))
            painter.setPen(QColor(theme.palette.text))
            inner = box.adjusted(10, 0, -6, 0)
            text = painter.fontMetrics().elidedText(
                f"{row.code}  {row.name}", Qt.TextElideMode.ElideRight, int(inner.width())
            )
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
        elif index.column() == 1:
            wide = min(level_width(row.label, theme, _BADGE), box.width() - 4)
            badge = QRectF(box.center().x() - wide / 2, box.center().y() - 10, wide, 20)
            draw_level(painter, badge, row.label, self.colours.get(row.level, ""), theme)
        else:
            self._paint_heat(painter, box, row, index.column() - 2)

    def _paint_heat(self, painter: QPainter, box: QRectF, row: HeatRow, place: int) -> None:
        palette = self.looks.theme.palette
        cell = row.cells[place]
        ground, ink = {
            CellState.HOLDS: (palette.good_soft, palette.good),
            CellState.PARTLY: (palette.warn_soft, palette.warn),
            CellState.BLOCKED: (palette.bad_soft, palette.bad),
            CellState.OPEN: (palette.sunken, palette.text_soft),
            CellState.NOTHING: (palette.card, palette.text_faint),
            CellState.SAME: (palette.card, palette.text_faint),
        }[cell.state]
        part = box.adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(
            QPen(QColor(palette.line), 1, Qt.PenStyle.DotLine) if cell.is_above_target else Qt.PenStyle.NoPen
        )
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(part, 4, 4)
        painter.setPen(QColor(ink))
        painter.setFont(self.looks.theme.font(Type.CAPTION, is_strong=True))
        figures = f"  {cell.held}/{cell.total}" if cell.total else ""
        painter.drawText(part, Qt.AlignmentFlag.AlignCenter, f"{_SIGNS[cell.state]}{figures}")


class BlockerDelegate(QStyledItemDelegate):
    """Two-line rows of the blockers list, wrapped by Qt."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(80, hint.height() + 6)
