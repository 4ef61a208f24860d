"""Beside the criterion: its evidence with what is wanted, and guidance. Files may be dropped here."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from maturity_desktop.domain.ids import EvidenceId
from maturity_desktop.gui.assessment.models.lists import chips_model, history_model, requests_model
from maturity_desktop.gui.assessment.state.question import ChipProps, DetailProps
from maturity_desktop.gui.assessment.views.evidence_delegate import EvidenceDelegate
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.rows import PROPS, RowsModel
from maturity_desktop.gui.common.widgets import button, icon_button, label, look


def _list(model: RowsModel, object_name: str, delegate: EvidenceDelegate) -> QListView:
    made = QListView()
    made.setObjectName(object_name)
    made.setProperty("look", "bare")
    made.setModel(model)
    made.setItemDelegate(delegate)
    made.setUniformItemSizes(True)
    made.setMinimumHeight(36)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    return made


class EvidenceTab(QFrame):
    """Chips of linked evidence, what to do with them, and the requests of the cell."""

    attach_wanted = Signal()
    files_dropped = Signal(object)  # tuple[Path, ...]
    link_wanted = Signal()
    preview_wanted = Signal(str)  # EvidenceId
    unlink_wanted = Signal(str)  # EvidenceId

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evidence_tab")
        self.setAcceptDrops(True)
        self._looks = looks
        delegate = EvidenceDelegate(looks, self)
        self.chips_model = chips_model(self)
        self.requests_model = requests_model(self, self._state_words)
        self.chips = _list(self.chips_model, "evidence_chips", delegate)
        self.requests = _list(self.requests_model, "evidence_requests", delegate)
        self.requests.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.nothing = label("", "caption", wraps=True)
        self.wanted = label("", "field")
        self.attach = button("attach_evidence", look_name="small")
        self.link = button("link_evidence", look_name="small")
        self.preview = icon_button("preview_evidence")
        self.unlink = icon_button("unlink_evidence")
        self._lay_out()
        self.attach.clicked.connect(self.attach_wanted)
        self.link.clicked.connect(self.link_wanted)
        self.preview.clicked.connect(self._on_preview)
        self.unlink.clicked.connect(self._on_unlink)
        self.chips.doubleClicked.connect(self._on_chip)
        self.chips.activated.connect(self._on_chip)

    def _lay_out(self) -> None:
        actions = QHBoxLayout()
        actions.setSpacing(Space.XS)
        for part in (self.attach, self.link):
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            actions.addWidget(part)
        actions.addStretch(1)
        for tool in (self.preview, self.unlink):
            tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            actions.addWidget(tool)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.S, Space.S, Space.S, Space.XS)
        layout.setSpacing(Space.XS)
        layout.addLayout(actions)
        layout.addWidget(self.nothing)
        layout.addWidget(self.chips, 3)
        layout.addWidget(self.wanted)
        layout.addWidget(self.requests, 2)

    def retranslate(self) -> None:
        say = self._looks.speech.say
        self.attach.setText(say("assessment.detail.attach"))
        self.attach.setIcon(self._looks.icons.get(Icon.ADD))
        self.link.setText(say("assessment.detail.link"))
        for tool, icon, key in (
            (self.preview, Icon.EYE, "assessment.detail.preview"),
            (self.unlink, Icon.CLOSE, "assessment.detail.unlink"),
        ):
            tool.setIcon(self._looks.icons.get(icon))
            tool.setToolTip(say(key))
            tool.setAccessibleName(say(key))
        self.nothing.setText(say("assessment.detail.no_evidence"))
        self.chips.setAccessibleName(say("assessment.detail.evidence"))
        self.requests.setAccessibleName(say("assessment.detail.wanted"))

    def show_detail(self, props: DetailProps) -> None:
        say = self._looks.speech.say
        self.chips_model.show(props.evidence)
        self.requests_model.show(props.requests)
        has_any = bool(props.evidence)
        self.nothing.setVisible(not has_any)
        self.chips.setVisible(has_any)
        self.requests.setVisible(bool(props.requests))
        self.wanted.setText(say("assessment.detail.wanted" if props.requests else "assessment.detail.nothing_wanted"))
        self.attach.setEnabled(props.can_answer)
        self.link.setEnabled(props.can_answer)
        self.preview.setEnabled(has_any)
        self.unlink.setEnabled(has_any and props.can_answer)
        if has_any and not self.chips.currentIndex().isValid():
            self.chips.setCurrentIndex(self.chips_model.index(0, 0))

    def current(self) -> EvidenceId | None:
        """Return the chosen evidence, or the first one."""
        index = self.chips.currentIndex()
        props = index.data(PROPS) if index.isValid() else None
        if isinstance(props, ChipProps):
            return props.id
        rows = self.chips_model.rows
        return rows[0].id if rows else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self.attach.isEnabled():
            look(self, "drop")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        look(self, "")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        look(self, "")
        files = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        if files:
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    def _state_words(self, is_met: bool) -> str:
        return self._looks.speech.say("assessment.detail.met" if is_met else "assessment.detail.missing")

    @Slot()
    def _on_preview(self) -> None:
        current = self.current()
        if current is not None:
            self.preview_wanted.emit(current)

    @Slot()
    def _on_unlink(self) -> None:
        current = self.current()
        if current is not None:
            self.unlink_wanted.emit(current)

    @Slot(QModelIndex)
    def _on_chip(self, index: QModelIndex) -> None:
        props = index.data(PROPS)
        if isinstance(props, ChipProps):
            self.preview_wanted.emit(props.id)


class GuidanceTab(QScrollArea):
    """Scope, interview questions, and the terms found in the criterion."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guidance_tab")
        self._looks = looks
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("look", "scrolled")
        self._layout = QVBoxLayout(inner)
        self._layout.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        self._layout.setSpacing(Space.XS)
        self._parts = {name: (label("", "field"), label("", wraps=True)) for name in ("scope", "questions", "terms")}
        for caption, text in self._parts.values():
            self._layout.addWidget(caption)
            self._layout.addWidget(text)
            self._layout.addSpacing(Space.XS)
        self._layout.addStretch(1)
        self.setWidget(inner)

    def show_detail(self, props: DetailProps) -> None:
        self._fill("scope", props.scope)
        self._fill("questions", "\n".join(f"• {question}" for question in props.questions))
        self._fill("terms", "\n".join(f"{term} · {meaning}" for term, meaning in props.terms))

    def _fill(self, name: str, text: str) -> None:
        caption, body = self._parts[name]
        caption.setText(self._looks.speech.say(f"assessment.detail.{name}"))
        body.setText(text)
        caption.setVisible(bool(text))
        body.setVisible(bool(text))

    def bodies(self) -> tuple[QLabel, ...]:
        """Return the labels that hold the guidance."""
        return tuple(body for _, body in self._parts.values())


class SidePane(QFrame):
    """Evidence first, guidance and earlier answers behind it."""

    history_shown = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side_pane")
        self.setProperty("look", "card")
        self._looks = looks
        self.evidence = EvidenceTab(looks)
        self.guidance = GuidanceTab(looks)
        self.history_model = history_model(self)
        self.history = QListView()
        self.history.setObjectName("answer_revisions")
        self.history.setProperty("look", "bare")
        self.history.setModel(self.history_model)
        self.history.setWordWrap(True)
        self.history.setResizeMode(QListView.ResizeMode.Adjust)
        self.history.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.history.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("side_tabs")
        for tab in (self.evidence, self.guidance, self.history):
            self.tabs.addTab(tab, "")
        self.tabs.currentChanged.connect(self._on_tab)
        self.tabs.tabBar().setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.tabs)
        self.retranslate()

    def retranslate(self) -> None:
        self.tabs.setAccessibleName(self._looks.speech.say("assessment.detail.criterion"))
        self.tabs.setTabText(0, self._looks.speech.say("assessment.detail.evidence"))
        self.tabs.setTabText(1, self._looks.speech.say("assessment.detail.guidance"))
        self.tabs.setTabText(2, self._looks.speech.say("assessment.detail.history"))
        self.history.setAccessibleName(self._looks.speech.say("assessment.detail.history"))
        self.evidence.retranslate()

    def show_detail(self, props: DetailProps) -> None:
        self.evidence.show_detail(props)
        self.guidance.show_detail(props)
        self.tabs.setTabText(0, self._looks.speech.say("assessment.detail.evidence_count", count=len(props.evidence)))

    @property
    def is_history_shown(self) -> bool:
        """Whether earlier answers are on screen."""
        return self.tabs.currentWidget() is self.history

    @Slot(int)
    def _on_tab(self, _place: int) -> None:
        if self.is_history_shown:
            self.history_shown.emit()
