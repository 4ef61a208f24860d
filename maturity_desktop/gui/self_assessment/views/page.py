"""The page: write both forms on top; below, what came back, cell by cell, and what is to be dealt with."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QTableView, QTabWidget, QVBoxLayout, QWidget

from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.rows import PROPS, RowsModel, SortedRows
from maturity_desktop.gui.common.tables import table
from maturity_desktop.gui.common.widgets import Card, MessageBar, SectionHeader, button, label
from maturity_desktop.gui.self_assessment.models import difference_model, note_model
from maturity_desktop.gui.self_assessment.state import DifferenceRow, FormLanguage, ReturnProps

_MARGIN = Space.XL


class DifferenceTable(QWidget):
    """Every differing cell with its decision; Space, Return, double click or a click in the first column switch it."""

    toggled = Signal(object)  # DifferenceRow
    all_wanted = Signal(bool)
    apply_wanted = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks
        self._count = 0
        self.model = difference_model(self)
        self.rows = SortedRows(self.model, self)
        self.table: QTableView = table(self.rows, "self_differences", (80, 240, 100, 200, 260, 130), stretch=4)
        self.hint = label("", "caption", wraps=True)
        self.accept_all = button("self_accept_all")
        self.accept_none = button("self_accept_none")
        self.apply = button("self_apply", look_name="primary")
        bar = QHBoxLayout()
        bar.setSpacing(Space.S)
        bar.addWidget(self.hint, 1)
        for each in (self.accept_all, self.accept_none, self.apply):
            bar.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, Space.S, 0, 0)
        layout.setSpacing(Space.S)
        layout.addWidget(self.table, 1)
        layout.addLayout(bar)
        self.accept_all.clicked.connect(self._on_all)
        self.accept_none.clicked.connect(self._on_none)
        self.apply.clicked.connect(self.apply_wanted)
        self.table.activated.connect(self._on_activated)
        self.table.clicked.connect(self._on_clicked)
        self.table.installEventFilter(self)

    def show_props(self, props: ReturnProps) -> None:
        """Show the differences and what may be done with them."""
        self.model.show(props.differences)
        self._count = props.accepted
        for each in (self.accept_all, self.accept_none):
            each.setEnabled(props.can_take_in)
        self.apply.setEnabled(props.can_take_in and props.accepted > 0)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._looks.speech.say
        self.model.set_captions(say)
        self.table.setAccessibleName(say("self_assessment.screen.differences"))
        self.hint.setText(say("self_assessment.screen.hint"))
        self.accept_all.setText(say("self_assessment.screen.accept_all"))
        self.accept_none.setText(say("self_assessment.screen.accept_none"))
        self.apply.setText(say("self_assessment.screen.apply", count=self._count))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catch Space before the table takes it for selecting."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            self._toggle(self.table.currentIndex())
            return True
        return super().eventFilter(watched, event)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        if index.column() != 0:
            self._toggle(index)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._toggle(index)

    @Slot()
    def _on_all(self) -> None:
        self.all_wanted.emit(True)

    @Slot()
    def _on_none(self) -> None:
        self.all_wanted.emit(False)

    def _toggle(self, index: QModelIndex) -> None:
        row = index.data(PROPS)
        if isinstance(row, DifferenceRow):
            self.toggled.emit(row)


class SelfAssessmentPage(QWidget):
    """Shows plain values, emits intents."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("self_assessment")
        self._looks = looks
        self.header = SectionHeader("title")
        self.message = MessageBar(looks.icons, "self_message")
        self.out, self.back = SectionHeader(), SectionHeader()
        self.language = QComboBox()
        self.language.setObjectName("self_language")
        self.language_caption: QLabel = label("", "field")
        self.with_optional = QCheckBox()
        self.with_optional.setObjectName("self_with_optional")
        self.with_optional.setChecked(True)
        self.write_workbook = button("self_write_workbook", look_name="primary")
        self.write_wanted = button("self_write_wanted")
        self.read = button("self_read", look_name="primary")
        self.folder = button("self_folder")
        self.differences = DifferenceTable(looks)
        self.notes: RowsModel = note_model(self)
        self.note_rows = SortedRows(self.notes, self)
        self.note_table: QTableView = table(self.note_rows, "self_notes", (260, 170, 500), stretch=2)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("self_tabs")
        for value in FormLanguage:
            self.language.addItem("", value)
        self._lay_out()
        looks.theme.changed.connect(self.message.repaint_icons)
        self.retranslate()

    def _lay_out(self) -> None:
        options = QHBoxLayout()
        options.setSpacing(Space.M)
        for part in (self.language_caption, self.language, self.with_optional):
            options.addWidget(part)
        options.addStretch(1)
        for action in (self.write_workbook, self.write_wanted):
            options.addWidget(action)
        out = Card("self_out")
        out.body.addWidget(self.out)
        out.body.addLayout(options)
        for action in (self.read, self.folder):
            self.back.buttons.addWidget(action)
        self.tabs.addTab(self.differences, "")
        self.tabs.addTab(self.note_table, "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, Space.L)
        layout.setSpacing(Space.M)
        for each in (self.header, self.message, out, self.back):
            layout.addWidget(each)
        layout.addWidget(self.tabs, 1)

    @property
    def chosen_language(self) -> FormLanguage:
        """In which language forms are wanted."""
        return FormLanguage(self.language.currentData())

    def show_props(self, props: ReturnProps) -> None:
        """Show what came back; the notes come to the front when there is nothing else."""
        self.differences.show_props(props)
        self.notes.show(props.notes)
        self._name_tabs()
        if not props.differences and props.notes:
            self.tabs.setCurrentWidget(self.note_table)
        elif props.differences and not props.notes:
            self.tabs.setCurrentWidget(self.differences)

    def allow_writing(self, *, is_allowed: bool) -> None:
        """Lock the buttons while a file is being worked on."""
        for each in (self.write_workbook, self.write_wanted, self.read, self.folder):
            each.setEnabled(is_allowed)

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        say = self._looks.speech.say
        self.header.set_texts(say("self_assessment.screen.title"), say("self_assessment.screen.title_text"))
        self.out.set_texts(say("self_assessment.screen.out"), say("self_assessment.screen.out_text"))
        self.back.set_texts(say("self_assessment.screen.back"), say("self_assessment.screen.back_text"))
        self.language_caption.setText(say("self_assessment.screen.language"))
        self.language.setAccessibleName(say("self_assessment.screen.language"))
        for place, value in enumerate(FormLanguage):
            self.language.setItemText(place, say(f"self_assessment.screen.language_{value.value}"))
        self.with_optional.setText(say("self_assessment.screen.with_optional"))
        self.write_workbook.setText(say("self_assessment.screen.write_workbook"))
        self.write_wanted.setText(say("self_assessment.screen.write_wanted"))
        self.read.setText(say("self_assessment.screen.read"))
        self.folder.setText(say("self_assessment.screen.folder"))
        self.notes.set_captions(say)
        self.note_table.setAccessibleName(say("self_assessment.screen.notes"))
        self.message.set_close_name(say("common.close"))
        self.differences.retranslate()
        self._name_tabs()

    def _name_tabs(self) -> None:
        say = self._looks.speech.say
        names = (("differences", self.differences.model), ("notes", self.notes))
        for place, (key, model) in enumerate(names):
            self.tabs.setTabText(place, f"{say(f'self_assessment.screen.{key}')} ({len(model.rows)})")
