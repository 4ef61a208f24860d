"""The results screen's presenter: reads, derives, shows; keeps what-ifs on a scratch copy that is never stored."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.ids import AssessmentId, CriterionId, NodeCode
from maturity_desktop.domain.results import Results
from maturity_desktop.domain.text import Language
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.screens import Destination, Goal, Screen
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.gui.results.state import charts, gaps, levels
from maturity_desktop.gui.results.state.inputs import ResultsInputs
from maturity_desktop.gui.results.views.page import ResultsPage, ResultsProps
from maturity_desktop.services import assessments, results
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Area, Changes

_SHOWN_SENTENCES = 3


class ResultsScreen(Screen):
    """Owns the conversation between the results page and the services."""

    destination = Destination.RESULTS

    def __init__(self, desk: Desk) -> None:
        self.page = ResultsPage(Looks(desk.speech, desk.theme, desk.icons))
        super().__init__(desk, self.page)
        self._inputs: ResultsInputs | None = None
        self._turn = 0
        page = self.page
        page.levels.place_chosen.connect(self._on_place)
        page.levels.item_wanted.connect(self._on_item)
        page.reset_wanted.connect(self._on_reset)
        page.gap.all_wanted.connect(self._on_all)
        for part in (page.levels, page.gap):
            part.close_toggled.connect(self._on_toggled)
        for tab in (page.levels, page.gap, page.heat, page.coverage):
            tab.criterion_wanted.connect(self._on_criterion)

    def load(self) -> None:
        place = self.place
        self._turn += 1
        if place is None or place.assessment_id is None:
            self._inputs = None
            self.page.show_nothing()
            return
        job = partial(load_inputs, place.workspace, place.assessment_id, self.desk.speech.language)
        self.desk.jobs.work(job, partial(self._on_loaded, self._turn))

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.areas & {Area.ANSWERS, Area.EVIDENCE, Area.STRUCTURE})

    def retranslate(self) -> None:
        self.page.retranslate()
        if self._inputs is not None:
            self._inputs = replace(self._inputs, language=self.desk.speech.language)
            self._show()

    def _on_loaded(self, turn: int, result: Success[ResultsInputs] | Failure) -> None:
        if turn != self._turn:
            return
        if isinstance(result, Failure):
            self.page.message.show_message(self.desk.problems.sentence(result.problem), Tone.BAD)
            return
        self._inputs = replace(result.value, language=self.desk.speech.language)
        self._show()

    # --- what-if -----------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_toggled(self, criterion_id: str) -> None:
        if self._inputs is not None:
            self._close(self._inputs.closed ^ {CriterionId(criterion_id)})

    @Slot()
    def _on_all(self) -> None:
        if self._inputs is not None:
            self._close(self._inputs.closed | {step.criterion_id for step in self._inputs.path.steps})

    @Slot()
    def _on_reset(self) -> None:
        if self._inputs is not None and self._inputs.closed:
            self._close(frozenset())

    def _close(self, closed: frozenset[CriterionId]) -> None:
        inputs, place = self._inputs, self.place
        if inputs is None or place is None:
            return
        self._turn += 1
        if not closed:
            self._inputs = replace(inputs, results=inputs.stored, closed=closed)
            self._show()
            return
        changes = dict.fromkeys(closed, AnswerValue.COMPLIANT)
        job = partial(results.what_if, place.workspace, inputs.assessment.id, changes)
        self.desk.jobs.work(job, partial(self._on_what_if, self._turn, closed))

    def _on_what_if(self, turn: int, closed: frozenset[CriterionId], result: Success[Results] | Failure) -> None:
        if turn != self._turn or self._inputs is None:
            return
        if isinstance(result, Failure):
            self.page.message.show_message(self.desk.problems.sentence(result.problem), Tone.BAD)
            return
        self._inputs = replace(self._inputs, results=result.value, closed=closed)
        self._show()

    # --- going elsewhere ---------------------------------------------------------------------------------------

    @Slot(str)
    def _on_criterion(self, criterion_id: str) -> None:
        self._go(criterion_id=CriterionId(criterion_id))

    @Slot(str)
    def _on_item(self, code: str) -> None:
        self._go(item_code=NodeCode(code))

    def _go(self, *, criterion_id: CriterionId | None = None, item_code: NodeCode | None = None) -> None:
        if self._inputs is not None:
            self.goal_wanted.emit(
                Goal(
                    destination=Destination.QUESTIONNAIRE,
                    assessment_id=self._inputs.assessment.id,
                    criterion_id=criterion_id,
                    item_code=item_code,
                )
            )

    # --- showing -----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        inputs = self._inputs
        if inputs is None:
            return
        colours = {place: level.colour for place, level in enumerate(inputs.edition.levels, 1)}
        self.page.levels.delegate.colours = colours
        self.page.heat.delegate.colours = colours
        self.page.show_results(self._props(inputs))
        self._on_place(self.page.levels.current_code())

    def _props(self, inputs: ResultsInputs) -> ResultsProps:
        sentences = results.explanation(inputs.results, inputs.edition, levels.WHOLE, inputs.language)
        count = len(inputs.closed)
        return ResultsProps(
            headline=levels.headline(inputs),
            sentences=sentences[:_SHOWN_SENTENCES],
            levels=levels.level_rows(inputs),
            gap=gaps.gap(inputs),
            radar=charts.radar(inputs),
            heat=charts.heat(inputs),
            level_names=levels.level_names(inputs),
            coverage=gaps.coverage_rows(inputs),
            coverage_groups=gaps.coverage_groups(inputs),
            what_if=self.desk.speech.say("results.what_if.banner", count=count) if count else "",
        )

    @Slot(str)
    def _on_place(self, code: str) -> None:
        inputs = self._inputs
        if inputs is None:
            return
        node = NodeCode(code)
        sentences = results.explanation(inputs.results, inputs.edition, node, inputs.language)
        self.page.levels.show_why(sentences, gaps.blockers_of(inputs, node))


def load_inputs(workspace: Workspace, assessment_id: AssessmentId, language: Language) -> ResultsInputs:
    """Read everything the screen is derived from; runs on the work lane."""
    sheet = assessments.load_sheet(workspace, assessment_id)
    return ResultsInputs(
        edition=sheet.edition,
        assessment=sheet.assessment,
        answers=sheet.answers,
        self_ratings=sheet.self_ratings,
        results=sheet.results,
        stored=sheet.results,
        path=results.path_to_target(workspace, assessment_id),
        coverage=results.coverage(workspace, assessment_id),
        language=language,
    )
