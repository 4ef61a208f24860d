"""The contract between the shell and the slices: a `Screen` is the presenter of one view the shell stacks.

A slice subclasses `Screen` in its `presenter.py`, hands its widget to `super().__init__`, talks to services through
`desk.jobs`, publishes what changed on `desk.hub`, and asks to go elsewhere with `goal_wanted`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from maturity_desktop.domain.ids import AssessmentId, CriterionId, NodeCode

if TYPE_CHECKING:
    from maturity_desktop.gui.common.desk import Desk
    from maturity_desktop.services.context import Workspace
    from maturity_desktop.services.outcomes import Changes


class Destination(StrEnum):
    """Where the navigation rail leads, in its order."""

    HOME = "home"
    ENGAGEMENTS = "engagements"
    SELF_ASSESSMENT = "self_assessment"
    QUESTIONNAIRE = "questionnaire"
    EVIDENCE = "evidence"
    FINDINGS = "findings"
    RESULTS = "results"
    SIGNOFF = "signoff"
    EXPORT = "export"
    LIBRARY = "library"
    VERIFY = "verify"
    JOURNAL = "journal"
    PREFERENCES = "preferences"


class SaveState(StrEnum):
    """What the top bar says about the last edit."""

    IDLE = "idle"
    SAVING = "saving"
    SAVED = "saved"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the user works: the open workspace, and the assessment chosen in it (None: none chosen yet)."""

    workspace: "Workspace"
    assessment_id: AssessmentId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A wish to go to a screen, and to what on it."""

    destination: Destination
    assessment_id: AssessmentId | None = None
    item_code: NodeCode | None = None
    criterion_id: CriterionId | None = None


class Screen(QObject):
    """Presenter of one screen. `view` is what the shell stacks; it belongs to the shell from then on."""

    destination: ClassVar[Destination]
    needs_assessment: ClassVar[bool] = True
    goal_wanted = Signal(object)  # Goal
    save_state_changed = Signal(object)  # SaveState

    def __init__(self, desk: "Desk", view: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.view = view
        self.place: Place | None = None
        self._is_active = False
        self._is_stale = True

    @property
    def is_active(self) -> bool:
        """Whether the shell shows this screen now."""
        return self._is_active

    def title(self) -> str:
        """Return the screen's name in the current language."""
        return self.desk.speech.say(f"shell.rail.{self.destination.value}")

    def enter(self, place: Place | None) -> None:
        """Take note that another workspace or assessment is in use (None: closed). Loads when shown."""
        self.place = place
        self._is_stale = True
        if self._is_active:
            self._refresh()

    def activate(self) -> None:
        """The shell shows this screen; it loads again when something changed meanwhile."""
        self._is_active = True
        if self._is_stale:
            self._refresh()

    def deactivate(self) -> None:
        """The shell shows another screen."""
        self._is_active = False

    def receive(self, changes: "Changes", initiator: QObject | None) -> None:
        """Called by the shell for every broadcast; hidden screens only mark themselves stale."""
        if not self.concerns(changes):
            return
        if self._is_active:
            self.on_changes(changes, initiator)
        else:
            self._is_stale = True

    def _refresh(self) -> None:
        self._is_stale = False
        self.load()

    # --- what slices fill in -----------------------------------------------------------------------------------

    def load(self) -> None:
        """Load everything for `self.place` (may be None) and show it."""

    def concerns(self, changes: "Changes") -> bool:  # noqa: ARG002  slices look at it
        """Return whether these changes touch what the screen shows."""
        return True

    def on_changes(self, changes: "Changes", initiator: QObject | None) -> None:  # noqa: ARG002  slices look at it
        """Update what is shown; `initiator is self` when the screen itself made the change."""
        if initiator is not self:
            self.load()

    def go_to(self, goal: Goal) -> None:
        """Show what the goal names (an item, a criterion); the screen is already active."""

    def can_close(self) -> bool:
        """Return whether nothing would be lost; may start saving and answer False once."""
        return True

    def retranslate(self) -> None:
        """Say everything again in the current language."""
