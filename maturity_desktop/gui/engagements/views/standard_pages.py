"""The pages about the standard: which edition and how much of it, towards which level, by which rule."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QRadioButton, QTreeView, QVBoxLayout, QWidget

from maturity_desktop.domain.engagement import Assessment, Scope
from maturity_desktop.domain.ids import LevelCode
from maturity_desktop.domain.standard import Edition, Level
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.theme import Theme
from maturity_desktop.gui.common.widgets import Card, LevelBadge, label
from maturity_desktop.gui.engagements.models import ScopeModel
from maturity_desktop.gui.engagements.views.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardChoice:
    """One edition of the library as the page offers it."""

    standard_id: str
    edition_id: str
    title: str
    numbers: str
    provenance: str


_NAME_WIDTH = 160
_TREE_HEIGHT = 170


class StandardPage(Page):
    """Chooses an edition and its scope; an edition once used cannot be changed."""

    edition_wanted = Signal(object)  # StandardChoice

    def __init__(self, speech: Speech) -> None:
        super().__init__(speech, "page_standard")
        self._edition: Edition | None = None
        self.which, self.which_field = self.choice("which_standard")
        self.numbers = label("", "caption", wraps=True)
        self.provenance = label("", "caption", wraps=True)
        self.all, self.modules, self.nodes = (
            QRadioButton(speech.say(f"engagement.scope_{name}")) for name in ("all", "modules", "nodes")
        )
        self.scope_group = QButtonGroup(self)
        self.tree = QTreeView()
        self.tree.setObjectName("setup_scope_tree")
        self.tree.setAccessibleName(speech.say("engagement.scope"))
        self.tree.setHeaderHidden(True)
        self.tree.setMinimumHeight(_TREE_HEIGHT)
        self.model = ScopeModel(speech, self)
        self.tree.setModel(self.model)
        self._module_boxes: dict[str, QCheckBox] = {}
        self._module_holder = QWidget()
        self._module_rows = QVBoxLayout(self._module_holder)
        self._module_rows.setContentsMargins(0, 0, 0, 0)
        self._arrange()
        self.which.activated.connect(self._on_which)
        self.scope_group.buttonClicked.connect(self._on_scope)
        self.model.ticked.connect(self.edited)

    def _arrange(self) -> None:
        self.row(self.which_field)
        self.rows.addWidget(self.numbers)
        self.rows.addWidget(self.provenance)
        self.rows.addWidget(label(self.speech.say("engagement.scope"), "field"))
        scopes = QHBoxLayout()
        scopes.setSpacing(Space.L)
        for name, made in (("all", self.all), ("modules", self.modules), ("nodes", self.nodes)):
            made.setObjectName(f"setup_scope_{name}")
            self.scope_group.addButton(made)
            scopes.addWidget(made)
        scopes.addStretch(1)
        self.rows.addLayout(scopes)
        self.rows.addWidget(self._module_holder)
        self.rows.addWidget(self.tree, 100)
        self.rows.addStretch(1)

    def show_choices(self, choices: tuple[StandardChoice, ...]) -> None:
        """Offer these editions."""
        self.which.clear()
        for choice in choices:
            self.which.addItem(choice.title, choice)

    def show_edition(self, edition: Edition, scope: Scope, *, is_fixed: bool) -> None:
        """Show what was chosen, and how much of it."""
        self._edition = edition
        self.which.setEnabled(not is_fixed)
        self.which_field.set_hint(self.speech.say("engagement.edition_fixed") if is_fixed else "")
        for place in range(self.which.count()):
            choice = self.which.itemData(place)
            if (choice.standard_id, choice.edition_id) == (edition.standard_id, edition.edition_id):
                self.which.setCurrentIndex(place)
                self._show_choice(choice)
        self.model.show_edition(edition, scope.nodes)
        self.tree.expandToDepth(0)
        self._show_modules(edition, scope)
        chosen = self.nodes if scope.nodes else self.modules if scope.modules else self.all
        chosen.setChecked(True)
        self._show_scope()

    @property
    def scope(self) -> Scope:
        """How much is assessed."""
        if self.nodes.isChecked():
            return Scope(nodes=self.model.chosen())
        if self.modules.isChecked():
            return Scope(modules=tuple(code for code, box in self._module_boxes.items() if box.isChecked()))
        return Scope()

    def _show_modules(self, edition: Edition, scope: Scope) -> None:
        for box in self._module_boxes.values():
            self._module_rows.removeWidget(box)
            box.deleteLater()
        self._module_boxes = {}
        for module in edition.modules:
            box = QCheckBox(self.speech.pick(module.name))
            box.setObjectName(f"setup_module_{module.code}")
            box.setChecked(module.code in scope.modules)
            box.toggled.connect(self.edited)
            self._module_boxes[module.code] = box
            self._module_rows.addWidget(box)
        self.modules.setVisible(bool(edition.modules))

    def _show_choice(self, choice: StandardChoice) -> None:
        self.numbers.setText(choice.numbers)
        self.provenance.setText(choice.provenance)

    @Slot(int)
    def _on_which(self, place: int) -> None:
        choice = self.which.itemData(place)
        if isinstance(choice, StandardChoice):
            self._show_choice(choice)
            self.edition_wanted.emit(choice)

    @Slot()
    def _on_scope(self) -> None:
        self._show_scope()
        self.edited.emit()

    def _show_scope(self) -> None:
        self.tree.setVisible(self.nodes.isChecked())
        self._module_holder.setVisible(self.modules.isChecked() and bool(self._module_boxes))


class TargetPage(Page):
    """Chooses the level aimed at and the rule that makes one level of many ratings."""

    def __init__(self, speech: Speech, theme: Theme) -> None:
        super().__init__(speech, "page_target")
        self._theme = theme
        self._edition: Edition | None = None
        self._buttons: dict[LevelCode, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self._levels = QVBoxLayout()
        self._levels.setSpacing(Space.XS)
        self._cards: list[QWidget] = []
        self.profile, field = self.choice("profile")
        self.note = label("", "soft", wraps=True)
        self.rows.addWidget(label(speech.say("engagement.target"), "field"))
        self.rows.addLayout(self._levels)
        self.row(field)
        self.rows.addWidget(self.note)
        self.rows.addStretch(1)
        self.profile.activated.connect(self._show_note)
        self._group.buttonClicked.connect(self.edited)

    def show_value(self, edition: Edition, assessment: Assessment) -> None:
        """Show the levels and rules of the edition with the choice made."""
        self._edition = edition
        self._show_levels(edition)
        chosen = self._buttons.get(assessment.target_level)
        if chosen is not None:
            chosen.setChecked(True)
        self.profile.clear()
        for profile in edition.profiles:
            self.profile.addItem(self.speech.pick(profile.name), profile.id)
        self.profile.setCurrentIndex(max(0, self.profile.findData(assessment.profile_id)))
        self._show_note()

    def value(self, assessment: Assessment) -> Assessment:
        """Return the assessment with the choices of the page."""
        target = next((code for code, made in self._buttons.items() if made.isChecked()), assessment.target_level)
        profile = self.profile.currentData() or assessment.profile_id
        return replace(assessment, target_level=target, profile_id=profile)

    def _show_levels(self, edition: Edition) -> None:
        for card in self._cards:
            self._levels.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards, self._buttons = [], {}
        for level in edition.levels:
            if level.code != edition.base_level:
                card = self._level_card(level)
                self._cards.append(card)
                self._levels.addWidget(card)

    def _level_card(self, level: Level) -> Card:
        card = Card(margin=Space.S)
        name = self.speech.pick(level.name)
        made = QRadioButton(name)
        made.setObjectName(f"setup_target_{level.code}")
        made.setAccessibleDescription(self.speech.pick(level.summary))
        badge = LevelBadge(self._theme)
        badge.set_level(level.code, level.colour, name)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(made)
        row.addWidget(badge)
        row.addWidget(label(self.speech.pick(level.summary), "caption", wraps=True), 1, Qt.AlignmentFlag.AlignVCenter)
        made.setMinimumWidth(_NAME_WIDTH)
        card.body.addLayout(row)
        self._buttons[level.code] = made
        self._group.addButton(made)
        return card

    @Slot()
    def _show_note(self) -> None:
        if self._edition is not None:
            self.note.setText(self.speech.pick(self._edition.profile(self.profile.currentData() or "").note))
