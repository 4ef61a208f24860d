"""The results screen: headline with the rule, what-if banner, and the tabs."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space, Type
from maturity_desktop.gui.common.tables import table
from maturity_desktop.gui.common.widgets import EmptyState, LevelBadge, MessageBar, ProgressRing, Tone, label
from maturity_desktop.gui.results.models.tables import axes_model
from maturity_desktop.gui.results.state.charts import HeatRow, RadarProps
from maturity_desktop.gui.results.state.gaps import CoverageGroup, CoverageRow, GapProps
from maturity_desktop.gui.results.state.levels import HeadlineProps, LevelRow
from maturity_desktop.gui.results.views.coverage_tab import CoverageTab
from maturity_desktop.gui.results.views.gap_tab import GapTab
from maturity_desktop.gui.results.views.heat_tab import HeatTab
from maturity_desktop.gui.results.views.levels_tab import LevelsTab
from maturity_desktop.gui.results.views.radar import Radar


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsProps:
    """Everything the page shows but the reasons of the chosen place. `what_if` is the banner's sentence or ""."""

    headline: HeadlineProps
    sentences: tuple[str, ...]
    levels: tuple[LevelRow, ...]
    gap: GapProps
    radar: RadarProps
    heat: tuple[HeatRow, ...]
    level_names: tuple[str, ...]
    coverage: tuple[CoverageRow, ...]
    coverage_groups: tuple[CoverageGroup, ...]
    what_if: str


class ResultsPage(QWidget):
    """Assembles the parts."""

    reset_wanted = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("results_page")
        self.setProperty("look", "page")
        self._looks = looks
        self.badge = LevelBadge(looks.theme)
        self.badge.setObjectName("overall_level")
        self.badge.set_size(Type.DISPLAY)
        self.caption = label("", "field")
        self.level_name = label("", "title")
        self.level_name.setObjectName("overall_name")
        self.target = label("", "chip_accent")
        self.score = label("", "chip")
        self.score.setObjectName("overall_score")
        self.before = label("", "chip")
        self.rule = label("", "strong", wraps=True)
        self.rule.setObjectName("rule_profile")
        self.rule_note = label("", "caption", wraps=True)
        self.why = label("", wraps=True)
        self.why.setObjectName("overall_why")
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.ring = ProgressRing(looks.theme, 58)
        self.banner = MessageBar(looks.icons, "what_if_banner")
        self.message = MessageBar(looks.icons, "results_message")
        self.levels = LevelsTab(looks)
        self.gap = GapTab(looks)
        self.radar = Radar(looks)
        self.axes = axes_model(self)
        self.axes_table = table(self.axes, "radar_table", (180, 80, 80, 80))
        self.axes_table.setSortingEnabled(False)
        self.heat = HeatTab(looks)
        self.coverage = CoverageTab(looks)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("results_tabs")
        self.tabs.setDocumentMode(True)
        self.empty = EmptyState(looks.icons, Icon.RESULTS, "results_empty")
        self.stack = QStackedWidget()
        self._lay_out()
        self.banner.action_wanted.connect(self.reset_wanted)
        self.banner.closed.connect(self.reset_wanted)
        looks.theme.changed.connect(self._on_theme)
        self.retranslate()

    def _lay_out(self) -> None:
        radar = QSplitter(Qt.Orientation.Horizontal)
        radar.setChildrenCollapsible(False)
        radar.addWidget(self.radar)
        radar.addWidget(self.axes_table)
        radar.setContentsMargins(0, Space.S, 0, 0)
        radar.setSizes([720, 440])
        for part in (self.levels, self.gap, radar, self.heat, self.coverage):
            self.tabs.addTab(part, "")
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(Space.M, Space.M, Space.M, Space.S)
        layout.setSpacing(Space.S)
        layout.addWidget(self._headline())
        layout.addWidget(self.banner)
        layout.addWidget(self.message)
        layout.addWidget(self.tabs, 1)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def _headline(self) -> QFrame:
        card = QFrame()
        card.setObjectName("headline")
        card.setProperty("look", "card")
        names = QHBoxLayout()
        names.setSpacing(Space.S)
        names.addWidget(self.level_name)
        names.addWidget(self.target, 0, Qt.AlignmentFlag.AlignVCenter)
        names.addWidget(self.score, 0, Qt.AlignmentFlag.AlignVCenter)
        names.addWidget(self.before, 0, Qt.AlignmentFlag.AlignVCenter)
        names.addStretch(1)
        level = QVBoxLayout()
        level.setSpacing(2)
        level.addWidget(self.caption)
        level.addLayout(names)
        level.addWidget(self.rule)
        level.addWidget(self.rule_note)
        level.addStretch(1)
        layout = QHBoxLayout(card)
        layout.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        layout.setSpacing(Space.L)
        layout.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(level, 5)
        layout.addWidget(self.why, 6, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignTop)
        return card

    def retranslate(self) -> None:
        say = self._looks.speech.say
        for part in (self.levels, self.gap, self.heat, self.coverage):
            part.retranslate()
        self.axes.set_captions(say)
        self.axes_table.setAccessibleName(say("results.radar.table"))
        self.caption.setText(say("results.overall"))
        self.tabs.setAccessibleName(say("results.tabs"))
        self.tabs.setTabText(0, say("results.tab.levels"))
        self.tabs.setTabText(2, say("results.tab.radar"))
        self.tabs.setTabText(3, say("results.tab.heat"))
        for bar in (self.banner, self.message):
            bar.set_close_name(say("common.close"))
        self.empty.set_texts(say("results.empty_title"), say("results.empty_text"))

    def show_nothing(self) -> None:
        """There is no assessment."""
        self.stack.setCurrentIndex(0)

    def show_results(self, props: ResultsProps) -> None:
        """Show everything."""
        self.stack.setCurrentIndex(1)
        self._show_headline(props.headline, props.sentences)
        self.levels.show_levels(props.levels)
        self.gap.show_gap(props.gap)
        self.radar.show_radar(props.radar)
        self.axes.show(props.radar.axes)
        self.heat.show_heat(props.heat, props.level_names)
        self.coverage.show_coverage(props.coverage, props.coverage_groups)
        say = self._looks.speech.say
        self.tabs.setTabText(1, say("results.tab.gap", count=len(props.gap.rows)))
        self.tabs.setTabText(4, say("results.tab.coverage", count=len(props.coverage)))
        if props.what_if:
            self.banner.show_message(props.what_if, Tone.WARN, say("results.gap.reset"))
        else:
            self.banner.hide()

    def _show_headline(self, props: HeadlineProps, sentences: tuple[str, ...]) -> None:
        say = self._looks.speech.say
        self.badge.set_level(props.label, props.colour, f"{say('results.overall')} {props.level_name}")
        self.badge.setVisible(not props.is_in_words)
        self.level_name.setText(props.level_name)
        self.score.setText(say("results.score", score=props.score))
        self.score.setVisible(bool(props.score))
        self.target.setText(say("results.target", label=props.target))
        self.before.setText(say("results.what_if.before", label=props.before))
        self.before.setVisible(bool(props.before))
        self.rule.setText(f"{say('results.rule_label')}: {props.rule}")
        self.rule_note.setText(props.rule_note)
        self.why.setText("\n".join(sentences))
        done, total = props.progress.needed_answered, props.progress.needed_total
        self.ring.set_progress(done, total, say("results.answered", done=done, total=total))

    @Slot()
    def _on_theme(self) -> None:
        self.empty.repaint_icon()
        for bar in (self.banner, self.message):
            bar.repaint_icons()
