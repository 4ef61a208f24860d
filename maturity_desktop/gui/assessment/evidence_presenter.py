"""The evidence screen's presenter: lists, intake, references, revisions, links, preview, copies."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot

from maturity_desktop.domain.evidence import Evidence, match_request
from maturity_desktop.domain.ids import AssessmentId, EvidenceId
from maturity_desktop.gui.assessment.attaching import Attacher, Intake, IntakeProgress
from maturity_desktop.gui.assessment.evidence_editing import EvidenceEditor, links_of_request
from maturity_desktop.gui.assessment.evidence_loading import EvidenceState, load_evidence
from maturity_desktop.gui.assessment.showing import EvidenceShower
from maturity_desktop.gui.assessment.state import evidence as states
from maturity_desktop.gui.assessment.state.evidence import EvidenceRow, WantedRow
from maturity_desktop.gui.assessment.views.criterion_pane import moment
from maturity_desktop.gui.assessment.views.evidence_page import EvidencePage
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.dialogs import FileWish
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.screens import Destination, Goal, Screen
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Area, Changes, Outcome


class EvidenceScreen(Screen):
    """Owns the conversation between the evidence page and the services."""

    destination = Destination.EVIDENCE

    def __init__(self, desk: Desk) -> None:
        self.page = EvidencePage(Looks(desk.speech, desk.theme, desk.icons))
        super().__init__(desk, self.page)
        self.attacher = Attacher(desk.jobs, self)
        self.shower = EvidenceShower(desk, self.page.preview, self)
        self.editor = EvidenceEditor(desk, self.page, self)
        self._state: EvidenceState | None = None
        self._shown: tuple[EvidenceId, int] | None = None
        page = self.page
        page.chosen.connect(self._on_chosen)
        page.attach_wanted.connect(self._on_attach)
        page.attach_for_wanted.connect(self._on_attach_for)
        page.files_dropped.connect(self._on_files)
        page.refer_wanted.connect(self._on_refer)
        page.act_wanted.connect(self._on_act)
        page.intake.cancel_wanted.connect(self.attacher.cancel)
        self.attacher.progressed.connect(self._on_progress)
        self.attacher.taken_in.connect(self._on_outcome)
        self.editor.done.connect(self._on_outcome)
        for part in (self.attacher, self.editor):
            part.failed.connect(self._on_problem)
        self.attacher.finished.connect(page.intake.hide)
        self.shower.copied.connect(self._on_copied)
        self.shower.failed.connect(self._on_problem)
        self.shower.show_nothing()

    # --- screen contract ---------------------------------------------------------------------------------------

    def load(self) -> None:
        place = self.place
        if place is None or place.assessment_id is None:
            self._state = None
            self.page.show_rows((), ())
            return
        self.desk.jobs.work(
            partial(load_evidence, place.workspace, place.assessment_id), partial(self._on_loaded, place.assessment_id)
        )

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.areas & {Area.EVIDENCE, Area.STRUCTURE})

    def can_close(self) -> bool:
        return not self.attacher.is_busy

    def retranslate(self) -> None:
        self.page.retranslate()
        self._show()

    def _on_loaded(self, assessment_id: AssessmentId, result: Success[EvidenceState] | Failure) -> None:
        if self.place is None or self.place.assessment_id != assessment_id:
            return
        if isinstance(result, Failure):
            self._on_problem(result.problem)
            return
        self._state = result.value
        self._show()

    def _show(self) -> None:
        state, language = self._state, self.desk.speech.language
        if state is None:
            self.page.show_rows((), ())
            return
        self.page.show_rows(
            states.evidence_rows(state.evidence, state.assessment_id, language),
            states.wanted_rows(state.wanted, state.edition, language),
        )

    # --- intents -----------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_chosen(self, row: EvidenceRow | None) -> None:
        found = self._found(row)
        if row is None or found is None or self.place is None:
            self._shown = None
            self.page.show_details("")
            self.shower.show_nothing()
            return
        self.page.show_details(self._details(row))
        key = (found.id, found.newest.number)
        if key != self._shown:
            self._shown = key
            self.shower.show(self.place.workspace, found)

    @Slot()
    def _on_attach(self) -> None:
        say = self.desk.speech.say
        wish = FileWish(title=say("evidence.action.choose_files"), pattern=say("evidence.action.all_files"))
        self.desk.dialogs.open_files(self.page, wish, self._on_files)

    @Slot(object)
    def _on_files(self, files: tuple[Path, ...]) -> None:
        self._take_in(files, "")

    @Slot(object)
    def _on_attach_for(self, row: WantedRow) -> None:
        say = self.desk.speech.say
        wish = FileWish(title=f"{row.code} {row.title}", pattern=say("evidence.action.all_files"))
        self.desk.dialogs.open_files(self.page, wish, lambda files: self._take_in(files, row.code))

    def _take_in(self, files: tuple[Path, ...], request_code: str) -> None:
        state, place = self._state, self.place
        if state is None or place is None:
            return
        intakes = []
        for file in files:
            request = match_request(file.name, state.edition)
            code = request_code or (request.code if request is not None else "")
            intakes.append(
                Intake(source=file, links=links_of_request(state.edition, state.assessment_id, code), request_code=code)
            )
        self.attacher.take_in(place.workspace, tuple(intakes))

    @Slot()
    def _on_refer(self) -> None:
        if self._state is not None and self.place is not None:
            self.editor.refer(self.place.workspace, self._state)

    @Slot(str)
    def _on_act(self, name: str) -> None:
        found, place = self._found(self.page.current()), self.place
        if found is None or place is None:
            return
        match name:
            case "revise":
                wish = FileWish(title=self.desk.speech.say("evidence.action.choose_files"))
                self.desk.dialogs.open_file(self.page, wish, partial(self._revise, place.workspace, found.id))
            case "describe":
                self.editor.describe(place.workspace, found)
            case "link" if self._state is not None:
                self.editor.choose_criteria(place.workspace, self._state, found)
            case _:
                self._open_criterion(found)

    def _revise(self, workspace: Workspace, evidence_id: EvidenceId, source: Path) -> None:
        self.attacher.take_in(workspace, (Intake(source=source, revises=evidence_id),))

    def _open_criterion(self, found: Evidence) -> None:
        state = self._state
        links = [link for link in found.links if state is not None and link.assessment_id == state.assessment_id]
        if links:
            self.goal_wanted.emit(
                Goal(
                    destination=Destination.QUESTIONNAIRE,
                    assessment_id=links[0].assessment_id,
                    criterion_id=links[0].criterion_id,
                )
            )

    # --- what comes back ---------------------------------------------------------------------------------------

    @Slot(object)
    def _on_outcome(self, outcome: Outcome[Evidence]) -> None:
        self.desk.hub.publish(outcome.changes, self)
        self.load()

    @Slot(object)
    def _on_progress(self, progress: IntakeProgress) -> None:
        text = self.desk.speech.say(
            "assessment.page.taking_in", number=progress.number, total=progress.total, name=progress.file_name
        )
        step = progress.step
        self.page.intake.show_progress(text, step.done if step else 0, step.total if step else 0)

    @Slot(object)
    def _on_copied(self, outcome: Outcome[Path]) -> None:
        self.page.message.show_message(self.desk.speech.say("evidence.copy.done", path=outcome.value), Tone.GOOD)
        self.desk.hub.publish(outcome.changes, self)

    @Slot(object)
    def _on_problem(self, problem: Exception) -> None:
        self.page.message.show_message(self.desk.problems.sentence(problem), Tone.BAD)

    def _found(self, row: EvidenceRow | None) -> Evidence | None:
        state = self._state
        if row is None or state is None:
            return None
        return next((found for found in state.evidence if found.id == row.id), None)

    def _details(self, row: EvidenceRow) -> str:
        say = self.desk.speech.say
        parts = [
            f"{say('evidence.list.revision')} {row.revision} · {moment(row.added_at)} · {row.added_by}",
            f"{row.custody_words} · {say('evidence.list.grade')} {row.grade_words}",
        ]
        if row.received_from:
            parts.append(f"{say('evidence.list.from')} {row.received_from}")
        if row.sha256:
            parts.append(f"SHA-256 {row.sha256}")
        return "\n".join(parts)
