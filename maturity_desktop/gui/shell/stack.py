"""The stacked screens: built when first shown, told what changed, asked before closing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.screens import Destination, Place, Screen
from maturity_desktop.gui.shell import catalogue

if TYPE_CHECKING:
    from maturity_desktop.services.outcomes import Changes


class Stack(QStackedWidget):
    """Owns every screen and knows which one is shown."""

    goal_wanted = Signal(object)  # Goal
    saved = Signal(object)  # SaveState

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._screens: dict[Destination, Screen] = {}
        self._place: Place | None = None
        self._current = Destination.HOME

    @property
    def current(self) -> Destination:
        """The screen shown now."""
        return self._current

    def get(self, destination: Destination) -> Screen:
        """Return a screen, building it at first."""
        if destination not in self._screens:
            screen = catalogue.build(destination, self._desk)
            screen.setParent(self)
            screen.goal_wanted.connect(self.goal_wanted)
            screen.save_state_changed.connect(self.saved)
            self._screens[destination] = screen
            self.addWidget(screen.view)
            screen.enter(self._place)
        return self._screens[destination]

    def show_screen(self, destination: Destination) -> None:
        """Bring a screen to the front."""
        screen = self.get(destination)
        if self._current is not destination and self._current in self._screens:
            self._screens[self._current].deactivate()
        self._current = destination
        self.setCurrentWidget(screen.view)
        if not screen.is_active:
            screen.activate()
        _focus_into(screen.view)

    def enter(self, place: Place | None) -> None:
        """Tell every screen where the user works now."""
        self._place = place
        for screen in tuple(self._screens.values()):
            screen.enter(place)

    def receive(self, changes: "Changes", initiator: QObject | None) -> None:
        """Tell every screen what a committed verb touched."""
        for screen in tuple(self._screens.values()):
            screen.receive(changes, initiator)

    def retranslate(self) -> None:
        """Let every screen say everything again."""
        for screen in self._screens.values():
            screen.retranslate()

    def can_close(self) -> bool:
        """Ask every screen whether nothing would be lost; all of them are asked."""
        answers = [screen.can_close() for screen in self._screens.values()]
        return all(answers)


def _focus_into(view: QWidget) -> None:
    """Put the focus on the first control of a page, unless the page has it already."""
    focused = QApplication.focusWidget()
    if focused is not None and (focused is view or view.isAncestorOf(focused)):
        return
    found: QWidget | None = view.nextInFocusChain()
    while found is not None and found is not view:
        is_stop = bool(found.focusPolicy() & Qt.FocusPolicy.TabFocus) and found.isEnabled()
        if is_stop and view.isAncestorOf(found) and found.isVisibleTo(view):
            found.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        found = found.nextInFocusChain()
