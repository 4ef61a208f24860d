"""The rail on the left and the bar on top: they show values and emit intents."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icon, Icons
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.screens import Destination, SaveState
from maturity_desktop.gui.common.shortcuts import Shortcut
from maturity_desktop.gui.common.theme import Theme
from maturity_desktop.gui.common.widgets import ElidedLabel, SavedIndicator, button, icon_button, label, line, name_it

_WIDE, _NARROW = 204, 60
_AT_FOOT = (Destination.LIBRARY, Destination.VERIFY, Destination.JOURNAL, Destination.PREFERENCES)
GO_SHORTCUTS = dict(
    zip(
        Destination,
        (
            Shortcut.GO_1,
            Shortcut.GO_2,
            Shortcut.GO_13,
            Shortcut.GO_3,
            Shortcut.GO_4,
            Shortcut.GO_5,
            Shortcut.GO_6,
            Shortcut.GO_7,
            Shortcut.GO_8,
            Shortcut.GO_12,
            Shortcut.GO_9,
            Shortcut.GO_10,
            Shortcut.GO_11,
        ),
        strict=True,
    )
)


class Rail(QFrame):
    """Navigation; becomes a strip of icons when the window is narrow."""

    chosen = Signal(object)  # Destination

    def __init__(self, icons: Icons, theme: Theme, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setProperty("look", "rail")
        self._icons, self._theme, self._speech = icons, theme, speech
        self._is_compact = False
        self._buttons: dict[Destination, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._product = label("", "heading")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.M, Space.L, Space.M, Space.M)
        layout.setSpacing(2)
        layout.addWidget(self._product)
        layout.addSpacing(Space.M)
        for destination in Destination:
            if destination is _AT_FOOT[0]:
                layout.addStretch(1)
                layout.addWidget(line())
                layout.addSpacing(Space.XS)
            layout.addWidget(self._made(destination))
        self._group.idClicked.connect(self._on_clicked)
        theme.changed.connect(self.repaint_icons)
        self.set_compact(False)
        self.retranslate()

    def show_place(self, current: Destination, reachable: frozenset[Destination]) -> None:
        """Mark the present screen and lock those that make no sense now."""
        for destination, made in self._buttons.items():
            made.setEnabled(destination in reachable)
            made.setChecked(destination is current)
        self.repaint_icons()

    def set_compact(self, is_compact: bool) -> None:
        """Show only icons, or icons with words."""
        width = _NARROW if is_compact else self._theme.px(_WIDE)
        if is_compact == self._is_compact and width == self.maximumWidth():
            return
        self._is_compact = is_compact
        self.setFixedWidth(width)
        self._product.setVisible(not is_compact)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        self._product.setText(self._speech.say("shell.product"))
        for destination, made in self._buttons.items():
            word = self._speech.say(f"shell.rail.{destination.value}")
            made.setText("" if self._is_compact else word)
            made.setToolTip(f"{word}  {GO_SHORTCUTS[destination].shown}")
            made.setAccessibleName(word)

    @Slot()
    def repaint_icons(self) -> None:
        """Draw the icons again in the colours of the theme."""
        for destination, made in self._buttons.items():
            colour = self._theme.palette.accent if made.isChecked() else ""
            made.setIcon(self._icons.get(Icon(destination.value), colour))

    def _made(self, destination: Destination) -> QPushButton:
        made = button(f"rail_{destination.value}", look_name="rail")
        made.setCheckable(True)
        self._buttons[destination] = made
        self._group.addButton(made, list(Destination).index(destination))
        return made

    @Slot(int)
    def _on_clicked(self, place: int) -> None:
        self.chosen.emit(list(Destination)[place])


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWords:
    """What the bar says of where the user works; empty texts are not shown."""

    trail: str = ""
    target: str = ""
    is_read_only: bool = False
    is_approved: bool = False
    is_sample: bool = False
    has_workspace: bool = False


class TopBar(QFrame):
    """Where the user works, what became of the last edit, and the switches."""

    language_wanted = Signal(object)  # Language
    theme_wanted = Signal()
    keys_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, icons: Icons, theme: Theme, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top_bar")
        self.setProperty("look", "topbar")
        self._icons, self._theme, self._speech = icons, theme, speech
        self._words = PlaceWords()
        self._save_state = SaveState.IDLE
        self.trail = ElidedLabel()
        self.trail.setObjectName("trail")
        self.target = label("", "chip_accent")
        self.sample = label("", "chip_warn")
        self.read_only = label("", "chip_warn")
        self.approved = label("", "chip_good")
        self.approved.setObjectName("approved_chip")
        self.saved = SavedIndicator(icons, theme)
        self.zh = button("language_zh", "中", "segment_first")
        self.en = button("language_en", "EN", "segment_last")
        self.theme_button = icon_button("theme_switch")
        self.keys_button = icon_button("key_list")
        self.lock_button = icon_button("lock")
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.S, Space.L, Space.S)
        layout.setSpacing(Space.S)
        layout.addWidget(self.trail, 1)
        for part in (self.sample, self.read_only, self.approved, self.target, self.saved):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addSpacing(Space.S)
        languages = QHBoxLayout()
        languages.setSpacing(0)
        for made in (self.zh, self.en):
            made.setCheckable(True)
            languages.addWidget(made)
        layout.addLayout(languages)
        for tool in (self.theme_button, self.keys_button, self.lock_button):
            layout.addWidget(tool)

    def _connect(self) -> None:
        self.zh.clicked.connect(lambda: self.language_wanted.emit("zh"))
        self.en.clicked.connect(lambda: self.language_wanted.emit("en"))
        self.theme_button.clicked.connect(self.theme_wanted)
        self.keys_button.clicked.connect(self.keys_wanted)
        self.lock_button.clicked.connect(self.lock_wanted)
        self._theme.changed.connect(self.repaint_icons)

    def show_place(self, words: PlaceWords) -> None:
        """Show where the user works."""
        self._words = words
        self.retranslate()

    def show_saved(self, state: SaveState) -> None:
        """Show what became of the last edit."""
        self._save_state = state
        word = "" if state is SaveState.IDLE else self._speech.say(f"common.saved.{state.value}")
        self.saved.set_state(state, word)

    def retranslate(self) -> None:
        """Say everything again."""
        say, words = self._speech.say, self._words
        self.trail.set_text(words.trail or say("shell.no_workspace"))
        for part, text, is_shown in (
            (self.target, words.target, bool(words.target)),
            (self.read_only, say("shell.read_only"), words.is_read_only),
            (self.approved, say("shell.approved"), words.is_approved),
            (self.sample, say("shell.sample"), words.is_sample),
        ):
            part.setText(text)
            part.setVisible(is_shown)
        self.approved.setToolTip(say("shell.approved_text"))
        name_it(self.zh, "language_zh", "中文")
        name_it(self.en, "language_en", "English")
        self.zh.setChecked(self._speech.language == "zh")
        self.en.setChecked(self._speech.language == "en")
        tools = ((self.theme_button, "theme"), (self.keys_button, "keys"), (self.lock_button, "lock"))
        for tool, key in tools:
            tool.setToolTip(say(f"shell.{key}"))
            tool.setAccessibleName(say(f"shell.{key}"))
        self.lock_button.setEnabled(words.has_workspace)
        self.show_saved(self._save_state)
        self.repaint_icons()

    @Slot()
    def repaint_icons(self) -> None:
        """Draw the icons again in the colours of the theme."""
        self.theme_button.setIcon(self._icons.get(Icon.SUN if self._theme.palette.is_dark else Icon.MOON))
        self.keys_button.setIcon(self._icons.get(Icon.KEYBOARD))
        self.lock_button.setIcon(self._icons.get(Icon.LOCK))


def framed(rail: Rail, bar: TopBar, middle: QWidget) -> QWidget:
    """Return the window's inside: rail left, bar on top, the screen in the middle."""
    inside = QWidget()
    inside.setProperty("look", "page")
    inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    right = QVBoxLayout()
    right.setSpacing(0)
    right.addWidget(bar)
    right.addWidget(middle, 1)
    layout = QHBoxLayout(inside)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(rail)
    layout.addLayout(right, 1)
    return inside
