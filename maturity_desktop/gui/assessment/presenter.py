"""The questionnaire's presenter: loads the sheet, shows what `state` derives, and turns keys into intents."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.ids import AssessmentId, CriterionId, NodeCode
from maturity_desktop.gui.assessment.answering import Answering
from maturity_desktop.gui.assessment.asking import Asking
from maturity_desktop.gui.assessment.finding import Finder
from maturity_desktop.gui.assessment.loading import load_state
from maturity_desktop.gui.assessment.question_evidence import QuestionEvidence
from maturity_desktop.gui.assessment.recording import Recorder, Settled
from maturity_desktop.gui.assessment.state import question, walking
from maturity_desktop.gui.assessment.state import sheet as states
from maturity_desktop.gui.assessment.state.sheet import SheetState
from maturity_desktop.gui.assessment.state.walking import Focus, Move
from maturity_desktop.gui.assessment.views.page import QuestionPage
from maturity_desktop.gui.assessment.walker import Walker
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.screens import Destination, Goal, SaveState, Screen
from maturity_desktop.gui.common.shortcuts import Shortcut
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.services.outcomes import Area, Changes
from maturity_desktop.settings import options

_VALUES = {
    Shortcut.ANSWER_COMPLIANT: AnswerValue.COMPLIANT,
    Shortcut.ANSWER_PARTIAL: AnswerValue.PARTIALLY_COMPLIANT,
    Shortcut.ANSWER_NOT_COMPLIANT: AnswerValue.NOT_COMPLIANT,
    Shortcut.ANSWER_NOT_APPLICABLE: AnswerValue.NOT_APPLICABLE,
    Shortcut.ANSWER_CLEAR: AnswerValue.NOT_ASSESSED,
}
_MOVES = {
    Shortcut.NEXT_CRITERION: Move.NEXT,
    Shortcut.CRITERION_BELOW: Move.DOWN,
    Shortcut.CRITERION_ABOVE: Move.UP,
    Shortcut.NEXT_LEVEL: Move.RIGHT,
    Shortcut.PREVIOUS_LEVEL: Move.LEFT,
    Shortcut.NEXT_ITEM: Move.NEXT_ITEM,
    Shortcut.PREVIOUS_ITEM: Move.PREVIOUS_ITEM,
}
_CONCERNS = {Area.ANSWERS, Area.EVIDENCE, Area.FINDINGS, Area.STRUCTURE, Area.SIGNOFF}


class QuestionnaireScreen(Screen):
    """Owns the conversation between the page and the services."""

    destination = Destination.QUESTIONNAIRE

    def __init__(self, desk: Desk) -> None:
        self.page = QuestionPage(Looks(desk.speech, desk.theme, desk.icons))
        super().__init__(desk, self.page)
        self.recorder = Recorder(desk.jobs, self)
        self.walker = Walker(self.recorder, self)
        self.answering = Answering(self.recorder, self.walker, self._advances, self)
        self.finder = Finder(self.page.tree, self.recorder, self.walker, desk.speech, self)
        self.evidence = QuestionEvidence(desk, self.page, self.recorder, self.walker, self)
        self.asking = Asking(desk, self.page, self.recorder, self.walker, self)
        self._goal: Goal | None = None
        self._actions = self._key_actions()
        self._connect()

    def _connect(self) -> None:
        page = self.page
        page.shortcut_pressed.connect(self._on_shortcut)
        page.grid.criterion_chosen.connect(self._on_criterion_chosen)
        page.tree.item_chosen.connect(self.walker.go_to_item)
        page.tree.item_activated.connect(self._on_item_activated)
        page.tree.hit_chosen.connect(self._on_criterion_chosen)
        page.criterion.answers.answer_wanted.connect(self.answering.answer)
        page.criterion.answers.flag_wanted.connect(self.answering.toggle_flag)
        page.criterion.rationale.edited.connect(self.answering.type_rationale)
        page.criterion.rationale.left.connect(self.answering.settle_text)
        page.criterion.rationale.confirmed.connect(self.answering.confirm_text)
        page.criterion.rationale.given_up.connect(self.answering.give_up)
        page.header.override_wanted.connect(self.asking.ask_override)
        self.answering.reason_wanted.connect(self._on_reason_wanted)
        self.answering.text_done.connect(page.take_keys)
        self.walker.moved.connect(self._on_moved)
        self.recorder.sheet_changed.connect(self._on_sheet)
        self.recorder.settled.connect(self._on_settled)
        self.recorder.refused.connect(self._on_refused)
        self.recorder.nothing_to_undo.connect(self._on_nothing_to_undo)
        self.evidence.changed.connect(self._publish)
        for source in (self.evidence, self.finder, self.asking):
            source.failed.connect(self._on_refused)

    def _key_actions(self) -> dict[Shortcut, Callable[[], object]]:
        return {
            Shortcut.ANSWER_CELL_COMPLIANT: partial(self.answering.answer_cell, AnswerValue.COMPLIANT),
            Shortcut.FLAG: self.answering.toggle_flag,
            Shortcut.RATIONALE: self.page.criterion.rationale.setFocus,
            Shortcut.EVIDENCE: self.evidence.choose_files,
            Shortcut.PREVIEW: self.evidence.preview,
            Shortcut.OBSERVATION: self._go_to_findings,
            Shortcut.UNDO: self.recorder.undo,
            Shortcut.REDO: self.recorder.redo,
            Shortcut.GO_TO_CODE: self.asking.ask_code,
            Shortcut.SEARCH: self._focus_search,
            Shortcut.NEXT_UNANSWERED: self._next_unanswered,
        }

    # --- screen contract ---------------------------------------------------------------------------------------

    def load(self) -> None:
        place = self.place
        if place is None or place.assessment_id is None:
            self.recorder.take(None, None)
            say = self.desk.speech.say
            self.page.show_nothing(say("assessment.page.empty_title"), say("assessment.page.empty_text"))
            return
        self.desk.jobs.work(
            partial(load_state, place.workspace, place.assessment_id), partial(self._on_loaded, place.assessment_id)
        )

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.areas & _CONCERNS)

    def go_to(self, goal: Goal) -> None:
        self._goal = goal
        if self.recorder.sheet is not None and not self._is_stale:
            self._follow_goal()

    def can_close(self) -> bool:
        self.answering.settle_text()
        sheet = self.recorder.sheet
        return (sheet is None or not sheet.tickets) and not self.evidence.attacher.is_busy

    def deactivate(self) -> None:
        self.answering.settle_text()
        super().deactivate()

    def retranslate(self) -> None:
        self.page.retranslate()
        self.finder.show_tree()
        if self.recorder.sheet is None:
            self.load()
        self._show()

    # --- what comes back ---------------------------------------------------------------------------------------

    def _on_loaded(self, assessment_id: AssessmentId, result: Success[SheetState] | Failure) -> None:
        if self.place is None or self.place.assessment_id != assessment_id:
            return
        if isinstance(result, Failure):
            self.desk.problems.announce(result.problem)
            return
        current = self.recorder.sheet
        is_same = current is not None and current.assessment.id == assessment_id
        sheet = states.rebased(result.value, current) if current is not None else result.value
        self.recorder.take(self.place.workspace, sheet)
        self.finder.take(self.place.workspace, self.desk.jobs)
        self.evidence.take(self.place.workspace)
        self.asking.take(self.place.workspace)
        if not is_same or self.walker.focus is None:
            self.walker.place(walking.start(sheet))
        self.finder.show_tree()
        self._show()
        self._follow_goal()
        if not is_same:
            self.page.take_keys()

    @Slot(object)
    def _on_sheet(self, _sheet: SheetState) -> None:
        self.finder.refresh()
        self._show()
        self._tell_save_state()

    @Slot(object)
    def _on_moved(self, _focus: Focus) -> None:
        self._show()

    @Slot(object)
    def _on_settled(self, settled: Settled) -> None:
        self._publish(settled.changes)
        if settled.revisited:
            self.walker.go_to_criterion(settled.revisited[0])

    @Slot(object)
    def _on_refused(self, problem: Exception) -> None:
        self.page.tell(self.desk.problems.sentence(problem), Tone.BAD)

    @Slot()
    def _on_nothing_to_undo(self) -> None:
        self.page.tell(self.desk.speech.say("assessment.page.nothing_to_undo"), Tone.NOTE)

    @Slot(object)
    def _publish(self, changes: Changes) -> None:
        self.desk.hub.publish(changes, self)

    # --- intents -----------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_shortcut(self, shortcut: Shortcut) -> None:
        if shortcut in _VALUES:
            self.answering.answer(_VALUES[shortcut])
        elif shortcut in _MOVES:
            self.walker.walk(_MOVES[shortcut])
        elif shortcut in self._actions:
            self._actions[shortcut]()

    @Slot(str)
    def _on_criterion_chosen(self, criterion_id: str) -> None:
        self.walker.go_to_criterion(CriterionId(criterion_id))
        self.page.take_keys()

    @Slot(str)
    def _on_item_activated(self, code: str) -> None:
        self.walker.go_to_item(NodeCode(code))
        self.page.take_keys()

    @Slot(bool)
    def _on_reason_wanted(self, is_asking: bool) -> None:
        self.page.criterion.set_asking(is_asking=is_asking)
        if is_asking:
            self.page.criterion.rationale.setFocus()

    def _next_unanswered(self) -> None:
        if not self.walker.walk(Move.NEXT_UNANSWERED):
            self.page.tell(self.desk.speech.say("assessment.page.all_answered"), Tone.GOOD)

    def _focus_search(self) -> None:
        self.page.tree.search.setFocus()
        self.page.tree.search.selectAll()

    def _go_to_findings(self) -> None:
        focus = self.walker.focus
        if focus is not None and self.place is not None:
            self.goal_wanted.emit(
                Goal(
                    destination=Destination.FINDINGS,
                    assessment_id=self.place.assessment_id,
                    item_code=focus.item_code,
                    criterion_id=focus.criterion_id,
                )
            )

    def _follow_goal(self) -> None:
        goal, self._goal = self._goal, None
        if goal is None:
            return
        if goal.criterion_id is not None:
            self.walker.go_to_criterion(goal.criterion_id)
        elif goal.item_code is not None:
            self.walker.go_to_item(goal.item_code)
        self.page.take_keys()

    # --- showing -----------------------------------------------------------------------------------------------

    def _advances(self) -> bool:
        return self.desk.settings.flag(options.AUTO_ADVANCE)

    def _show(self) -> None:
        sheet, focus = self.recorder.sheet, self.walker.focus
        if sheet is None:
            return
        if focus is None or focus.item_code not in sheet.place:
            say = self.desk.speech.say
            self.page.show_nothing(
                say("assessment.page.nothing_in_scope_title"), say("assessment.page.nothing_in_scope_text")
            )
            return
        props = question.derive(sheet, focus, self.desk.speech.language)
        level = props.header.rating_level
        self.page.show_question(props, sheet.edition.levels[level - 1].colour if level else "")
        self.page.tree.select(focus.item_code)

    def _tell_save_state(self) -> None:
        sheet = self.recorder.sheet
        if sheet is None:
            return
        if sheet.tickets:
            self.save_state_changed.emit(SaveState.SAVING)
        else:
            self.save_state_changed.emit(SaveState.FAILED if sheet.failed else SaveState.SAVED)
