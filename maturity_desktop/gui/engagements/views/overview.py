"""The overview of a workspace: engagements as cards, their assessments as rows with level, progress and actions."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icon, Icons
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space, Type
from maturity_desktop.gui.common.theme import Theme
from maturity_desktop.gui.common.widgets import (
    Card,
    ElidedLabel,
    EmptyState,
    LevelBadge,
    ProgressRing,
    SectionHeader,
    button,
    icon_button,
    label,
    line,
    scrolled,
)
from maturity_desktop.gui.engagements.overview import AssessmentLine, EngagementBlock

Parts = tuple[Icons, Theme, Speech]
_WIDEST = 1160


class AssessmentRow(QWidget):
    """One assessment: level, what it is about, how far it is, and what to do with it."""

    work_wanted = Signal(object)  # AssessmentId
    results_wanted = Signal(object)  # AssessmentId
    edit_wanted = Signal(object)  # AssessmentId
    move_wanted = Signal(object)  # AssessmentId

    def __init__(self, parts: Parts, shown: AssessmentLine, *, can_edit: bool) -> None:
        super().__init__()
        icons, theme, speech = parts
        self._id = shown.id
        badge = LevelBadge(theme)
        badge.set_size(Type.HEADING)
        badge.set_level(shown.result, theme.palette.accent, speech.say("engagement.result_now"))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        system = ElidedLabel()
        system.set_text(shown.system)
        system.setFont(theme.font(Type.STRONG, is_strong=True))
        texts.addWidget(system)
        texts.addWidget(label(f"{shown.standard}  ·  {shown.target}", "soft", wraps=True))
        texts.addWidget(label(shown.numbers, "caption", wraps=True))
        self.move_button = button(f"move_{shown.id}", speech.say("editions.move.wanted", edition=shown.newer), "small")
        self.move_button.setIcon(icons.get(Icon.LIBRARY, theme.palette.accent))
        self.move_button.setToolTip(speech.say("editions.move.wanted_hint"))
        self.move_button.setVisible(can_edit and bool(shown.newer))
        texts.addWidget(self.move_button, 0, Qt.AlignmentFlag.AlignLeft)
        ring = ProgressRing(theme, 52)
        ring.set_progress(shown.answered, shown.total, shown.numbers)
        self.work = button(f"work_{shown.id}", speech.say("engagement.work"), "primary")
        self.results = button(f"results_{shown.id}", speech.say("engagement.results"))
        self.edit = icon_button(
            f"edit_{shown.id}", icons.get(Icon.EDIT), speech.say("engagement.edit_assessment_title")
        )
        self.edit.setVisible(can_edit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, Space.S, 0, Space.S)
        layout.setSpacing(Space.L)
        layout.addWidget(badge)
        layout.addLayout(texts, 1)
        layout.addWidget(ring)
        for action in (self.work, self.results, self.edit):
            layout.addWidget(action)
        self.work.clicked.connect(self._on_work)
        self.results.clicked.connect(self._on_results)
        self.edit.clicked.connect(self._on_edit)
        self.move_button.clicked.connect(self._on_move)

    @Slot()
    def _on_move(self) -> None:
        self.move_wanted.emit(self._id)

    @Slot()
    def _on_work(self) -> None:
        self.work_wanted.emit(self._id)

    @Slot()
    def _on_results(self) -> None:
        self.results_wanted.emit(self._id)

    @Slot()
    def _on_edit(self) -> None:
        self.edit_wanted.emit(self._id)


class EngagementCard(Card):
    """One engagement with its assessments."""

    more_wanted = Signal(object)  # EngagementId
    edit_wanted = Signal(object)  # EngagementId

    def __init__(self, parts: Parts, shown: EngagementBlock, *, can_edit: bool) -> None:
        super().__init__(f"engagement_{shown.id}")
        icons, _, speech = parts
        self._id = shown.id
        header = SectionHeader()
        header.set_texts(shown.title, shown.institution)
        self.more = button(f"more_{shown.id}", speech.say("engagement.more"))
        self.more.setIcon(icons.get(Icon.ADD))
        self.edit = icon_button(f"edit_{shown.id}", icons.get(Icon.EDIT), speech.say("engagement.edit_title"))
        for action in (self.more, self.edit):
            action.setVisible(can_edit)
            header.buttons.addWidget(action)
        chips = QHBoxLayout()
        chips.setSpacing(Space.S)
        if shown.is_sample:
            chips.addWidget(label(speech.say("shell.sample"), "chip_warn"))
        for fact in shown.facts:
            chips.addWidget(label(fact, "chip"))
        chips.addStretch(1)
        self.body.addWidget(header)
        self.body.addLayout(chips)
        self.rows = [AssessmentRow(parts, each, can_edit=can_edit) for each in shown.lines]
        for row in self.rows:
            self.body.addWidget(line())
            self.body.addWidget(row)
        if not self.rows:
            self.body.addWidget(label(speech.say("engagement.no_assessment"), "soft", wraps=True))
        self.more.clicked.connect(self._on_more)
        self.edit.clicked.connect(self._on_edit)

    @Slot()
    def _on_more(self) -> None:
        self.more_wanted.emit(self._id)

    @Slot()
    def _on_edit(self) -> None:
        self.edit_wanted.emit(self._id)


class OverviewView(QWidget):
    """All engagements of the workspace, or the invitation to set up the first one."""

    new_wanted = Signal()
    more_wanted = Signal(object)  # EngagementId
    edit_engagement_wanted = Signal(object)  # EngagementId
    edit_assessment_wanted = Signal(object)  # AssessmentId
    work_wanted = Signal(object)  # AssessmentId
    results_wanted = Signal(object)  # AssessmentId
    move_wanted = Signal(object)  # AssessmentId

    def __init__(self, icons: Icons, theme: Theme, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("engagements")
        self._parts = (icons, theme, speech)
        self._blocks: tuple[EngagementBlock, ...] = ()
        self._can_edit = True
        self._cards: list[EngagementCard] = []
        self._header = SectionHeader("title")
        self.new_button = button("new_engagement", look_name="primary")
        self._header.buttons.addWidget(self.new_button)
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.L)
        page = QVBoxLayout()
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(Space.L)
        page.addWidget(self._header)
        page.addLayout(self._list)
        self._empty = EmptyState(icons, Icon.ENGAGEMENTS, "no_engagement")
        self._layers = QStackedLayout(self)
        self._layers.addWidget(scrolled(page, object_name="engagements_scroll", width_limit=_WIDEST))
        self._layers.addWidget(self._empty)
        self.new_button.clicked.connect(self.new_wanted)
        self._empty.acted.connect(self.new_wanted)
        theme.changed.connect(self.retranslate)
        self.retranslate()

    def show_blocks(self, blocks: tuple[EngagementBlock, ...], *, can_edit: bool) -> None:
        """Show these engagements, newest first."""
        self._blocks, self._can_edit = blocks, can_edit
        for card in self._cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [EngagementCard(self._parts, block, can_edit=can_edit) for block in blocks]
        for card in self._cards:
            card.more_wanted.connect(self.more_wanted)
            card.edit_wanted.connect(self.edit_engagement_wanted)
            for row in card.rows:
                row.work_wanted.connect(self.work_wanted)
                row.results_wanted.connect(self.results_wanted)
                row.edit_wanted.connect(self.edit_assessment_wanted)
                row.move_wanted.connect(self.move_wanted)
            self._list.addWidget(card)
        self.new_button.setVisible(can_edit)
        self._layers.setCurrentIndex(0 if blocks else 1)

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        icons, theme, speech = self._parts
        self._header.set_texts(speech.say("engagement.overview"), speech.say("engagement.overview_text"))
        self.new_button.setText(speech.say("engagement.new_title"))
        self.new_button.setIcon(icons.get(Icon.ADD, theme.palette.on_accent))
        self._empty.set_texts(
            speech.say("engagement.empty"), speech.say("engagement.empty_text"), speech.say("engagement.new_title")
        )
        self._empty.repaint_icon()
        self.show_blocks(self._blocks, can_edit=self._can_edit)
