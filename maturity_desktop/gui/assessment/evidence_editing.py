"""Forms of the evidence screen and what they send: references, descriptions, links to criteria."""

from dataclasses import replace
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from maturity_desktop.domain.evidence import Evidence, EvidenceLink
from maturity_desktop.domain.ids import AssessmentId, CriterionId
from maturity_desktop.domain.standard import Edition
from maturity_desktop.gui.assessment.evidence_loading import EvidenceState
from maturity_desktop.gui.assessment.state.evidence import criteria_of_request
from maturity_desktop.gui.assessment.views.evidence_forms import EvidenceDialog, EvidenceForm
from maturity_desktop.gui.common.checklist import ChecklistDialog, ChecklistWords, Choice
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.services import evidence as verbs
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Outcome


class EvidenceEditor(QObject):
    """Opens the dialogs over `host` and sends what they give."""

    done = Signal(object)  # Outcome[Evidence]
    failed = Signal(object)  # Exception

    def __init__(self, desk: Desk, host: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._host = host
        self._looks = Looks(desk.speech, desk.theme, desk.icons)

    def refer(self, workspace: Workspace, state: EvidenceState) -> None:
        """Register evidence that stays with the institution."""
        dialog = EvidenceDialog(self._looks, EvidenceForm(), self._host, is_reference=True)
        dialog.form_given.connect(partial(self._send_reference, dialog, workspace, state))
        dialog.open()

    def _send_reference(
        self, dialog: EvidenceDialog, workspace: Workspace, state: EvidenceState, form: EvidenceForm
    ) -> None:
        wish = verbs.Refer(
            file_name=form.file_name,
            place=form.place,
            kind=form.kind,
            title=form.title,
            sha256=form.sha256,
            grade=form.grade,
            request_code=form.request_code,
            received_from=form.received_from,
            links=links_of_request(state.edition, state.assessment_id, form.request_code),
        )
        dialog.set_busy(True)
        self._desk.jobs.write(partial(verbs.refer, workspace, wish), partial(self._on_form_result, dialog))

    def describe(self, workspace: Workspace, found: Evidence) -> None:
        """Change title, kind, grade, request and from whom."""
        start = EvidenceForm(
            title=found.title,
            kind=found.kind,
            grade=found.grade,
            request_code=found.request_code,
            received_from=found.received_from,
        )
        dialog = EvidenceDialog(self._looks, start, self._host, is_reference=False)
        dialog.form_given.connect(partial(self._send_description, dialog, workspace, found))
        dialog.open()

    def _send_description(
        self, dialog: EvidenceDialog, workspace: Workspace, found: Evidence, form: EvidenceForm
    ) -> None:
        changed = replace(
            found,
            title=form.title,
            kind=form.kind,
            grade=form.grade,
            request_code=form.request_code,
            received_from=form.received_from,
        )
        dialog.set_busy(True)
        self._desk.jobs.write(partial(verbs.describe, workspace, changed), partial(self._on_form_result, dialog))

    def choose_criteria(self, workspace: Workspace, state: EvidenceState, found: Evidence) -> None:
        """Tick the criteria this evidence proves."""
        say, language = self._desk.speech.say, self._desk.speech.language
        linked = {link.criterion_id for link in found.links if link.assessment_id == state.assessment_id}
        choices = [
            Choice(key=key, text=f"{key}  {criterion.text.pick(language)}", is_ticked=key in linked)
            for key, criterion in state.edition.criterion_by_id.items()
        ]
        words = ChecklistWords(
            title=say("evidence.link.title"),
            explanation=say("evidence.link.explanation"),
            search=say("evidence.link.search"),
            accept=say("common.ok"),
            cancel=say("common.cancel"),
        )
        dialog = ChecklistDialog(words, choices, self._host)
        dialog.chosen.connect(partial(self._send_links, workspace, found, state.assessment_id))
        dialog.open()

    def _send_links(
        self, workspace: Workspace, found: Evidence, assessment_id: AssessmentId, chosen: tuple[CriterionId, ...]
    ) -> None:
        before = {link for link in found.links if link.assessment_id == assessment_id}
        after = {EvidenceLink(assessment_id=assessment_id, criterion_id=key) for key in chosen}
        for verb, links in ((verbs.link, after - before), (verbs.unlink, before - after)):
            if links:
                ordered = tuple(sorted(links, key=lambda link: link.criterion_id))
                self._desk.jobs.write(partial(verb, workspace, found.id, ordered), self._on_result)

    def _on_form_result(self, dialog: EvidenceDialog, result: Success[Outcome[Evidence]] | Failure) -> None:
        is_open = shiboken6.isValid(dialog)
        if isinstance(result, Failure) and is_open:
            dialog.show_problem(self._desk.problems.sentence(result.problem))
            return
        if is_open:
            dialog.accept()
        self._on_result(result)

    def _on_result(self, result: Success[Outcome[Evidence]] | Failure) -> None:
        if isinstance(result, Failure):
            self.failed.emit(result.problem)
        else:
            self.done.emit(result.value)


def links_of_request(edition: Edition, assessment_id: AssessmentId, request_code: str) -> tuple[EvidenceLink, ...]:
    """Return links to the criteria of the cell that asks for this evidence."""
    return tuple(
        EvidenceLink(assessment_id=assessment_id, criterion_id=criterion_id)
        for criterion_id in criteria_of_request(edition, request_code)
    )
