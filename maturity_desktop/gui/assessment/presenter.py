"""The questionnaire's presenter: loads the sheet, shows what `state` derives, and turns keys into intents."""

from functools import partial

from PySide6.QtCore import Slot

from maturity_desktop.domain.ids import AssessmentId, CriterionId, NodeCode
from maturity_desktop.gui.assessment.answering import Answering
from maturity_desktop.gui.assessment.asking import Asking
from maturity_desktop.gui.assessment.finding import Finder
from maturity_desktop.gui.assessment.keying import Keying, Parts
from maturity_desktop.gui.assessment.loading import load_state
from maturity_desktop.gui.assessment.past import Past
from maturity_desktop.gui.assessment.question_evidence import QuestionEvidence
from maturity_desktop.gui.assessment.recording import Recorder, Settled
from maturity_desktop.gui.assessment.state import question, walking
from maturity_desktop.gui.assessment.state import sheet as states
from maturity_desktop.gui.assessment.state.sheet import SheetState
from maturity_desktop.gui.assessment.state.walking import Focus
from maturity_desktop.gui.assessment.views.page import QuestionPage
from maturity_desktop.gui.assessment.walker import Walker
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.screens import Destination, Goal, Place, SaveState, Screen
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.services.outcomes import Area, Changes
from maturity_desktop.settings import options

_CONCERNS = {Area.ANSWERS, Area.EVIDENCE, Area.FINDINGS, Area.STRUCTURE, Area.SIGNOFF}


class QuestionnaireScreen(Screen):
    """Owns the conversation between the page and the services."""

    destination = Destination.QUESTIONNAIRE

    def __init__(self, desk: Desk) -> None:
        self.page = QuestionPage(Looks(desk.speech, desk.theme, desk.icons))
        super().__init__(desk, self.page)
        self.recorder = Recorder(desk.jobs, self)
        self.walker = Walker(self.recorder, self)
        self.answering = Answering(self.recorder, self.walker, partial(desk.settings.flag, options.AUTO_ADVANCE), self)
        self.finder = Finder(self.page.tree, self.recorder, self.walker, desk.speech, self)
        self.evidence = QuestionEvidence(desk, self.page, self.recorder, self.walker, self)
        self.asking = Asking(desk, self.page, self.recorder, self.walker, self)
        self.past = Past(desk, self.page.side, self.recorder, self.walker, self)
        self._goal: Goal | None = None
        parts = Parts(
            page=self.page,
            recorder=self.recorder,
            walker=self.walker,
            answering=self.answering,
            evidence=self.evidence,
            asking=self.asking,
            observe=self.go_to_findings,
        )
        self.keying = Keying(parts, desk.speech, self)
        self._connect()

    def _connect(self) -> None:
        page = self.page
        page.grid.criterion_chosen.connect(self._on_criterion_chosen)
        page.tree.item_chosen.connect(self.walker.go_to_item)
        page.tree.item_activated.connect(self._on_item_activated)
        page.tree.auto_advance.setChecked(self.desk.settings.flag(options.AUTO_ADVANCE))
        page.tree.auto_advance_toggled.connect(self._on_auto_advance)
        page.tree.hit_chosen.connect(self._on_criterion_chosen)
        page.criterion.answers.answer_wanted.connect(self.answering.answer)
        page.criterion.answers.flag_wanted.connect(self.answering.toggle_flag)
        page.criterion.confirm.clicked.connect(self.answering.confirm)
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
        self.evidence.changed.connect(self._publish)
        for source in (self.evidence, self.finder, self.asking, self.past):
            source.failed.connect(self._on_refused)

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

    def activate(self) -> None:
        super().activate()
        if self.recorder.sheet is not None:
            self.page.take_keys()

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
        self.past.take(self.place.workspace)
        if not is_same or self.walker.focus is None:
            self.walker.place(walking.start(sheet))
        self.finder.show_tree()
        self._show()
        self._follow_goal()
        if not is_same:
            self.page.take_keys()

    @Slot(object)
    def _on_sheet(self, sheet: SheetState) -> None:
        self.finder.refresh()
        self._show()
        self.save_state_changed.emit(_save_state(sheet))

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

    @Slot(object)
    def _publish(self, changes: Changes) -> None:
        self.desk.hub.publish(changes, self)

    # --- intents -----------------------------------------------------------------------------------------------

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
            self.page.criterion.rationale.selectAll()

    def go_to_findings(self) -> None:
        """Ask for an observation on the criterion in focus."""
        focus = self.walker.focus
        if focus is not None and self.place is not None:
            self.goal_wanted.emit(_observation_goal(self.place, focus))

    @Slot(bool)
    def _on_auto_advance(self, is_on: bool) -> None:
        self.desk.keep(options.AUTO_ADVANCE, is_on)

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


def _save_state(sheet: SheetState) -> SaveState:
    if sheet.tickets:
        return SaveState.SAVING
    return SaveState.FAILED if sheet.failed else SaveState.SAVED


def _observation_goal(place: Place, focus: Focus) -> Goal:
    return Goal(
        destination=Destination.FINDINGS,
        assessment_id=place.assessment_id,
        item_code=focus.item_code,
        criterion_id=focus.criterion_id,
    )
