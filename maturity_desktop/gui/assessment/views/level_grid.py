"""All level cells of a rated item side by side, one column per level; the focused criterion carries a ring."""

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.gui.assessment.models.cells import PROPS, CellsModel
from maturity_desktop.gui.assessment.state.question import CellProps, CriterionProps
from maturity_desktop.gui.assessment.views.criterion_delegate import CriterionDelegate
from maturity_desktop.gui.common.cells import CellState
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.marks import draw_level, level_width
from maturity_desktop.gui.common.palette import Palette, Space, Type
from maturity_desktop.gui.common.widgets import label

_HEAD = 54
_BADGE = 24.0


class LevelHead(QWidget):
    """The head of a column: level, name, whether it is the target, and whether the cell holds."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._cell: CellProps | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_cell(self, cell: CellProps) -> None:
        self._cell = cell
        say = self._looks.speech.say
        spoken = say(
            "assessment.cell.name",
            code="" if cell.is_in_words else cell.level_code,
            name=cell.level_name,
            state=cell.caption,
            done=cell.answered,
            total=cell.total,
        )
        spoken = spoken.strip()
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._looks.theme
        return QSize(60, max(_HEAD, round(theme.px(Type.BODY) * 1.6 + theme.px(Type.CAPTION) * 1.6 + 12)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        cell = self._cell
        if cell is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, palette = self._looks.theme, self._looks.theme.palette
        painter.fillRect(QRectF(0, 0, self.width(), 4 if cell.is_target else 2), theme.level(cell.colour))
        half = (self.height() - 6) / 2
        top = QRectF(8, 6, self.width() - 16, half)
        wide = -7.0
        if not cell.is_in_words:
            wide = level_width(cell.level_code, theme, _BADGE)
            badge = QRectF(top.left(), top.top() + 1, wide, half - 2)
            draw_level(painter, badge, cell.level_code, cell.colour, theme)
        tag = self._paint_tag(painter, top, cell)
        name = QRectF(top.left() + wide + 7, top.top(), tag - top.left() - wide - 10, half)
        painter.setFont(theme.font(Type.BODY, is_strong=True))
        painter.setPen(QColor(palette.text_soft if cell.is_above_target else palette.text))
        elided = painter.fontMetrics().elidedText(cell.level_name, Qt.TextElideMode.ElideRight, int(name.width()))
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, elided)
        self._paint_state(painter, QRectF(8, 6 + half, self.width() - 16, half), cell)

    def _paint_tag(self, painter: QPainter, top: QRectF, cell: CellProps) -> float:
        """Draw the target tag at the right; return where it begins."""
        if not cell.is_target:
            return top.right()
        theme, palette = self._looks.theme, self._looks.theme.palette
        text = self._looks.speech.say("assessment.cell.target")
        painter.setFont(theme.font(Type.CAPTION, is_strong=True))
        width = painter.fontMetrics().horizontalAdvance(text) + 12
        box = QRectF(top.right() - width, top.top() + 3, width, top.height() - 6)
        painter.setPen(QPen(QColor(palette.accent), 1))
        painter.setBrush(QColor(palette.accent_soft))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(QColor(palette.accent))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return box.left()

    def _paint_state(self, painter: QPainter, box: QRectF, cell: CellProps) -> None:
        theme = self._looks.theme
        icon, colour = _state_signs(theme.palette)[cell.state]
        ratio = self.devicePixelRatioF()
        left = box.left()
        if icon is not None:
            picture = self._looks.icons.pixmap(icon, 14, colour, ratio)
            painter.drawPixmap(int(left), int(box.center().y() - 7), picture)
            left += 19
        text = cell.caption
        if cell.is_base and cell.state is CellState.OPEN:
            text = self._looks.speech.say("assessment.cell.base")
        count = f"{cell.answered}/{cell.total}" if cell.total else ""
        painter.setFont(theme.font(Type.CAPTION))
        painter.setPen(QColor(theme.palette.text_soft))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        painter.setPen(QColor(colour))
        painter.drawText(box.adjusted(left - box.left(), 0, -28, 0), Qt.AlignmentFlag.AlignVCenter, text)


def _state_signs(palette: Palette) -> dict[CellState, tuple[Icon | None, str]]:
    return {
        CellState.HOLDS: (Icon.CHECK, palette.good),
        CellState.PARTLY: (None, palette.warn),
        CellState.BLOCKED: (Icon.PROBLEM, palette.bad),
        CellState.OPEN: (Icon.CLOCK, palette.text_soft),
        CellState.NOTHING: (None, palette.text_soft),
        CellState.SAME: (None, palette.text_soft),
    }


class _RowsView(QListView):
    """A column's criteria; keys belong to the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "bare")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSpacing(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class LevelColumn(QFrame):
    """One level: head, and its criteria or the words for an empty cell."""

    chosen = Signal(str)  # CriterionId

    def __init__(self, looks: Looks, model: CellsModel, delegate: CriterionDelegate, number: int) -> None:
        super().__init__()
        self.setObjectName(f"level_column_{number}")
        self.setProperty("look", "card")
        self._looks = looks
        self._model = model
        self.head = LevelHead(looks)
        self.list = _RowsView()
        self.list.setObjectName(f"level_rows_{number}")
        self.list.setModel(model)
        self.list.setItemDelegate(delegate)
        self.list.clicked.connect(self._on_clicked)
        self.nothing = label("", "soft", wraps=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.nothing.setContentsMargins(Space.S, Space.XL, Space.S, 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 4)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self._stack, 1)

    def show_cell(self, cell: CellProps, number: int) -> None:
        self.head.show_cell(cell)
        root = self._model.index(number, 0)
        if self.list.rootIndex() != root:
            self.list.setRootIndex(root)
        self.list.setAccessibleName(self.head.accessibleName())
        is_bare = cell.state in (CellState.NOTHING, CellState.SAME)
        if is_bare:
            self.nothing.setText(self._looks.speech.say(f"assessment.cell.{cell.state.value}_text"))
        self._stack.setCurrentWidget(self.nothing if is_bare else self.list)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        props = index.data(PROPS)
        if isinstance(props, CriterionProps):
            self.chosen.emit(props.id)


class LevelGrid(QWidget):
    """The columns; holds the keyboard focus of the questionnaire."""

    criterion_chosen = Signal(str)  # CriterionId

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("level_grid")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._looks = looks
        self.model = CellsModel(self)
        self._delegate = CriterionDelegate(looks, self)
        self._columns: list[LevelColumn] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)

    def show_cells(self, cells: tuple[CellProps, ...], focused: CriterionId) -> None:
        is_new = self.model.show(cells)
        if is_new:
            self._delegate.forget_heights()
        self._match_columns(len(cells))
        for number, (column, cell) in enumerate(zip(self._columns, cells, strict=True)):
            column.show_cell(cell, number)
        self._ring(focused, is_new=is_new)

    def repaint_all(self) -> None:
        """Lay out and draw again after theme, font size or language changed."""
        for column in self._columns:
            column.list.scheduleDelayedItemsLayout()
            column.head.updateGeometry()
            column.update()

    def mousePressEvent(self, event: object) -> None:  # noqa: ARG002  any click brings the keys here
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _ring(self, focused: CriterionId, *, is_new: bool) -> None:
        before, self._delegate.focused = self._delegate.focused, focused
        index = self.model.index_of(focused)
        if index.isValid():
            self.setAccessibleName(index.data(Qt.ItemDataRole.AccessibleTextRole))
        if before == focused and not is_new:
            return
        if before is not None:
            self._repaint(self.model.index_of(before))
        self._repaint(index)
        if index.isValid():
            view = self._columns[index.parent().row()].list
            view.setCurrentIndex(index)
            view.scrollTo(index)

    def _repaint(self, index: QModelIndex) -> None:
        if index.isValid():
            self._columns[index.parent().row()].list.update(index)

    def _match_columns(self, wanted: int) -> None:
        while len(self._columns) < wanted:
            column = LevelColumn(self._looks, self.model, self._delegate, len(self._columns))
            column.chosen.connect(self.criterion_chosen)
            self._columns.append(column)
            self._layout.addWidget(column, 1)
        while len(self._columns) > wanted:
            self._columns.pop().deleteLater()
