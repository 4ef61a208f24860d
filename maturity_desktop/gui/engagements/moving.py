"""The conversation of a move to a newer edition: says what differs and what goes over, then makes the copy."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.engagements.moving_state import EditionOffer, MoveProps
from maturity_desktop.gui.engagements.moving_words import move_props
from maturity_desktop.gui.engagements.views.moving import MoveDialog
from maturity_desktop.services import editions
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.editions import Moved
from maturity_desktop.services.outcomes import Outcome
from maturity_desktop.services.standards import StandardCard


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePlan:
    """Which assessment is to move, what it is called, and the newer editions of its standard, oldest first."""

    assessment_id: AssessmentId
    name: str
    present: str
    offers: tuple[StandardCard, ...]


class Moving(QObject):
    """One move from opening the dialog to the copy."""

    moved = Signal(object)  # Outcome[Moved]

    def __init__(self, desk: Desk, workspace: Workspace, plan: MovePlan, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._workspace, self._plan = desk, workspace, plan
        looks = Looks(desk.speech, desk.theme, desk.icons)
        offers = tuple(_offer(card, desk.speech) for card in reversed(plan.offers))
        self.dialog = MoveDialog(looks, plan.name, plan.present, offers, parent)
        self.dialog.offer_chosen.connect(self._ask)
        self.dialog.submitted.connect(self._move)
        self.dialog.finished.connect(self.deleteLater)

    def open(self) -> None:
        """Show the dialog and work out what the newest edition would change."""
        self.dialog.open()
        self._ask(self.dialog.wish)

    @Slot(str)
    def _ask(self, wish: str) -> None:
        self.dialog.show_waiting(self._desk.speech.say("editions.move.comparing"))
        job = partial(_forecast, self._workspace, self._plan.assessment_id, wish, self._desk.speech)
        self._desk.jobs.work(job, partial(self._on_forecast, wish))

    def _on_forecast(self, wish: str, result: Success[MoveProps] | Failure) -> None:
        if wish != self.dialog.wish:
            return
        if isinstance(result, Failure):
            self.dialog.show_refused(self._desk.problems.sentence(result.problem))
        else:
            self.dialog.show_props(result.value)

    @Slot()
    def _move(self) -> None:
        self.dialog.set_busy(True)
        self.dialog.show_waiting(self._desk.speech.say("editions.move.moving"))
        job = partial(editions.move, self._workspace, self._plan.assessment_id, self.dialog.wish)
        self._desk.jobs.write(job, self._on_moved)

    def _on_moved(self, result: Success[Outcome[Moved]] | Failure) -> None:
        self.dialog.set_busy(False)
        if isinstance(result, Failure):
            self.dialog.show_problem(self._desk.problems.sentence(result.problem))
            return
        self.dialog.accept()
        self.moved.emit(result.value)


def _offer(card: StandardCard, speech: Speech) -> EditionOffer:
    title = speech.say("editions.move.offer", edition=card.edition_id, day=card.released_on.isoformat())
    return EditionOffer(wish=f"{card.standard_id}@{card.edition_id}", title=title)


def _forecast(workspace: Workspace, assessment_id: AssessmentId, wish: str, speech: Speech) -> MoveProps:
    return move_props(editions.forecast(workspace, assessment_id, wish), speech)
