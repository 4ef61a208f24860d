"""Bringing a standard in: a dry run first, everything shown, and only then written where the user says."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from maturity_desktop.errors import InputRejected
from maturity_desktop.gui.common.dialogs import FileWish
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.gui.library import draft_words
from maturity_desktop.gui.library.ground import Ground
from maturity_desktop.gui.library.mapping import Mapping
from maturity_desktop.gui.library.state.accepting import Accepted, AcceptProps
from maturity_desktop.gui.library.state.drafts import DraftProps
from maturity_desktop.gui.library.views.accepting import AcceptDialog
from maturity_desktop.services import adopting, authoring, columns
from maturity_desktop.services.adopting import Adopted, ImportDraft, Standing
from maturity_desktop.services.authoring import Groups, ImportWishes
from maturity_desktop.services.columns import OpenTable
from maturity_desktop.services.context import Machine
from maturity_desktop.system.progress import Progress

_TABLES = (".csv", ".xlsx")
_UNKNOWN_FORM = "AUT-001"
_TONES = {Standing.FREE: "caption", Standing.OWN: "warn", Standing.TAKEN: "bad", Standing.SAME: "bad"}
Seen = ImportDraft | OpenTable


class Importing(QObject):
    """Owns the import on show."""

    adopted = Signal(object)  # Adopted

    def __init__(self, ground: Ground, parent: QObject) -> None:
        super().__init__(parent)
        self._ground = ground
        self._draft: ImportDraft | None = None
        self._dialog: AcceptDialog | None = None
        self.mapping = Mapping(ground, self)
        self.mapping.drafted.connect(self._on_mapped)
        view = ground.page.draft
        view.columns_wanted.connect(self.mapping.return_to)
        view.groups_wanted.connect(self._on_groups)
        view.faults.save_wanted.connect(self.choose_faults_target)
        view.accept.clicked.connect(self.ask)

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file, then look at it."""
        say = self._ground.desk.speech.say
        wish = FileWish(title=say("importing.choose"), pattern=say("importing.pattern"), start=self._ground.folder())
        self._ground.desk.dialogs.open_file(self._ground.page, wish, self.look_at)

    @Slot()
    def choose_source_folder(self) -> None:
        """Ask for a folder, then look at it."""
        wish = FileWish(title=self._ground.desk.speech.say("importing.choose_source"), start=self._ground.folder())
        self._ground.desk.dialogs.choose_folder(self._ground.page, wish, self.look_at)

    def look_at(self, source: Path, wishes: ImportWishes | None = None) -> None:
        """Do a dry run of a file or folder; a plain table leads to its columns first."""
        job = partial(_look, self._ground.desk.machine, source, wishes or ImportWishes())
        told = self._ground.desk.speech.say("importing.reading", name=source.name)
        self._ground.follow(job, self._on_seen, told)

    def show(self) -> None:
        """Show the import again, in the current language."""
        self.mapping.show()
        if self._draft is not None:
            self._word(self._draft, is_new=False)

    def _word(self, draft: ImportDraft, *, is_new: bool) -> None:
        """Put a draft into words off the GUI thread, for it may be long."""
        job = partial(draft_words.draft_props, draft, self._ground.desk.speech)
        self._ground.desk.jobs.work(job, partial(self._on_words, draft, is_new))

    def _on_words(self, draft: ImportDraft, is_new: bool, result: Success[DraftProps] | Failure) -> None:
        if isinstance(result, Failure):
            self._ground.tell(result)
        elif draft is self._draft:
            self._ground.page.draft.show_props(result.value)
            if is_new:
                self._ground.page.show_draft()

    def _on_seen(self, result: Success[Seen] | Failure) -> None:
        self._ground.end()
        if isinstance(result, Failure):
            self._ground.tell(result)
        elif isinstance(result.value, OpenTable):
            self.mapping.open(result.value)
        else:
            self._on_mapped(result.value)

    @Slot(object)
    def _on_mapped(self, draft: ImportDraft) -> None:
        self._draft = draft
        self._word(draft, is_new=True)

    @Slot(str)
    def _on_groups(self, groups: str) -> None:
        draft = self._draft
        if draft is not None and draft.wishes.groups.value != groups:
            self.look_at(draft.source, replace(draft.wishes, groups=Groups(groups)))

    # --- faults ------------------------------------------------------------------------------------------------

    @Slot()
    def choose_faults_target(self) -> None:
        """Ask where the workbook with its faults goes, then write it."""
        draft = self._draft
        if draft is None:
            return
        say = self._ground.desk.speech.say
        start = draft.source.with_name(say("importing.faults_file", name=draft.source.stem))
        wish = FileWish(title=say("importing.save_faults"), pattern="Excel (*.xlsx)", start=start)
        self._ground.desk.dialogs.save_file(self._ground.page, wish, partial(self._save_faults, draft))

    def _save_faults(self, draft: ImportDraft, target: Path) -> None:
        job = partial(_write_errors, draft, target)
        told = self._ground.desk.speech.say("importing.saving_faults")
        self._ground.follow(job, partial(self._on_faults_saved, target), told)

    def _on_faults_saved(self, target: Path, result: Success[None] | Failure) -> None:
        self._ground.end()
        if isinstance(result, Failure):
            self._ground.tell(result)
        else:
            self._ground.page.tell(self._ground.desk.speech.say("importing.faults_saved", path=target), Tone.GOOD)

    # --- accepting ---------------------------------------------------------------------------------------------

    @Slot()
    def ask(self) -> None:
        """Ask under which edition and where; nothing is written before the answer."""
        draft = self._draft
        if draft is None or not draft.plan.is_possible:
            return
        job = partial(adopting.suggested_edition, self._ground.desk.machine, draft)
        self._ground.desk.jobs.work(job, partial(self._on_suggested, draft))

    def _on_suggested(self, draft: ImportDraft, result: Success[str] | Failure) -> None:
        edition, desk = draft.edition, self._ground.desk
        if isinstance(result, Failure) or edition is None:
            if isinstance(result, Failure):
                self._ground.tell(result)
            return
        props = AcceptProps(
            standard=draft_words.edition_title(edition, desk.speech),
            standard_id=edition.standard_id,
            edition_id=result.value,
            own=adopting.own_folder(desk.machine),
        )
        dialog = AcceptDialog(Looks(desk.speech, desk.theme, desk.icons), props, self._ground.page)
        dialog.edition_changed.connect(partial(self._look_up, draft))
        dialog.folder_wanted.connect(self._choose_folder)
        dialog.accepted_with.connect(partial(self._adopt, draft))
        dialog.finished.connect(self._on_dialog_closed)
        self._dialog = dialog
        self._look_up(draft, result.value)
        dialog.open()

    def _look_up(self, draft: ImportDraft, edition_id: str) -> None:
        job = partial(adopting.standing, self._ground.desk.machine, draft, edition_id)
        self._ground.desk.jobs.work(job, partial(self._on_standing, edition_id))

    def _on_standing(self, edition_id: str, result: Success[Standing] | Failure) -> None:
        dialog = self._dialog
        if dialog is None or dialog.edition.text().strip() != edition_id:
            return
        if isinstance(result, Failure):
            dialog.show_problem(self._ground.sentence(result))
            return
        say, found = self._ground.desk.speech.say, result.value
        if not dialog.is_for_library:
            dialog.say_standing(say("importing.standing.elsewhere"), "caption", is_possible=bool(edition_id))
            return
        is_possible = found in (Standing.FREE, Standing.OWN) and bool(edition_id)
        dialog.say_standing(say(f"importing.standing.{found.value}"), _TONES[found], is_possible=is_possible)

    @Slot()
    def _choose_folder(self) -> None:
        dialog = self._dialog
        if dialog is not None:
            wish = FileWish(title=self._ground.desk.speech.say("importing.folder"), start=self._ground.folder())
            self._ground.desk.dialogs.choose_folder(dialog, wish, dialog.set_folder)

    def _adopt(self, draft: ImportDraft, answer: Accepted) -> None:
        job = partial(adopting.adopt, self._ground.desk.machine, draft, answer.edition_id, answer.into)
        self._ground.desk.jobs.write(job, self._on_adopted)

    def _on_adopted(self, result: Success[Adopted] | Failure) -> None:
        if isinstance(result, Failure):
            if self._dialog is not None:
                self._dialog.show_problem(self._ground.sentence(result))
            return
        if self._dialog is not None:
            self._dialog.set_busy(False)
            self._dialog.accept()
        self._draft = None
        self.adopted.emit(result.value)

    @Slot()
    def _on_dialog_closed(self) -> None:
        self._dialog = None


def _look(machine: Machine, source: Path, wishes: ImportWishes, progress: Progress) -> Seen:
    """What nobody recognises may be a plain table, whose columns are to be named."""
    try:
        return adopting.draft(machine, source, wishes, progress)
    except InputRejected as problem:
        if problem.code != _UNKNOWN_FORM or source.suffix.lower() not in _TABLES:
            raise
    return columns.open_file(source)


def _write_errors(draft: ImportDraft, target: Path, progress: Progress) -> None:
    progress(0, 0, target.name)
    authoring.write_errors(draft.source, draft.plan.issues, target)
