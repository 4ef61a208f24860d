"""The conversation of the set-up: loads what can be chosen, collects a draft, checks it, saves it in one job."""

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from maturity_desktop.domain import canonical
from maturity_desktop.domain.engagement import Assessment
from maturity_desktop.domain.ids import AssessmentId, InstitutionId
from maturity_desktop.domain.institution import Institution, System
from maturity_desktop.domain.standard import Edition
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.engagements.draft import (
    Draft,
    gaps,
    suggested_title,
    with_edition,
    with_institution,
    with_system,
)
from maturity_desktop.gui.engagements.views.pages import InstitutionPage, SystemPage
from maturity_desktop.gui.engagements.views.setup import SetupDialog, SetupWords, Step
from maturity_desktop.gui.engagements.views.standard_pages import StandardChoice, StandardPage, TargetPage
from maturity_desktop.gui.engagements.views.visit_page import VisitPage
from maturity_desktop.services import assessments, engagements, standards
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Changes, Outcome
from maturity_desktop.services.standards import StandardCard

_STEP_OF_GAP = {
    "institution": Step.INSTITUTION,
    "credit_code": Step.INSTITUTION,
    "system": Step.SYSTEM,
    "standard": Step.STANDARD,
    "scope": Step.STANDARD,
    "title": Step.VISIT,
    "dates": Step.VISIT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials:
    """What the pages offer to choose from."""

    institutions: tuple[Institution, ...]
    library: tuple[StandardCard, ...]
    systems: tuple[System, ...]
    edition: Edition | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupPlan:
    """Which pages are shown, whether step by step, and whether the edition may still be chosen."""

    steps: tuple[Step, ...]
    words_key: str
    is_guided: bool
    is_edition_fixed: bool = False


WHOLE = SetupPlan(steps=tuple(Step), words_key="new", is_guided=True)
ONE_MORE = SetupPlan(steps=(Step.SYSTEM, Step.STANDARD, Step.TARGET), words_key="more", is_guided=True)
EDIT_ENGAGEMENT = SetupPlan(steps=(Step.INSTITUTION, Step.VISIT), words_key="edit", is_guided=False)
EDIT_ASSESSMENT = SetupPlan(
    steps=(Step.SYSTEM, Step.STANDARD, Step.TARGET),
    words_key="edit_assessment",
    is_guided=False,
    is_edition_fixed=True,
)


class Setup(QObject):
    """One set-up from opening the dialog to everything saved."""

    saved = Signal(object)  # Outcome[AssessmentId | None]

    def __init__(self, desk: Desk, workspace: Workspace, plan: SetupPlan, draft: Draft, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._workspace, self._plan, self.draft = desk, workspace, plan, draft
        self._title_suggested = ""
        speech = desk.speech
        self.institution, self.system = InstitutionPage(speech), SystemPage(speech)
        self.standard, self.target = StandardPage(speech), TargetPage(speech, desk.theme)
        self.visit = VisitPage(speech, desk.machine.clock.today())
        pages = {
            Step.INSTITUTION: self.institution,
            Step.SYSTEM: self.system,
            Step.STANDARD: self.standard,
            Step.TARGET: self.target,
            Step.VISIT: self.visit,
        }
        words = SetupWords(
            title=speech.say(f"engagement.{plan.words_key}_title"), finish=speech.say(f"engagement.{plan.words_key}_do")
        )
        self.dialog = SetupDialog(
            (desk.icons, desk.theme, speech),
            words,
            [(step, pages[step]) for step in plan.steps],
            is_guided=plan.is_guided,
            parent=parent,
        )
        for unused in set(Step) - set(plan.steps):
            pages[unused].setParent(self.dialog)
            pages[unused].hide()
        self.dialog.finish_wanted.connect(self._on_main_button)
        self.dialog.step_shown.connect(self._on_step)
        self.dialog.finished.connect(self.deleteLater)
        self.standard.edition_wanted.connect(self._load_edition)

    def open(self) -> None:
        """Load what can be chosen and show the dialog."""
        self.dialog.submit_button.setEnabled(False)
        self.dialog.open()
        job = partial(_materials, self._workspace, self.draft)
        self._desk.jobs.work(job, self._on_materials)

    def _on_materials(self, result: Success[Materials] | Failure) -> None:
        self.dialog.set_busy(False)
        if isinstance(result, Failure):
            self.dialog.show_problem(self._desk.problems.sentence(result.problem))
            return
        found = result.value
        self.institution.show_known(found.institutions)
        self.institution.show_value(self.draft.institution)
        self.system.show_known(found.systems)
        self.system.show_value(self.draft.system)
        self.visit.show_value(self.draft.engagement)
        self.standard.show_choices(tuple(self._choice(card) for card in found.library))
        if found.edition is not None:
            self._take_edition(found.edition)

    def _choice(self, card: StandardCard) -> StandardChoice:
        say, pick = self._desk.speech.say, self._desk.speech.pick
        title = say("engagement.standard_title", name=pick(card.name), part=card.part, edition=card.edition_id)
        return StandardChoice(
            standard_id=card.standard_id,
            edition_id=card.edition_id,
            title=title,
            numbers=say(
                "engagement.standard_numbers",
                items=card.rated_items,
                criteria=card.criteria,
                evidence=card.evidence_requests,
            ),
            provenance=say(f"engagement.provenance.{card.provenance.value}"),
        )

    @Slot(object)
    def _load_edition(self, choice: StandardChoice) -> None:
        job = partial(standards.load, self._desk.machine, choice.standard_id, choice.edition_id)
        self._desk.jobs.work(job, self._on_edition)

    def _on_edition(self, result: Success[Edition] | Failure) -> None:
        if isinstance(result, Failure):
            self.dialog.show_problem(self._desk.problems.sentence(result.problem))
            return
        self._take_edition(result.value)

    def _take_edition(self, edition: Edition) -> None:
        digest = canonical.digest(edition)
        self.draft = with_edition(self.draft, edition, digest)
        if self.draft.assessment is not None:
            self.standard.show_edition(edition, self.draft.assessment.scope, is_fixed=self._plan.is_edition_fixed)
            self.target.show_value(edition, self.draft.assessment)

    # --- moving and saving --------------------------------------------------------------------------------------

    @Slot(object)
    def _on_step(self, step: Step) -> None:
        self._collect()
        if step is Step.VISIT and self.visit.title.text() in ("", self._title_suggested):
            today, language = self._desk.machine.clock.today(), self._desk.speech.language
            self._title_suggested = suggested_title(self.draft, today, language)
            self.visit.title.setText(self._title_suggested)
        if step is Step.SYSTEM and self._plan is WHOLE:
            job = partial(engagements.list_systems, self._workspace, self.draft.institution.id)
            self._desk.jobs.work(job, self._on_systems)

    def _on_systems(self, result: Success[tuple[System, ...]] | Failure) -> None:
        if isinstance(result, Success):
            self.system.show_known(result.value)

    @Slot()
    def _on_main_button(self) -> None:
        self._collect()
        missing = self._missing()
        steps = self._plan.steps
        here = steps.index(self.dialog.step)
        blocking = next(
            (
                gap
                for gap in missing
                if _STEP_OF_GAP[gap] in steps
                and (self.dialog.is_on_last_step or steps.index(_STEP_OF_GAP[gap]) <= here)
            ),
            "",
        )
        if blocking:
            self.dialog.show_gap(_STEP_OF_GAP[blocking], self._desk.speech.say(f"engagement.gap.{blocking}"))
        elif not self.dialog.is_on_last_step:
            self.dialog.go_on()
        else:
            self._save()

    def _missing(self) -> tuple[str, ...]:
        found = gaps(self.draft)
        if self.draft.assessment is not None and self.standard.nodes.isChecked():
            return found if self.standard.model.is_anything_ticked() else (*found, "scope")
        return found

    def _collect(self) -> None:
        steps, draft = self._plan.steps, self.draft
        if Step.INSTITUTION in steps:
            draft = with_institution(draft, self.institution.value)
        if Step.SYSTEM in steps:
            system = replace(self.system.value, institution_id=draft.institution.id)
            draft = with_system(draft, system)
        if draft.assessment is not None and draft.edition is not None and Step.STANDARD in steps:
            assessment = self.target.value(replace(draft.assessment, scope=self.standard.scope))
            draft = replace(draft, assessment=assessment)
        if Step.VISIT in steps:
            draft = replace(draft, engagement=self.visit.value(draft.engagement))
        self.draft = draft

    def _save(self) -> None:
        self.dialog.set_busy(True)
        self._desk.jobs.write(partial(_save_all, self._workspace, self.draft), self._on_saved)

    def _on_saved(self, result: Success[Outcome[AssessmentId | None]] | Failure) -> None:
        if isinstance(result, Failure):
            self.dialog.show_problem(self._desk.problems.sentence(result.problem))
            return
        self.dialog.accept()
        self.saved.emit(result.value)


def _materials(workspace: Workspace, draft: Draft) -> Materials:
    library = standards.library(workspace.machine)
    assessment = draft.assessment
    edition: Edition | None = None
    if assessment is not None and assessment.edition_digest:
        edition = assessments.load_sheet(workspace, assessment.id).edition
    elif assessment is not None and library:
        edition = standards.load(workspace.machine, library[0].standard_id, library[0].edition_id)
    return Materials(
        institutions=engagements.list_institutions(workspace),
        library=library,
        systems=_systems(workspace, draft.institution.id),
        edition=edition,
    )


def _systems(workspace: Workspace, institution_id: InstitutionId) -> tuple[System, ...]:
    return engagements.list_systems(workspace, institution_id)


def _save_all(workspace: Workspace, draft: Draft) -> Outcome[AssessmentId | None]:
    """Save institution, visit, system, edition and assessment; the services write only what changed."""
    changes = [
        engagements.save_institution(workspace, draft.institution).changes,
        engagements.save_engagement(workspace, draft.engagement).changes,
    ]
    if draft.assessment is not None and draft.edition is not None:
        changes.append(engagements.save_system(workspace, draft.system).changes)
        pinned = standards.pin(workspace, draft.edition)
        wanted: Assessment = replace(draft.assessment, edition_digest=pinned.value)
        changes.extend((pinned.changes, engagements.save_assessment(workspace, wanted).changes))
    areas = frozenset(area for change in changes for area in change.areas)
    value = draft.assessment.id if draft.assessment is not None else None
    return Outcome(value=value, changes=Changes(areas=areas, assessment_id=value))
