"""The first page: recent workspaces and the ways to begin; a picture and one clear step for the very first start."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icon, Icons
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.theme import Theme
from maturity_desktop.gui.common.widgets import Card, ElidedLabel, button, icon_button, label, scrolled
from maturity_desktop.gui.engagements.state import RecentRow

_ACTIONS = (
    ("create", Icon.ADD),
    ("open", Icon.OPEN),
    ("backup", Icon.BACKUP),
    ("restore", Icon.UNDO),
    ("sample", Icon.SAMPLE),
)
_ASIDE = 330
_WIDEST = 1080


class RecentCard(QWidget):
    """One workspace opened before; the whole left part is the button."""

    chosen = Signal(object)  # Path
    removed = Signal(object)  # Path

    def __init__(self, icons: Icons, speech: Speech, row: RecentRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = row.path
        self.open_button = button(f"recent_{row.path.stem}", look_name="row")
        self.open_button.setEnabled(not row.is_missing)
        spoken = " · ".join(part for part in (row.name, row.place, row.opened, row.state) if part)
        self.open_button.setAccessibleName(spoken)
        name = label(row.name, "strong")
        place = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        place.set_text(row.place)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(name)
        texts.addWidget(place)
        inner = QHBoxLayout(self.open_button)
        inner.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        inner.setSpacing(Space.M)
        picture = QLabel()
        picture.setPixmap(icons.pixmap(Icon.WARNING if row.is_missing else Icon.ENGAGEMENTS, 22, ratio=2))
        inner.addWidget(picture)
        inner.addLayout(texts, 1)
        inner.addWidget(label(row.state or row.opened, "chip_warn" if row.is_missing else "caption"))
        self.remove_button = icon_button(
            f"forget_{row.path.stem}", icons.get(Icon.CLOSE), speech.say("home.forget", name=row.name)
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.XS)
        layout.addWidget(self.open_button, 1)
        layout.addWidget(self.remove_button)
        self.open_button.clicked.connect(self._choose)
        self.remove_button.clicked.connect(self._remove)

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self._path)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self._path)


class HomeView(QWidget):
    """Shows recent workspaces and emits what the user wants to begin with."""

    action_wanted = Signal(str)  # create, open, backup, restore, sample
    recent_chosen = Signal(object)  # Path
    recent_removed = Signal(object)  # Path

    def __init__(self, icons: Icons, theme: Theme, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("home")
        self._icons, self._theme, self._speech = icons, theme, speech
        self._rows: tuple[RecentRow, ...] = ()
        self._cards: list[RecentCard] = []
        self._title, self._tagline = label("", "display"), label("", "soft", wraps=True)
        self._recent_title = label("", "heading")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(Space.S)
        self._welcome = _Welcome(icons)
        self._welcome.action_wanted.connect(self.action_wanted)
        self._buttons: dict[str, QPushButton] = {}
        self._hints = {name: label("", "caption", wraps=True) for name, _ in _ACTIONS}
        self._begin_title = label("", "heading")
        self._offline = label("", "caption", wraps=True)
        self._build()
        theme.changed.connect(self.retranslate)
        self.retranslate()

    def _build(self) -> None:
        self._left = QStackedLayout()
        recents = QWidget()
        column = QVBoxLayout(recents)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._recent_title)
        column.addLayout(self._recent)
        column.addStretch(1)
        self._left.addWidget(recents)
        self._left.addWidget(self._welcome)
        columns = QHBoxLayout()
        columns.setSpacing(Space.XL)
        columns.addLayout(self._left, 1)
        columns.addWidget(self._aside(), 0, Qt.AlignmentFlag.AlignTop)
        page = QVBoxLayout()
        page.setSpacing(Space.XS)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._title)
        page.addWidget(self._tagline)
        page.addSpacing(Space.XL)
        page.addLayout(columns)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(page, object_name="home_scroll", width_limit=_WIDEST))

    def _aside(self) -> Card:
        card = Card("begin")
        card.setFixedWidth(self._theme.px(_ASIDE))
        card.body.setSpacing(Space.S)
        card.body.addWidget(self._begin_title)
        for name, _ in _ACTIONS:
            made = button(f"begin_{name}", look_name="primary" if name == "create" else "")
            made.clicked.connect(lambda _=False, name=name: self.action_wanted.emit(name))
            self._buttons[name] = made
            card.body.addWidget(made)
            card.body.addWidget(self._hints[name])
        card.body.addWidget(self._offline)
        return card

    def show_recent(self, rows: tuple[RecentRow, ...]) -> None:
        """Show these workspaces, newest first; none shows the welcome."""
        self._rows = rows
        for card in self._cards:
            self._recent.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [RecentCard(self._icons, self._speech, row) for row in rows]
        for card in self._cards:
            card.chosen.connect(self.recent_chosen)
            card.removed.connect(self.recent_removed)
            self._recent.addWidget(card)
        self._left.setCurrentIndex(0 if rows else 1)

    @Slot()
    def retranslate(self) -> None:
        """Say everything again, in the colours of the theme."""
        say = self._speech.say
        self._title.setText(say("shell.product"))
        self._tagline.setText(say("home.tagline"))
        self._recent_title.setText(say("home.recent"))
        self._begin_title.setText(say("home.begin"))
        self._offline.setText(say("home.offline"))
        for name, icon in _ACTIONS:
            made = self._buttons[name]
            made.setText(say(f"home.{name}"))
            made.setAccessibleDescription(say(f"home.{name}_hint"))
            is_primary = made.property("look") == "primary"
            made.setIcon(self._icons.get(icon, self._theme.palette.on_accent if is_primary else ""))
            self._hints[name].setText(say(f"home.{name}_hint"))
        self._welcome.say(self._speech, self._theme)
        self.show_recent(self._rows)


class _Welcome(Card):
    """What the very first start shows instead of a list."""

    action_wanted = Signal(str)

    def __init__(self, icons: Icons) -> None:
        super().__init__("welcome", margin=Space.XXL)
        self._icons = icons
        self._picture = QLabel()
        self._heading = label("", "title", wraps=True)
        self._text = label("", "soft", wraps=True)
        self._steps = [label("", "", wraps=True) for _ in range(3)]
        self._sample = button("welcome_sample", look_name="primary")
        self._create = button("welcome_create")
        for part in (self._picture, self._heading, self._text, *self._steps):
            self.body.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._sample)
        row.addWidget(self._create)
        row.addStretch(1)
        self.body.addSpacing(Space.S)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self._sample.clicked.connect(lambda: self.action_wanted.emit("sample"))
        self._create.clicked.connect(lambda: self.action_wanted.emit("create"))

    def say(self, speech: Speech, theme: Theme) -> None:
        """Say everything in the current language."""
        self._picture.setPixmap(self._icons.pixmap(Icon.QUESTIONNAIRE, 56, theme.palette.accent, 2))
        self._heading.setText(speech.say("home.welcome"))
        self._text.setText(speech.say("home.welcome_text"))
        for number, step in enumerate(self._steps, 1):
            step.setText(f"{number}.  {speech.say(f'home.step_{number}')}")
        self._sample.setText(speech.say("home.sample"))
        self._create.setText(speech.say("home.create"))
