"""The evidence screen: all evidence and the wanted list on the left, preview and details on the right."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from maturity_desktop.gui.assessment.models.evidence import evidence_model, wanted_model
from maturity_desktop.gui.assessment.state.evidence import EvidenceRow, WantedRow
from maturity_desktop.gui.assessment.views.intake_strip import IntakeStrip
from maturity_desktop.gui.assessment.views.preview_pane import PreviewPane
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.rows import PROPS, SortedRows
from maturity_desktop.gui.common.tables import table
from maturity_desktop.gui.common.widgets import EmptyState, MessageBar, button, label

_ACTIONS = ("revise", "describe", "link", "open_criterion")


class EvidencePage(QWidget):
    """Shows rows; emits what to do with the chosen one."""

    chosen = Signal(object)  # EvidenceRow | None
    attach_wanted = Signal()
    attach_for_wanted = Signal(object)  # WantedRow
    refer_wanted = Signal()
    act_wanted = Signal(str)  # one of revise, describe, link, open_criterion
    files_dropped = Signal(object)  # tuple[Path, ...]

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evidence_page")
        self.setProperty("look", "page")
        self.setAcceptDrops(True)
        self._looks = looks
        self.evidence = evidence_model(self)
        self.wanted = wanted_model(self)
        self.evidence_rows = SortedRows(self.evidence, self)
        self.wanted_rows = SortedRows(self.wanted, self)
        self.evidence_table = table(self.evidence_rows, "evidence_table", (200, 96, 132, 118, 76, 100))
        self.wanted_table = table(self.wanted_rows, "wanted_table", (130, 116, 52, 98, 150, 128), stretch=4)
        self.search = QLineEdit()
        self.search.setObjectName("evidence_search")
        self.search.setClearButtonEnabled(True)
        self.attach = button("evidence_attach", look_name="primary")
        self.refer = button("evidence_refer")
        self.only_missing = QCheckBox()
        self.only_missing.setObjectName("wanted_only_missing")
        self.attach_for = button("wanted_attach")
        self.tabs = QTabWidget()
        self.tabs.setObjectName("evidence_tabs")
        self.tabs.setDocumentMode(True)
        self.message = MessageBar(looks.icons, "evidence_message")
        self.intake = IntakeStrip(looks)
        self.preview = PreviewPane(looks, can_close=False)
        self.details = label("", "caption", wraps=True)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.verbs: dict[str, QPushButton] = {name: button(f"evidence_{name}") for name in _ACTIONS}
        self.empty = EmptyState(looks.icons, Icon.EVIDENCE, "evidence_empty")
        self.list_stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(Space.S)
        bar.addWidget(self.search, 1)
        bar.addWidget(self.refer)
        bar.addWidget(self.attach)
        self.list_stack.addWidget(self.evidence_table)
        self.list_stack.addWidget(self.empty)
        wanted = QWidget()
        column = QVBoxLayout(wanted)
        column.setContentsMargins(0, Space.S, 0, 0)
        column.setSpacing(Space.S)
        row = QHBoxLayout()
        row.addWidget(self.only_missing)
        row.addStretch(1)
        row.addWidget(self.attach_for)
        column.addLayout(row)
        column.addWidget(self.wanted_table, 1)
        self.tabs.addTab(self.list_stack, "")
        self.tabs.addTab(wanted, "")
        left, right = QWidget(), QWidget()
        lists = QVBoxLayout(left)
        lists.setContentsMargins(Space.M, Space.M, Space.S, Space.M)
        lists.setSpacing(Space.S)
        lists.addLayout(bar)
        lists.addWidget(self.message)
        lists.addWidget(self.intake)
        lists.addWidget(self.tabs, 1)
        acts = QHBoxLayout()
        acts.setSpacing(Space.S)
        for made in self.verbs.values():
            made.setProperty("look", "small")
            acts.addWidget(made)
        acts.addStretch(1)
        shown = QVBoxLayout(right)
        shown.setContentsMargins(Space.S, Space.M, Space.M, Space.M)
        shown.setSpacing(Space.S)
        shown.addWidget(self.preview, 1)
        shown.addWidget(self.details)
        shown.addLayout(acts)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("evidence_splitter")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes([770, 430])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.evidence_rows.look_for)
        self.search.textChanged.connect(self.wanted_rows.look_for)
        self.attach.clicked.connect(self.attach_wanted)
        self.empty.acted.connect(self.attach_wanted)
        self.refer.clicked.connect(self.refer_wanted)
        self.attach_for.clicked.connect(self._on_attach_for)
        self.wanted_table.activated.connect(self._on_wanted_activated)
        self.only_missing.toggled.connect(self._on_only_missing)
        self.evidence_table.selectionModel().currentRowChanged.connect(self._on_current)
        for made in self.verbs.values():
            made.clicked.connect(self._on_action)
        self._looks.theme.changed.connect(self._on_theme)

    def retranslate(self) -> None:
        say = self._looks.speech.say
        self.evidence.set_captions(say)
        self.wanted.set_captions(say)
        self.tabs.setAccessibleName(say("assessment.detail.evidence"))
        self.evidence_table.setAccessibleName(say("evidence.list.tab", count=len(self.evidence.rows)))
        self.wanted_table.setAccessibleName(say("assessment.detail.wanted"))
        self.search.setPlaceholderText(say("evidence.list.search"))
        self.search.setAccessibleName(say("evidence.list.search"))
        self.attach.setText(say("evidence.action.attach"))
        self.refer.setText(say("evidence.action.refer"))
        self.only_missing.setText(say("evidence.wanted.only_missing"))
        self.attach_for.setText(say("evidence.wanted.attach"))
        for name, made in self.verbs.items():
            made.setText(say(f"evidence.action.{name}"))
        self.empty.set_texts(
            say("evidence.list.empty_title"), say("evidence.list.empty_text"), say("evidence.action.attach")
        )
        self.message.set_close_name(say("common.close"))
        self.preview.retranslate()

    def show_rows(self, evidence: tuple[EvidenceRow, ...], wanted: tuple[WantedRow, ...]) -> None:
        """Show both lists; the chosen row stays chosen."""
        say = self._looks.speech.say
        self.evidence.show(evidence)
        self.wanted.show(wanted)
        self.tabs.setTabText(0, say("evidence.list.tab", count=len(evidence)))
        met = sum(row.is_met for row in wanted)
        self.tabs.setTabText(1, say("evidence.wanted.tab", met=met, total=len(wanted)))
        self.list_stack.setCurrentWidget(self.evidence_table if evidence else self.empty)
        if evidence and not self.evidence_table.currentIndex().isValid():
            self.evidence_table.selectRow(0)
        self._tell_current(self.current())

    def current(self) -> EvidenceRow | None:
        """Return the chosen evidence."""
        index = self.evidence_table.currentIndex()
        row = index.data(PROPS) if index.isValid() else None
        return row if isinstance(row, EvidenceRow) else None

    def show_details(self, text: str) -> None:
        """Show hash, place, hand-over and links of the chosen evidence."""
        self.details.setText(text)
        self.details.setVisible(bool(text))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self.attach.isEnabled():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        if files:
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    def _tell_current(self, row: EvidenceRow | None) -> None:
        for name, made in self.verbs.items():
            made.setEnabled(row is not None and not (name == "revise" and row.is_reference))
        self.verbs["open_criterion"].setEnabled(row is not None and bool(row.criteria))
        self.chosen.emit(row)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._tell_current(self.current())

    @Slot()
    def _on_attach_for(self) -> None:
        self._on_wanted_activated(self.wanted_table.currentIndex())

    @Slot(QModelIndex)
    def _on_wanted_activated(self, index: QModelIndex) -> None:
        row = index.data(PROPS) if index.isValid() else None
        if isinstance(row, WantedRow):
            self.attach_for_wanted.emit(row)

    @Slot(bool)
    def _on_only_missing(self, is_on: bool) -> None:
        self.wanted_rows.only((lambda row: not row.is_met) if is_on else None)

    @Slot()
    def _on_action(self) -> None:
        sender = self.sender()
        for name, made in self.verbs.items():
            if made is sender:
                self.act_wanted.emit(name)

    @Slot()
    def _on_theme(self) -> None:
        self.empty.repaint_icon()
        self.message.repaint_icons()
        self.preview.retranslate()
