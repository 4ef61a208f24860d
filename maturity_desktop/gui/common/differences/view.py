"""What differs: a filtered table of things, and the chosen one with its fields before and after."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from maturity_desktop.gui.common.differences.html import difference_html
from maturity_desktop.gui.common.differences.model import differences_model
from maturity_desktop.gui.common.differences.state import DifferenceRow, DifferencesProps
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.rows import PROPS
from maturity_desktop.gui.common.tables import table
from maturity_desktop.gui.common.widgets import EmptyState, label, name_it

_WIDTHS = (92, 96, 170, 220, 300)
_TEXT = 4
_PAUSE_MS = 120
_ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """How a comparison is told.

    Attributes:
        kinds: wording key → what its entry of the box lets through: all, a kind of change, or what the row is about.
        thing: wording key over the column that says what the row is about.
        table_height, page_height: shares of the table and of the texts side by side.
    """

    kinds: Mapping[str, str]
    thing: str = "importing.column.thing"
    table_height: int = 260
    page_height: int = 200


ALL_THINGS = Choices(
    kinds={f"importing.show.{kind}": kind for kind in (_ALL, "criteria", "added", "removed", "changed")}
)


class DifferencesView(QWidget):
    """Shows differences; nothing is decided here."""

    shown = Signal(object)  # DifferenceRow

    def __init__(self, looks: Looks, object_name: str, choices: Choices = ALL_THINGS) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._looks, self._choices = looks, choices
        self._props = DifferencesProps(rows=(), note="", before="", after="")
        self.note = label("", "soft", wraps=True)
        self.note.setObjectName(f"{object_name}_note")
        self.box = QLineEdit()
        self.box.setClearButtonEnabled(True)
        self.kinds = QComboBox()
        for kind in choices.kinds.values():
            self.kinds.addItem("", kind)
        self.model = differences_model(self, choices.thing)
        self.table = table(self.model, f"{object_name}_table", _WIDTHS, stretch=_TEXT)
        self.table.setSortingEnabled(False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(Space.M)
        self.empty = EmptyState(looks.icons, Icon.CHECK, f"{object_name}_empty")
        self.stack = QStackedWidget()
        self._lay_out()
        self.box.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._filter)
        self.kinds.currentIndexChanged.connect(self._filter)
        self.table.selectionModel().currentChanged.connect(self._on_current)

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(Space.M)
        filters.addWidget(self.note, 1)
        filters.addWidget(self.kinds)
        filters.addWidget(self.box)
        self.box.setMinimumWidth(190)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.text)
        split.setSizes([self._choices.table_height, self._choices.page_height])
        split.setStretchFactor(0, 1)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(filters)
        column.addWidget(split, 1)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(full)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, Space.S, 0, 0)
        layout.addWidget(self.stack)

    def show_props(self, props: DifferencesProps) -> None:
        """Show other differences; the first one is chosen."""
        self._props = props
        self.note.setText(props.note)
        self.empty.set_texts(self._looks.speech.say("importing.no_differences"), props.note)
        self.stack.setCurrentIndex(1 if props.rows else 0)
        self._filter()

    def redraw(self) -> None:
        """Draw again in the colours of the theme."""
        self.empty.repaint_icon()
        self._show_current()

    def retranslate(self) -> None:
        """Say everything again."""
        say, name = self._looks.speech.say, self.objectName()
        self.model.set_captions(say)
        self.box.setPlaceholderText(say("importing.filter"))
        name_it(self.box, f"{name}_filter", say("importing.filter"))
        name_it(self.kinds, f"{name}_kinds", say("importing.kinds"))
        name_it(self.table, f"{name}_table", say("importing.tab.differences"))
        name_it(self.text, f"{name}_text", say("importing.side_by_side"))
        for place, key in enumerate(self._choices.kinds):
            self.kinds.setItemText(place, say(key))
        self.empty.set_texts(say("importing.no_differences"), self._props.note)

    @Slot()
    def _filter(self) -> None:
        kind, words = str(self.kinds.currentData()), self.box.text().casefold().split()
        rows = (row for row in self._props.rows if kind in (_ALL, row.kind, row.what))
        self.model.show([row for row in rows if _says(row, words)])
        if self.model.rows and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_current()

    @Slot(QModelIndex)
    def _on_current(self, _index: QModelIndex) -> None:
        self._show_current()

    def _show_current(self) -> None:
        row = self.table.currentIndex().data(PROPS)
        if not isinstance(row, DifferenceRow):
            self.text.clear()
            return
        self.text.setHtml(difference_html(row, self._props.before, self._props.after, self._looks.theme))
        self.text.setAccessibleDescription(row.text)
        self.shown.emit(row)


def _says(row: DifferenceRow, words: list[str]) -> bool:
    """Whether every word occurs in the row, or in the text before or after."""
    if not words:
        return True
    sides = (part for side in row.sides for part in (side.old, side.new))
    whole = " ".join((row.kind_word, row.what_word, row.id, row.fields, row.text, *sides)).casefold()
    return all(word in whole for word in words)
