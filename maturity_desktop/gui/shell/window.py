"""The main window: rail, bar, message and screens; passes on what happens, and leaves in good order."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QSize, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QVBoxLayout, QWidget

from maturity_desktop.diagnostics.crash import CrashCapture
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.screens import Destination, Goal, SaveState
from maturity_desktop.gui.common.shortcuts import Shortcut, bind
from maturity_desktop.gui.engagements.home import HomeScreen
from maturity_desktop.gui.shell.lock_strip import LockStrip
from maturity_desktop.gui.shell.messages import MessageHandler
from maturity_desktop.gui.shell.notices import Notices
from maturity_desktop.gui.shell.session import Session
from maturity_desktop.gui.shell.stack import Stack
from maturity_desktop.gui.shell.switches import Switches
from maturity_desktop.gui.shell.views import GO_SHORTCUTS, PlaceWords, Rail, TopBar, framed

if TYPE_CHECKING:
    from maturity_desktop.services.context import Workspace
    from maturity_desktop.services.outcomes import Changes

log = logging.getLogger(__name__)
_SIZE = (1280, 800)
_TITLE_BAR = 32  # what a window manager adds above; small screens must show our lower edge
_NARROW_BELOW = 1100
_NARROW_QUESTIONNAIRE_BELOW = 1360  # five levels stand side by side there
_NAMED = ("structure", "signoff")  # what the top bar says rests on these
_WITHOUT_WORKSPACE = frozenset({Destination.HOME, Destination.LIBRARY, Destination.VERIFY, Destination.PREFERENCES})
_WITHOUT_ASSESSMENT = _WITHOUT_WORKSPACE | {Destination.ENGAGEMENTS, Destination.JOURNAL}


class MainWindow(QMainWindow):
    """Knows every screen; no screen knows another."""

    def __init__(self, desk: Desk, crash: CrashCapture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("main_window")
        self._desk = desk
        self._is_leaving = False
        self.session = Session(desk, self)
        self.switches = Switches(desk, self)
        self.rail = Rail(desk.icons, desk.theme, desk.speech)
        self.bar = TopBar(desk.icons, desk.theme, desk.speech)
        self.notices = Notices(desk, crash)
        self.lock_strip = LockStrip(desk)
        self.stack = Stack(desk)
        self._arrange()
        self._connect()
        self._bind_shortcuts()
        MessageHandler(self).install()
        self.home = cast("HomeScreen", self.stack.get(Destination.HOME))
        self.home.opening.opened.connect(self._on_opened)
        self.home.opening.busy_with.connect(self.notices.tell_busy)
        self.show_screen(Destination.HOME)

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way off the GUI thread."""
        return self._desk.jobs.is_busy

    def _arrange(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.lock_strip)
        column.addWidget(self.stack, 1)
        self.setCentralWidget(framed(self.rail, self.bar, middle))
        self.setWindowTitle(self._desk.speech.say("shell.product"))
        room = self.screen().availableGeometry().size() - QSize(0, _TITLE_BAR)
        self.resize(QSize(*_SIZE).boundedTo(room))

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_screen)
        self.bar.language_wanted.connect(self.switches.to_language)
        self.bar.theme_wanted.connect(self.switches.other_theme)
        self.bar.keys_wanted.connect(self.switches.show_keys)
        self.bar.lock_wanted.connect(self.lock)
        self.lock_strip.signoff_wanted.connect(lambda: self.show_screen(Destination.SIGNOFF))
        self.stack.goal_wanted.connect(self.go_to)
        self.stack.saved.connect(self._on_saved)
        self.session.place_changed.connect(self._on_place)
        self.session.words_changed.connect(self._on_words)
        self.session.idle.connect(self.lock)
        self._desk.hub.changed.connect(self._on_changed)
        self._desk.speech.language_changed.connect(self._retranslate)
        self._desk.theme.changed.connect(self._fit_rail)

    def _bind_shortcuts(self) -> None:
        for destination, shortcut in GO_SHORTCUTS.items():
            bind(shortcut, self).activated.connect(lambda there=destination: self.show_screen(there))
        for shortcut, slot in (
            (Shortcut.KEY_LIST, self.switches.show_keys),
            (Shortcut.SWITCH_THEME, self.switches.other_theme),
            (Shortcut.SWITCH_LANGUAGE, self.switches.other_language),
            (Shortcut.LOCK, self.lock),
            (Shortcut.QUIT, self.close),
            (Shortcut.NEW_WORKSPACE, lambda: self._begin("create")),
            (Shortcut.OPEN_WORKSPACE, lambda: self._begin("open")),
        ):
            bind(shortcut, self).activated.connect(slot)

    # --- navigation ---------------------------------------------------------------------------------------------

    def start(self, path: Path | None = None, *, with_sample: bool = False) -> None:
        """Begin with a workspace, the sample, or the home page; tell about a crash of the last session."""
        self.notices.offer_crash_record()
        if path is not None:
            QTimer.singleShot(0, self, lambda: self.home.opening.ask_passphrase(path))
        elif with_sample:
            QTimer.singleShot(0, self, self.home.open_sample)

    @Slot(object)
    def show_screen(self, destination: Destination) -> None:
        """Go to a screen if it makes sense now."""
        if destination in self._reachable():
            self.stack.show_screen(destination)
        self.lock_strip.show_screen(self.stack.current)
        self._fit_rail()
        self.rail.show_place(self.stack.current, self._reachable())

    @Slot(object)
    def go_to(self, goal: Goal) -> None:
        """Go to a screen and to what the goal names there."""
        if goal.assessment_id is not None:
            self.session.choose(goal.assessment_id)
        self.show_screen(goal.destination)
        if self.stack.current is goal.destination:
            self.stack.get(goal.destination).go_to(goal)

    def _reachable(self) -> frozenset[Destination]:
        place = self.session.place
        if place is None:
            return _WITHOUT_WORKSPACE
        return frozenset(Destination) if place.assessment_id is not None else _WITHOUT_ASSESSMENT

    def _begin(self, action: str) -> None:
        self.show_screen(Destination.HOME)
        self.home.begin(action)

    # --- what happens -------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_opened(self, workspace: "Workspace") -> None:
        self.notices.bar.dismiss()
        self.session.end()
        self.session.begin(workspace)
        self.show_screen(Destination.ENGAGEMENTS)

    @Slot()
    def _on_place(self) -> None:
        self.stack.enter(self.session.place)
        if self.stack.current not in self._reachable():
            self.show_screen(Destination.HOME)
        self.rail.show_place(self.stack.current, self._reachable())

    @Slot(object)
    def _on_words(self, words: PlaceWords) -> None:
        self.bar.show_place(words)
        self.lock_strip.show_lock(is_approved=words.is_approved)
        product = self._desk.speech.say("shell.product")
        self.setWindowTitle(f"{words.trail} – {product}" if words.trail else product)

    @Slot(object, object)
    def _on_changed(self, changes: "Changes", initiator: QObject | None) -> None:
        self.stack.receive(changes, initiator)
        if any(area.value in _NAMED for area in changes.areas):
            self.session.reload_words()

    @Slot(object)
    def _on_saved(self, state: SaveState) -> None:
        self.bar.show_saved(state)

    @Slot()
    def _retranslate(self) -> None:
        self.rail.retranslate()
        self.bar.retranslate()
        self.session.retranslate()
        self.notices.retranslate()
        self.stack.retranslate()

    # --- leaving ------------------------------------------------------------------------------------------------

    @Slot()
    def lock(self) -> None:
        """Close the workspace and ask for its passphrase again."""
        place = self.session.place
        if place is None:
            return
        if not self.stack.can_close():
            self.session.wait_again()
            return
        for dialog in self.findChildren(QDialog):
            dialog.reject()
        self.session.end()
        self.show_screen(Destination.HOME)
        self.home.opening.ask_passphrase(place.workspace.path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_rail()
        super().resizeEvent(event)

    @Slot()
    def _fit_rail(self) -> None:
        is_dense = self.stack.current is Destination.QUESTIONNAIRE
        least = _NARROW_QUESTIONNAIRE_BELOW if is_dense else _NARROW_BELOW
        self.rail.set_compact(self.width() < self._desk.theme.px(least))

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._is_leaving and not self.stack.can_close():
            event.ignore()
            return
        if not self._is_leaving:
            self._is_leaving = True
            self.session.end()
            self._desk.jobs.drain()
            log.info("window closes")
        event.accept()
