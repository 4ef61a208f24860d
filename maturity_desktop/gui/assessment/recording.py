"""Hands answers to the service in order and keeps what the screen may show: pending, saved, refused."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from maturity_desktop.domain.ids import AssessmentId, CriterionId, NodeCode
from maturity_desktop.domain.results import Rating
from maturity_desktop.gui.assessment.state import sheet as states
from maturity_desktop.gui.assessment.state.sheet import SheetState, Ticket, Wish
from maturity_desktop.gui.common.jobs import Failure, Jobs, Success
from maturity_desktop.services import assessments
from maturity_desktop.services.assessments import AnswerRequest, AnswersRecorded
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Changes, Outcome

_Place = tuple[Workspace, AssessmentId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Something was durably saved: what changed, and which criteria an undo or redo touched."""

    changes: Changes
    revisited: tuple[CriterionId, ...] = ()


class Recorder(QObject):
    """One conversation with `services.assessments` about one sheet at a time."""

    sheet_changed = Signal(object)  # SheetState
    settled = Signal(object)  # Settled
    refused = Signal(object)  # Exception
    nothing_to_undo = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._workspace: Workspace | None = None
        self._sheet: SheetState | None = None
        self._number = 0

    @property
    def sheet(self) -> SheetState | None:
        """The sheet as it may be shown now."""
        return self._sheet

    def take(self, workspace: Workspace | None, sheet: SheetState | None) -> None:
        """Work on another sheet, or on none."""
        self._workspace = workspace
        self._sheet = sheet

    def replace(self, sheet: SheetState) -> None:
        """Show a newer sheet of the same assessment (evidence or observations changed)."""
        self._sheet = sheet
        self.sheet_changed.emit(sheet)

    def draft(self, criterion_id: CriterionId, text: str) -> None:
        """Keep what is being typed, so that nothing is lost whatever happens."""
        if self._sheet is not None:
            self._sheet = states.with_draft(self._sheet, criterion_id, text)

    def send(self, *wishes: Wish) -> None:
        """Record wishes in one transaction; they show as pending until the service returned."""
        if self._sheet is None or self._workspace is None or self._sheet.is_read_only or not wishes:
            return
        self._number += 1
        workspace, assessment_id = self._workspace, self._sheet.assessment.id
        requests = tuple(
            AnswerRequest(
                criterion_id=wish.criterion_id,
                value=wish.value,
                choice=wish.choice,
                rationale=wish.rationale,
                flagged=wish.flagged,
            )
            for wish in wishes
        )
        self._jobs.write(
            partial(assessments.record_answers, workspace, assessment_id, requests),
            partial(self._on_recorded, self._number, (workspace, assessment_id)),
        )
        self.replace(states.with_ticket(self._sheet, Ticket(number=self._number, wishes=wishes)))

    def send_draft(self, criterion_id: CriterionId) -> None:
        """Record the typed rationale of a criterion when it differs from the saved one."""
        if self._sheet is not None and criterion_id in self._sheet.drafts:
            self.send(Wish(criterion_id=criterion_id, rationale=self._sheet.drafts[criterion_id]))

    def undo(self) -> None:
        """Take back the newest change of this session."""
        self._revisit(assessments.undo_last)

    def redo(self) -> None:
        """Do again what was undone last."""
        self._revisit(assessments.redo_last)

    def override(self, item_code: NodeCode, rating: Rating | None, reason: str) -> None:
        """Set the assessor's own rating of an item, or take it away with None."""
        if self._sheet is None or self._workspace is None or self._sheet.is_read_only:
            return
        self._jobs.write(
            partial(assessments.override_rating, self._workspace, self._sheet.assessment.id, item_code, rating, reason),
            partial(self._on_recorded, 0, (self._workspace, self._sheet.assessment.id)),
        )

    def _revisit(self, verb: Callable[..., Outcome[AnswersRecorded] | None]) -> None:
        if self._sheet is None or self._workspace is None or self._sheet.is_read_only:
            return
        here = (self._workspace, self._sheet.assessment.id)
        self._jobs.write(partial(verb, *here), partial(self._on_revisited, here))

    def _on_recorded(self, number: int, there: _Place, result: Success[Outcome[AnswersRecorded]] | Failure) -> None:
        if self._sheet is None or not self._is_here(there):
            return
        if isinstance(result, Failure):
            self.replace(states.refused(self._sheet, number))
            self.refused.emit(result.problem)
            return
        recorded = result.value.value
        self.replace(states.settled(self._sheet, number, recorded.answers, recorded.results))
        self.settled.emit(Settled(changes=result.value.changes))

    def _on_revisited(self, there: _Place, result: Success[Outcome[AnswersRecorded] | None] | Failure) -> None:
        if self._sheet is None or not self._is_here(there):
            return
        if isinstance(result, Failure):
            self.refused.emit(result.problem)
        elif result.value is None:
            self.nothing_to_undo.emit()
        else:
            recorded = result.value.value
            self.replace(states.settled(self._sheet, 0, recorded.answers, recorded.results))
            revisited = tuple(answer.criterion_id for answer in recorded.answers)
            self.settled.emit(Settled(changes=result.value.changes, revisited=revisited))

    def _is_here(self, there: _Place) -> bool:
        """Whether what comes back belongs to the sheet on screen; another assessment may have been opened meanwhile."""
        workspace, assessment_id = there
        return workspace is self._workspace and self._sheet is not None and assessment_id == self._sheet.assessment.id
