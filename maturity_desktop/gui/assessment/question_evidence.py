"""The evidence strip of the questionnaire: attach to, link to and unlink from the criterion in focus."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from maturity_desktop.domain.evidence import Evidence, EvidenceLink, match_request
from maturity_desktop.domain.ids import CriterionId, EvidenceId
from maturity_desktop.gui.assessment.attaching import Attacher, Intake, IntakeProgress
from maturity_desktop.gui.assessment.recording import Recorder
from maturity_desktop.gui.assessment.showing import EvidenceShower
from maturity_desktop.gui.assessment.state.sheet import with_evidence
from maturity_desktop.gui.assessment.views.page import QuestionPage
from maturity_desktop.gui.assessment.walker import Walker
from maturity_desktop.gui.common.checklist import ChecklistDialog, ChecklistWords, Choice
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.dialogs import FileWish
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.services import evidence as verbs
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Outcome


class QuestionEvidence(QObject):
    """Everything about evidence that starts at a criterion."""

    changed = Signal(object)  # Changes
    failed = Signal(object)  # Exception

    def __init__(
        self, desk: Desk, page: QuestionPage, recorder: Recorder, walker: Walker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self._recorder = recorder
        self._walker = walker
        self._workspace: Workspace | None = None
        self._everything: tuple[Evidence, ...] = ()
        self.attacher = Attacher(desk.jobs, self)
        self.shower = EvidenceShower(desk, page.preview, self)
        strip = page.side.evidence
        strip.attach_wanted.connect(self.choose_files)
        strip.files_dropped.connect(self._on_dropped)
        strip.link_wanted.connect(self.choose_existing)
        strip.preview_wanted.connect(self._on_preview)
        strip.unlink_wanted.connect(self._on_unlink)
        page.intake.cancel_wanted.connect(self.attacher.cancel)
        self.attacher.progressed.connect(self._on_progress)
        self.attacher.taken_in.connect(self._on_outcome)
        self.attacher.failed.connect(self.failed)
        self.attacher.finished.connect(page.intake.hide)
        self.shower.failed.connect(self.failed)

    def take(self, workspace: Workspace) -> None:
        """Work in this workspace from now on."""
        self._workspace = workspace

    @Slot()
    def choose_files(self) -> None:
        """Ask for files and link them to the criterion in focus."""
        if self._link() is None:
            return
        say = self._desk.speech.say
        wish = FileWish(title=say("assessment.page.choose_files"), pattern=say("evidence.action.all_files"))
        self._desk.dialogs.open_files(self._page, wish, self.attach)

    def attach(self, files: tuple[Path, ...]) -> None:
        """Take files in; a name that carries an evidence code also answers that request."""
        sheet, link = self._recorder.sheet, self._link()
        if sheet is None or link is None or self._workspace is None:
            return
        matched = [(file, match_request(file.name, sheet.edition)) for file in files]
        self.attacher.take_in(
            self._workspace,
            tuple(
                Intake(source=file, links=(link,), request_code=request.code if request else "")
                for file, request in matched
            ),
        )

    @Slot()
    def choose_existing(self) -> None:
        """Ask which evidence of the workspace bears on the criterion in focus."""
        if self._workspace is not None and self._link() is not None:
            self._desk.jobs.work(partial(verbs.list_evidence, self._workspace), self._on_listed)

    @Slot()
    def preview(self) -> None:
        """Show the chosen evidence of the criterion in focus."""
        current = self._page.side.evidence.current()
        if current is not None:
            self._on_preview(current)

    def _link(self) -> EvidenceLink | None:
        sheet, focus = self._recorder.sheet, self._walker.focus
        if sheet is None or focus is None or sheet.is_read_only:
            return None
        return EvidenceLink(assessment_id=sheet.assessment.id, criterion_id=focus.criterion_id)

    @Slot(object)
    def _on_dropped(self, files: tuple[Path, ...]) -> None:
        self.attach(files)

    @Slot(object)
    def _on_progress(self, progress: IntakeProgress) -> None:
        text = self._desk.speech.say(
            "assessment.page.taking_in", number=progress.number, total=progress.total, name=progress.file_name
        )
        step = progress.step
        self._page.intake.show_progress(text, step.done if step else 0, step.total if step else 0)

    def _on_listed(self, result: Success[tuple[Evidence, ...]] | Failure) -> None:
        link = self._link()
        if isinstance(result, Failure):
            self.failed.emit(result.problem)
            return
        if link is None:
            return
        self._everything = result.value
        say = self._desk.speech.say
        words = ChecklistWords(
            title=say("evidence.link.existing_title"),
            explanation=say("evidence.link.existing_explanation", code=link.criterion_id),
            search=say("evidence.list.search"),
            accept=say("common.ok"),
            cancel=say("common.cancel"),
        )
        choices = [
            Choice(key=found.id, text=f"{found.title}\n{found.newest.file_name}", is_ticked=link in found.links)
            for found in result.value
        ]
        dialog = ChecklistDialog(words, choices, self._page)
        dialog.chosen.connect(partial(self._on_chosen, link.criterion_id))
        dialog.open()

    def _on_chosen(self, criterion_id: CriterionId, ids: tuple[EvidenceId, ...]) -> None:
        sheet = self._recorder.sheet
        if sheet is None or self._workspace is None:
            return
        link = EvidenceLink(assessment_id=sheet.assessment.id, criterion_id=criterion_id)
        for found in self._everything:
            is_linked, is_wanted = link in found.links, found.id in ids
            if is_linked != is_wanted:
                verb = verbs.link if is_wanted else verbs.unlink
                self._desk.jobs.write(partial(verb, self._workspace, found.id, (link,)), self._on_result)

    @Slot(str)
    def _on_unlink(self, evidence_id: EvidenceId) -> None:
        link = self._link()
        if link is not None and self._workspace is not None:
            self._desk.jobs.write(partial(verbs.unlink, self._workspace, evidence_id, (link,)), self._on_result)

    @Slot(str)
    def _on_preview(self, evidence_id: EvidenceId) -> None:
        sheet = self._recorder.sheet
        found = next((known for known in sheet.evidence if known.id == evidence_id), None) if sheet else None
        if found is not None and self._workspace is not None:
            self._page.open_preview()
            self.shower.show(self._workspace, found)

    def _on_result(self, result: Success[Outcome[Evidence]] | Failure) -> None:
        if isinstance(result, Failure):
            self.failed.emit(result.problem)
        else:
            self._on_outcome(result.value)

    @Slot(object)
    def _on_outcome(self, outcome: Outcome[Evidence]) -> None:
        if self._recorder.sheet is not None:
            self._recorder.replace(with_evidence(self._recorder.sheet, outcome.value))
        self.changed.emit(outcome.changes)
