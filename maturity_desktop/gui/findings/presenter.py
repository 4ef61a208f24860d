"""The findings screen's presenter: three registers, one conversation with the services."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot

from maturity_desktop.domain.engagement import Interview, InterviewMethod
from maturity_desktop.domain.findings import Grade, Observation, OutcomeClaim
from maturity_desktop.domain.ids import AssessmentId, ClaimId, CriterionId, InterviewId, ObservationId, new_id
from maturity_desktop.gui.common.checklist import ChecklistDialog, ChecklistWords, Choice
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.screens import Destination, Goal, Screen
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.gui.findings.loading import FindingsState, load_findings
from maturity_desktop.gui.findings.state import rows
from maturity_desktop.gui.findings.views.forms import Record
from maturity_desktop.gui.findings.views.page import FindingsPage
from maturity_desktop.gui.findings.views.record_tab import RecordTab
from maturity_desktop.services import engagements, findings
from maturity_desktop.services.outcomes import Area, Changes, Outcome


@dataclass(frozen=True, slots=True)
class _Register:
    """One tab with its verbs."""

    tab: RecordTab
    save: Callable[..., Outcome[Record]]
    delete: Callable[..., Outcome[None]]


class FindingsScreen(Screen):
    """Owns the conversation between the findings page and the services."""

    destination = Destination.FINDINGS

    def __init__(self, desk: Desk) -> None:
        self.page = FindingsPage(Looks(desk.speech, desk.theme, desk.icons), desk.machine.clock.today())
        super().__init__(desk, self.page)
        self._state: FindingsState | None = None
        self._goal: Goal | None = None
        page = self.page
        self._registers = (
            _Register(page.observations, findings.save_observation, findings.delete_observation),
            _Register(page.claims, findings.save_claim, findings.delete_claim),
            _Register(page.interviews, engagements.save_interview, engagements.delete_interview),
        )
        for register in self._registers:
            register.tab.save_wanted.connect(partial(self._save, register))
            register.tab.delete_wanted.connect(partial(self._delete, register))
            register.tab.criteria_wanted.connect(partial(self._choose_criteria, register))
        page.observations.new_wanted.connect(self._new_observation)
        page.claims.new_wanted.connect(self._new_claim)
        page.interviews.new_wanted.connect(self._new_interview)

    # --- screen contract ---------------------------------------------------------------------------------------

    def load(self) -> None:
        place = self.place
        assessment_id = place.assessment_id if place is not None else None
        if self._state is not None and self._state.assessment_id != assessment_id:
            for register in self._registers:
                register.tab.forget()
                register.tab.show_rows(())
        if place is None or assessment_id is None:
            self._state = None
            return
        self.desk.jobs.work(
            partial(load_findings, place.workspace, assessment_id), partial(self._on_loaded, assessment_id)
        )

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.areas & {Area.FINDINGS, Area.STRUCTURE})

    def go_to(self, goal: Goal) -> None:
        self._goal = goal
        if self._state is not None and not self._is_stale:
            self._follow_goal()

    def can_close(self) -> bool:
        self._flush()
        return not self.desk.jobs.is_busy

    def deactivate(self) -> None:
        self._flush()
        super().deactivate()

    def retranslate(self) -> None:
        self.page.retranslate()
        self._show()

    def _flush(self) -> None:
        for register in self._registers:
            register.tab.flush()

    def _on_loaded(self, assessment_id: AssessmentId, result: Success[FindingsState] | Failure) -> None:
        if self.place is None or self.place.assessment_id != assessment_id:
            return
        if isinstance(result, Failure):
            self._tell(result.problem)
            return
        self._state = result.value
        self._show()
        self._follow_goal()

    def _show(self) -> None:
        state, language = self._state, self.desk.speech.language
        if state is None:
            return
        today = self.desk.machine.clock.today()
        self.page.observations.show_rows(rows.observation_rows(state.observations, today, language))
        self.page.claims.show_rows(rows.claim_rows(state.claims))
        self.page.interviews.show_rows(rows.interview_rows(state.interviews, language))
        self.page.name_tabs((len(state.observations), len(state.claims), len(state.interviews)))

    # --- intents -----------------------------------------------------------------------------------------------

    @Slot()
    def _new_observation(self, criteria: tuple[CriterionId, ...] = ()) -> None:
        if self._state is None:
            return
        self._flush()
        self.page.tabs.setCurrentWidget(self.page.observations)
        self.page.observations.edit(
            Observation(
                id=ObservationId(new_id()),
                assessment_id=self._state.assessment_id,
                grade=Grade.MINOR_NONCONFORMITY,
                text="",
                criteria=criteria,
            )
        )

    @Slot()
    def _new_claim(self) -> None:
        if self._state is not None:
            self._flush()
            self.page.claims.edit(
                OutcomeClaim(id=ClaimId(new_id()), assessment_id=self._state.assessment_id, metric="", after="")
            )

    @Slot()
    def _new_interview(self) -> None:
        if self._state is not None:
            self._flush()
            self.page.interviews.edit(
                Interview(
                    id=InterviewId(new_id()),
                    engagement_id=self._state.engagement_id,
                    held_on=self.desk.machine.clock.today(),
                    method=InterviewMethod.INTERVIEW,
                    people=(),
                )
            )

    def _save(self, register: _Register, record: Record) -> None:
        if self.place is not None:
            job = partial(register.save, self.place.workspace, record)
            self.desk.jobs.write(job, partial(self._on_saved, register, record))

    def _delete(self, register: _Register, record: Record) -> None:
        state = self._state
        known = state is not None and record in (*state.observations, *state.claims, *state.interviews)
        if self.place is not None and known:
            job = partial(register.delete, self.place.workspace, record.id)
            self.desk.jobs.write(job, partial(self._on_saved, register, record))
        else:
            self._show()

    def _choose_criteria(self, register: _Register, record: Record) -> None:
        if self._state is None:
            return
        say, language = self.desk.speech.say, self.desk.speech.language
        words = ChecklistWords(
            title=say("findings.choose_title"),
            explanation=say("findings.choose_explanation"),
            search=say("evidence.link.search"),
            accept=say("common.ok"),
            cancel=say("common.cancel"),
        )
        choices = [
            Choice(key=key, text=f"{key}  {criterion.text.pick(language)}", is_ticked=key in record.criteria)
            for key, criterion in self._state.edition.criterion_by_id.items()
        ]
        dialog = ChecklistDialog(words, choices, self.page)
        dialog.chosen.connect(register.tab.form.bind)
        dialog.open()

    # --- what comes back ---------------------------------------------------------------------------------------

    def _on_saved(self, register: _Register, record: Record, result: Success[Outcome[Record]] | Failure) -> None:
        if isinstance(result, Failure):
            self._tell(result.problem)
            register.tab.edit(record, is_dirty=True)
            return
        self.page.message.hide()
        if result.value.value is not None:
            register.tab.take_saved(result.value.value)
        self.desk.hub.publish(result.value.changes, self)
        self.load()

    def _follow_goal(self) -> None:
        goal, self._goal = self._goal, None
        if goal is not None and goal.criterion_id is not None:
            self._new_observation((goal.criterion_id,))

    def _tell(self, problem: Exception) -> None:
        self.page.message.show_message(self.desk.problems.sentence(problem), Tone.BAD)
