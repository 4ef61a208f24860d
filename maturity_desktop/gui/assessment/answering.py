"""Turns answer intents into wishes: values, flags, rationales, reasons for *not applicable*, whole cells."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from maturity_desktop.domain.answers import AnswerValue, value_of_choice
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.standard import Choice
from maturity_desktop.gui.assessment.recording import Recorder
from maturity_desktop.gui.assessment.state import choices
from maturity_desktop.gui.assessment.state.sheet import SheetState, Wish
from maturity_desktop.gui.assessment.state.walking import Focus, Move
from maturity_desktop.gui.assessment.walker import Walker

_JUDGED = (AnswerValue.COMPLIANT, AnswerValue.PARTIALLY_COMPLIANT, AnswerValue.NOT_COMPLIANT)


class Answering(QObject):
    """What the user says of the criterion in focus."""

    reason_wanted = Signal(bool)  # whether the editor now waits for the reason of a "not applicable"
    choice_wanted = Signal()  # a plain answer is too coarse: one of the owner's has to be chosen
    text_done = Signal()  # the keys may go back to the cells

    def __init__(
        self, recorder: Recorder, walker: Walker, advances: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._recorder = recorder
        self._walker = walker
        self._advances = advances
        self._asking: CriterionId | None = None
        walker.leaving.connect(self._on_leaving)

    @Slot(object)
    def answer(self, value: AnswerValue) -> None:
        """Answer the criterion in focus, and go on when that is wanted."""
        sheet, focus = self._recorder.sheet, self._walker.focus
        if sheet is None or focus is None or sheet.is_read_only:
            return
        if value is AnswerValue.NOT_APPLICABLE and sheet.value(focus.criterion_id) is not value:
            self._ask(focus.criterion_id)
            return
        self._ask(None)
        if value in _JUDGED and choices.offered(sheet.edition, focus.criterion_id) is not None:
            self._choose_by_meaning(sheet, focus.criterion_id, value)
            return
        self._send_value(sheet, focus.criterion_id, value)
        if value is not AnswerValue.NOT_ASSESSED and self._advances():
            self._walker.walk(Move.NEXT)

    @Slot()
    def confirm(self) -> None:
        """Confirm the answer that came over from another edition, and go on when that is wanted."""
        sheet, focus = self._recorder.sheet, self._walker.focus
        if sheet is not None and focus is not None and sheet.needs_confirming(focus.criterion_id):
            self._ask(None)
            self._send_value(sheet, focus.criterion_id, sheet.value(focus.criterion_id))
            if self._advances():
                self._walker.walk(Move.NEXT)

    @Slot(int)
    def choose(self, number: int) -> None:
        """Give the owner's answer with this number, counted from 1, and go on when that is wanted."""
        sheet, focus = self._recorder.sheet, self._walker.focus
        if sheet is None or focus is None or sheet.is_read_only:
            return
        answers = choices.offered(sheet.edition, focus.criterion_id)
        if answers is not None and number <= len(answers.choices):
            self._ask(None)
            self._send_choice(sheet, focus.criterion_id, answers.choices[number - 1])

    def _choose_by_meaning(self, sheet: SheetState, criterion_id: CriterionId, value: AnswerValue) -> None:
        choice = choices.meaning(sheet.edition, criterion_id, value)
        if choice is None:
            self.choice_wanted.emit()
        else:
            self._send_choice(sheet, criterion_id, choice)

    def _send_choice(self, sheet: SheetState, criterion_id: CriterionId, choice: Choice) -> None:
        typed = sheet.drafts.get(criterion_id)
        is_open = sheet.choice(criterion_id) != choice.code or sheet.needs_confirming(criterion_id)
        if typed is not None or is_open:
            value = value_of_choice(choice)
            self._recorder.send(Wish(criterion_id=criterion_id, value=value, choice=choice.code, rationale=typed))
        if self._advances():
            self._walker.walk(Move.NEXT)

    def answer_cell(self, value: AnswerValue) -> None:
        """Answer every criterion of the focused cell in one transaction, undone as one."""
        sheet, focus = self._recorder.sheet, self._walker.focus
        if sheet is None or focus is None:
            return
        item = sheet.edition.item_by_code[focus.item_code]
        cell = next(cell for cell in item.cells if any(row.id == focus.criterion_id for row in cell.criteria))
        open_ones = [
            row.id for row in cell.criteria if sheet.value(row.id) is not value or sheet.needs_confirming(row.id)
        ]
        self._recorder.send(*(_wish(sheet, criterion_id, value) for criterion_id in open_ones))
        if self._advances():
            self._walker.go(Focus(item.code, cell.criteria[-1].id))
            self._walker.walk(Move.NEXT)

    @Slot()
    def toggle_flag(self) -> None:
        """Set or take the review flag of the criterion in focus."""
        sheet, focus = self._recorder.sheet, self._walker.focus
        if sheet is not None and focus is not None:
            is_flagged = sheet.is_flagged(focus.criterion_id)
            self._recorder.send(Wish(criterion_id=focus.criterion_id, flagged=not is_flagged))

    @Slot(str)
    def type_rationale(self, text: str) -> None:
        """Keep what is being typed."""
        if self._walker.focus is not None:
            self._recorder.draft(self._walker.focus.criterion_id, text)

    @Slot()
    def confirm_text(self) -> None:
        """Save the text; a reason that was asked for settles its answer."""
        was_asking = self._asking is not None
        if was_asking and not self._has_reason():
            return
        self._settle(is_confirmed=True)
        self.text_done.emit()
        if was_asking and self._advances():
            self._walker.walk(Move.NEXT)

    @Slot()
    def give_up(self) -> None:
        """Leave the editor; a reason that was asked for is not needed any more, the draft stays."""
        self._ask(None)
        self.settle_text()
        self.text_done.emit()

    @Slot()
    def settle_text(self) -> None:
        """Save what was typed for the criterion in focus; a typed reason settles its answer."""
        self._settle(is_confirmed=False)

    def _settle(self, *, is_confirmed: bool) -> None:
        sheet, focus = self._recorder.sheet, self._walker.focus
        if sheet is None or focus is None:
            return
        if self._asking != focus.criterion_id:
            self._recorder.send_draft(focus.criterion_id)
        elif self._has_reason() and (is_confirmed or focus.criterion_id in sheet.drafts):
            self._ask(None)
            self._send_value(sheet, focus.criterion_id, AnswerValue.NOT_APPLICABLE)

    def _send_value(self, sheet: SheetState, criterion_id: CriterionId, value: AnswerValue) -> None:
        typed = sheet.drafts.get(criterion_id)
        is_news = sheet.value(criterion_id) is not value or sheet.needs_confirming(criterion_id)
        if typed is not None or is_news:
            self._recorder.send(Wish(criterion_id=criterion_id, value=value, rationale=typed))

    def _has_reason(self) -> bool:
        sheet = self._recorder.sheet
        return sheet is not None and self._asking is not None and bool(sheet.rationale(self._asking).strip())

    def _ask(self, criterion_id: CriterionId | None) -> None:
        if criterion_id != self._asking or criterion_id is not None:
            self._asking = criterion_id
            self.reason_wanted.emit(criterion_id is not None)

    @Slot(object)
    def _on_leaving(self, _focus: Focus) -> None:
        self.settle_text()
        self._ask(None)


def _wish(sheet: SheetState, criterion_id: CriterionId, value: AnswerValue) -> Wish:
    """Return the wish for a plain answer; where the owner offers answers, for the one that means it."""
    choice = choices.meaning(sheet.edition, criterion_id, value)
    return Wish(criterion_id=criterion_id, value=value, choice=None if choice is None else choice.code)
