"""A table of records with the form of the chosen one beside it; leaving a changed record saves it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.rows import PROPS, RowsModel, SortedRows
from maturity_desktop.gui.common.tables import table
from maturity_desktop.gui.common.widgets import EmptyState, button, label
from maturity_desktop.gui.findings.views.forms import Record, RecordForm

Row = Any  # Any: each table has its own frozen row class


class RecordTab(QWidget):
    """One kind of record. `name` is the wording prefix and the object name."""

    save_wanted = Signal(object)  # the record
    delete_wanted = Signal(object)  # the record
    new_wanted = Signal()
    criteria_wanted = Signal(object)  # the record as it stands

    def __init__(
        self,
        looks: Looks,
        name: str,
        *,
        model: Callable[[QWidget], RowsModel],
        record_of: Callable[[Row], Record],
        form: RecordForm,
        widths: tuple[int, ...],
    ) -> None:
        super().__init__()
        self.setObjectName(f"{name}_tab")
        self._looks, self._name = looks, name
        self._record_of = record_of
        self._record: Record | None = None
        self._is_dirty = False
        self.form = form
        self.model = model(self)
        self.rows = SortedRows(self.model, self)
        stretch = max(range(len(widths)), key=lambda column: widths[column])
        self.table: QTableView = table(self.rows, f"{name}_table", widths, stretch=stretch)
        self.new = button(f"{name}_new", look_name="primary")
        self.delete = button(f"{name}_delete", look_name="danger")
        self.save = button(f"{name}_save", look_name="primary")
        self.state = label("", "caption")
        self.state.setObjectName(f"{name}_state")
        self.empty = EmptyState(looks.icons, Icon.FINDINGS, f"{name}_empty")
        self.stack = QStackedWidget()
        self.side = QFrame()
        self._lay_out()
        self._connect()
        self._show_form()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.addWidget(self.new)
        bar.addStretch(1)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        left = QWidget()
        lists = QVBoxLayout(left)
        lists.setContentsMargins(0, Space.S, 0, 0)
        lists.setSpacing(Space.S)
        lists.addLayout(bar)
        lists.addWidget(self.stack, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("look", "scrolled")
        fields = QVBoxLayout(inner)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.addWidget(self.form)
        fields.addStretch(1)
        area.setWidget(inner)
        acts = QHBoxLayout()
        acts.addWidget(self.delete)
        acts.addWidget(self.state, 1)
        acts.addWidget(self.save)
        self.side.setProperty("look", "card")
        column = QVBoxLayout(self.side)
        column.setContentsMargins(Space.L, Space.M, Space.S, Space.M)
        column.addWidget(area, 1)
        column.addLayout(acts)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName(f"{self._name}_splitter")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.side)
        splitter.setSizes([770, 400])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _connect(self) -> None:
        self.new.clicked.connect(self.new_wanted)
        self.empty.acted.connect(self.new_wanted)
        self.save.clicked.connect(self.flush)
        self.delete.clicked.connect(self._on_delete)
        self.form.changed.connect(self._on_changed)
        self.form.criteria_wanted.connect(self._on_criteria)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)

    def retranslate(self) -> None:
        say = self._looks.speech.say
        self.model.set_captions(say)
        self.form.retranslate()
        self.table.setAccessibleName(say(f"findings.{self._name}.title"))
        self.new.setText(say(f"findings.{self._name}.new"))
        self.delete.setText(say("common.delete"))
        self.save.setText(say("common.save"))
        self.empty.set_texts(
            say(f"findings.{self._name}.empty_title"),
            say(f"findings.{self._name}.empty_text"),
            say(f"findings.{self._name}.new"),
        )
        self._tell_state()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show records; the one in the form keeps what was typed."""
        self.model.show(rows)
        self.stack.setCurrentWidget(self.table if rows or self._record is not None else self.empty)
        if self._record is not None and not self._is_dirty:
            place = self.model.row_of(self._record.id)
            self._record = self._record_of(self.model.rows[place]) if place >= 0 else None
            self._show_form()

    def edit(self, record: Record, *, is_dirty: bool = False) -> None:
        """Put a record into the form and type on."""
        self._record, self._is_dirty = record, is_dirty
        self._show_form()
        self.form.first().setFocus()

    def take_saved(self, record: Record) -> None:
        """Note that a record is durable now."""
        if self._record is not None and self._record.id == record.id:
            self._is_dirty = self._is_dirty and self.form.read(record) != record
            self._record = record
            self._tell_state()

    def forget(self) -> None:
        """Empty the form; another assessment is shown."""
        self._record, self._is_dirty = None, False
        self._show_form()

    @Slot()
    def flush(self) -> None:
        """Save what was changed."""
        if self._record is not None and self._is_dirty:
            self._is_dirty = False
            self._record = self.form.read(self._record)
            self.save_wanted.emit(self._record)
            self._tell_state()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.flush()
        else:
            super().keyPressEvent(event)

    def _show_form(self) -> None:
        has_record = self._record is not None
        self.side.setVisible(has_record)
        if has_record:
            self.form.fill(self._record)
        self._tell_state()

    def _tell_state(self) -> None:
        say = self._looks.speech.say
        self.save.setEnabled(self._is_dirty)
        self.state.setText(say("findings.unsaved") if self._is_dirty else "")

    @Slot()
    def _on_changed(self) -> None:
        self._is_dirty = True
        self._tell_state()

    @Slot()
    def _on_criteria(self) -> None:
        if self._record is not None:
            self.criteria_wanted.emit(self.form.read(self._record))

    @Slot()
    def _on_delete(self) -> None:
        if self._record is not None:
            record, self._record, self._is_dirty = self._record, None, False
            self._show_form()
            self.delete_wanted.emit(record)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = current.data(PROPS)
        if row is None:
            return
        record = self._record_of(row)
        if self._record is None or record.id != self._record.id:
            self.flush()
            self._record = record
            self._show_form()
