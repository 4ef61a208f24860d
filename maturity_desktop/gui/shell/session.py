"""The open workspace: where the user works in it, locking after idle time, closing."""

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.screens import Place
from maturity_desktop.gui.shell.views import PlaceWords
from maturity_desktop.settings import options
from maturity_desktop.settings.options import Option

if TYPE_CHECKING:
    from maturity_desktop.services.context import Workspace
    from maturity_desktop.services.engagements import EngagementCard

    Known = tuple[tuple[EngagementCard, ...], frozenset[AssessmentId]]  # all there is, and what is approved

log = logging.getLogger(__name__)
_MINUTE_MS = 60_000
_ACTIVITY = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)


class Session(QObject):
    """Holds the workspace and the chosen assessment; tells when either changes."""

    place_changed = Signal()
    words_changed = Signal(object)  # PlaceWords
    idle = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._place: Place | None = None
        self._cards: tuple[EngagementCard, ...] = ()
        self._approved: frozenset[AssessmentId] = frozenset()
        self._idle_timer = QTimer(self)
        self._idle_timer.setSingleShot(True)
        self._idle_timer.timeout.connect(self.idle)
        desk.settings.listen(self._on_setting)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)

    @property
    def place(self) -> Place | None:
        """Where the user works; None while no workspace is open."""
        return self._place

    def begin(self, workspace: "Workspace") -> None:
        """Take an opened workspace; its newest assessment is chosen as soon as it is known."""
        self._place = Place(workspace=workspace)
        self._cards = ()
        if not workspace.is_read_only:
            self._remember(workspace)
        self._restart_idle_timer()
        self.place_changed.emit()
        self.reload_words()

    def choose(self, assessment_id: AssessmentId) -> None:
        """Work in this assessment from now on."""
        if self._place is None or self._place.assessment_id == assessment_id:
            return
        self._place = Place(workspace=self._place.workspace, assessment_id=assessment_id)
        self.place_changed.emit()
        self._tell_words()

    def end(self) -> None:
        """Close the workspace (on the write lane, after everything that waits there)."""
        if self._place is None:
            return
        workspace, self._place, self._cards = self._place.workspace, None, ()
        self._idle_timer.stop()
        self.place_changed.emit()
        self._tell_words()
        self._desk.jobs.write(partial(_close, workspace), self._on_closed)

    @Slot()
    def reload_words(self) -> None:
        """Read again what the engagements are called."""
        if self._place is not None:
            self._desk.jobs.work(partial(_cards, self._place.workspace), self._on_cards)

    def retranslate(self) -> None:
        """Say again where the user works."""
        self._tell_words()

    def _on_cards(self, result: "Success[Known] | Failure") -> None:
        if self._place is None:
            return
        if isinstance(result, Failure):
            self._desk.problems.announce(result.problem)
            return
        self._cards, self._approved = result.value
        newest = next((line.assessment.id for card in self._cards for line in card.assessments), None)
        if self._place.assessment_id is None and newest is not None:
            self._place = Place(workspace=self._place.workspace, assessment_id=newest)
            self.place_changed.emit()
        self._tell_words()

    def _on_closed(self, result: "Success[None] | Failure") -> None:
        if isinstance(result, Failure):
            self._desk.problems.announce(result.problem)

    def _tell_words(self) -> None:
        self.words_changed.emit(self._words())

    def _words(self) -> PlaceWords:
        place = self._place
        if place is None:
            return PlaceWords()
        workspace, pick = place.workspace, self._desk.speech.pick
        for card in self._cards:
            for line in card.assessments:
                if line.assessment.id == place.assessment_id:
                    parts = (pick(card.institution.name), pick(line.system.name), pick(line.standard))
                    return PlaceWords(
                        trail="  ›  ".join(part for part in parts if part),
                        target=self._desk.speech.say("shell.target", level=line.target_label),
                        is_read_only=workspace.is_read_only,
                        is_approved=line.assessment.id in self._approved,
                        is_sample=card.engagement.is_sample,
                        has_workspace=True,
                    )
        return PlaceWords(trail=workspace.path.stem, is_read_only=workspace.is_read_only, has_workspace=True)

    def _remember(self, workspace: "Workspace") -> None:
        try:
            self._desk.settings.remember(workspace.path, workspace.machine.clock.now())
        except EnvironmentProblem as problem:
            self._desk.problems.announce(problem)

    # --- idle ---------------------------------------------------------------------------------------------------

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY and self._idle_timer.isActive():
            self._idle_timer.start()
        return False

    @Slot(QWindow)
    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def _on_setting(self, option: Option) -> None:
        if option is options.LOCK_AFTER_MINUTES:
            self._restart_idle_timer()

    def wait_again(self) -> None:
        """Count idle time from now on: locking was not possible."""
        self._restart_idle_timer()

    def _restart_idle_timer(self) -> None:
        minutes = self._desk.settings.number(options.LOCK_AFTER_MINUTES)
        self._idle_timer.stop()
        if minutes and self._place is not None:
            self._idle_timer.start(minutes * _MINUTE_MS)


def _cards(workspace: "Workspace") -> "Known":
    from maturity_desktop.services import engagements, signoff

    cards = engagements.list_engagements(workspace)
    every = [line.assessment.id for card in cards for line in card.assessments]
    approved = (each for each in every if signoff.state_of(workspace, each) is signoff.SignoffState.APPROVED)
    return cards, frozenset(approved)


def _close(workspace: "Workspace") -> None:
    from maturity_desktop.services import workspaces

    workspaces.close(workspace)
