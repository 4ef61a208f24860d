"""The self-assessment screen: writes the forms, compares what comes back, takes in what the user accepts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.domain.standard import Edition
from maturity_desktop.domain.text import LANGUAGES, Language, Text
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.dialogs import FileWish, PathTaker
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.screens import Destination, Place, Screen
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.gui.self_assessment import rows
from maturity_desktop.gui.self_assessment.state import DifferenceRow, FormLanguage, ReturnProps
from maturity_desktop.gui.self_assessment.views.page import SelfAssessmentPage
from maturity_desktop.services import assessments, evidence_folder, self_assessment, self_assessment_return
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.evidence_folder import FolderMatch
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.services.self_assessment import WrittenForm
from maturity_desktop.services.self_assessment_return import ReturnedWorkbook
from maturity_desktop.settings import options

_SUFFIX = ".xlsx"
Writer = Callable[[Workspace, AssessmentId, Path], Outcome[WrittenForm]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """What the screen is about."""

    assessment_id: AssessmentId
    edition: Edition
    system: Text


class SelfAssessmentScreen(Screen):
    """Hands forms out and takes them back."""

    destination = Destination.SELF_ASSESSMENT

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        self.page = SelfAssessmentPage(Looks(desk.speech, desk.theme, desk.icons))
        super().__init__(desk, self.page, parent)
        self._subject: _Subject | None = None
        self._returned: ReturnedWorkbook | None = None
        self._match: FolderMatch | None = None
        self._accepted: frozenset[rows.Key] = frozenset()
        page = self.page
        page.write_workbook.clicked.connect(self._on_write_workbook)
        page.write_wanted.clicked.connect(self._on_write_wanted)
        page.read.clicked.connect(self._on_read)
        page.folder.clicked.connect(self._on_folder)
        page.differences.toggled.connect(self._on_toggled)
        page.differences.all_wanted.connect(self._on_all)
        page.differences.apply_wanted.connect(self._on_apply)

    # --- screen contract ---------------------------------------------------------------------------------------

    def load(self) -> None:
        """Read what the forms are about; what came back for another assessment is forgotten."""
        place = self.place
        assessment_id = place.assessment_id if place is not None else None
        if self._subject is None or self._subject.assessment_id != assessment_id:
            self._subject, self._returned, self._match, self._accepted = None, None, None, frozenset()
            self.page.message.hide()
        self._show()
        if place is not None and assessment_id is not None:
            job = partial(_load, place.workspace, assessment_id)
            self.desk.jobs.work(job, partial(self._on_loaded, assessment_id))

    def concerns(self, changes: Changes) -> bool:
        """Names matter here; own answers do not."""
        return Area.STRUCTURE in changes.areas

    def retranslate(self) -> None:
        """Say everything again."""
        self.page.retranslate()
        self._show()

    def _on_loaded(self, assessment_id: AssessmentId, result: Success[_Subject] | Failure) -> None:
        if self.place is None or self.place.assessment_id != assessment_id:
            return
        if isinstance(result, Failure):
            self._tell(result.problem)
            return
        self._subject = result.value
        self._show()

    # --- handing out -------------------------------------------------------------------------------------------

    @Slot()
    def _on_write_workbook(self) -> None:
        writer = partial(self_assessment.write_workbook, languages=self._languages())
        self._ask_target("file_workbook", partial(self._write, writer))

    @Slot()
    def _on_write_wanted(self) -> None:
        with_optional = self.page.with_optional.isChecked()
        writer = partial(self_assessment.write_wanted_list, languages=self._languages(), with_optional=with_optional)
        self._ask_target("file_wanted", partial(self._write, writer))

    def _languages(self) -> tuple[Language, ...]:
        chosen = self.page.chosen_language
        if chosen is FormLanguage.BOTH:
            return LANGUAGES
        return ("zh",) if chosen is FormLanguage.ZH else ("en",)

    def _ask_target(self, key: str, then: PathTaker) -> None:
        if self._subject is None:
            return
        say = self.desk.speech.say
        name = "".join(one for one in self.desk.speech.pick(self._subject.system) if one not in '\\/:*?"<>|')
        suggested = say(f"self_assessment.screen.{key}", name=name)
        self.desk.dialogs.save_file(self.page, self._wish(start=self._folder() / suggested), then)

    def _write(self, writer: Writer, target: Path) -> None:
        place = self.place
        if place is None or place.assessment_id is None:
            return
        target = target if target.suffix.lower() == _SUFFIX else target.with_name(target.name + _SUFFIX)
        self.page.allow_writing(is_allowed=False)
        self.desk.jobs.work(partial(writer, place.workspace, place.assessment_id, target), self._on_written)

    def _on_written(self, result: Success[Outcome[WrittenForm]] | Failure) -> None:
        self._show()
        if isinstance(result, Failure):
            self._tell(result.problem)
            return
        done = result.value.value
        text = self.desk.speech.say("self_assessment.said.written", path=done.path, count=done.rows)
        self.page.message.show_message(text, Tone.GOOD)
        self.desk.hub.publish(result.value.changes, self)

    # --- taking back -------------------------------------------------------------------------------------------

    @Slot()
    def _on_read(self) -> None:
        self.desk.dialogs.open_file(self.page, self._wish(start=self._folder()), self.read)

    def read(self, path: Path) -> None:
        """Compare a filled workbook with what is kept."""
        place = self.place
        if place is not None and place.assessment_id is not None:
            self.page.allow_writing(is_allowed=False)
            job = partial(self_assessment_return.read_workbook, place.workspace, place.assessment_id, path)
            self.desk.jobs.work(job, partial(self._on_returned, place))

    def _on_returned(self, place: Place, result: Success[ReturnedWorkbook] | Failure) -> None:
        if place != self.place:
            return
        if isinstance(result, Failure):
            self._show()
            self._tell(result.problem)
            return
        returned = result.value
        self._returned, self._match = returned, None
        self._accepted = frozenset(one.key for one in returned.differences)
        self._show()
        say, count = self.desk.speech.say, len(returned.differences)
        is_whole = not (returned.faults or returned.unknown_rows or returned.missing)
        if not count and is_whole:
            self.page.message.show_message(say("self_assessment.screen.no_difference", name=returned.name), Tone.GOOD)
            return
        text = say("self_assessment.said.differences", name=returned.name, count=count, same=returned.same)
        self.page.message.show_message(text, Tone.NOTE if is_whole else Tone.WARN)

    @Slot(object)
    def _on_toggled(self, row: DifferenceRow) -> None:
        if self._can_take_in():
            self._accepted ^= {(row.item_code, row.field)}
            self._show()

    @Slot(bool)
    def _on_all(self, is_accepted: bool) -> None:
        known = self._returned.differences if self._returned is not None and is_accepted else ()
        self._accepted = frozenset(one.key for one in known)
        self._show()

    @Slot()
    def _on_apply(self) -> None:
        place, returned = self.place, self._returned
        if place is None or place.assessment_id is None or returned is None:
            return
        chosen = tuple(one for one in returned.differences if one.key in self._accepted)
        self.page.allow_writing(is_allowed=False)
        job = partial(self_assessment_return.apply, place.workspace, place.assessment_id, returned, chosen)
        self.desk.jobs.write(job, partial(self._on_applied, place))

    def _on_applied(self, place: Place, result: Success[Outcome[int]] | Failure) -> None:
        if isinstance(result, Failure):
            self._show()
            self._tell(result.problem)
            return
        self.desk.hub.publish(result.value.changes, self)
        if place != self.place or self._returned is None:
            return
        taken, self._accepted = self._accepted, frozenset()
        left = tuple(one for one in self._returned.differences if one.key not in taken)
        self._returned = rows.without(self._returned, left)
        self._show()
        text = self.desk.speech.say("self_assessment.said.taken", count=result.value.value)
        self.page.message.show_message(text, Tone.GOOD)

    @Slot()
    def _on_folder(self) -> None:
        self.desk.dialogs.choose_folder(self.page, self._wish(start=self._folder()), self.match)

    def match(self, folder: Path) -> None:
        """Match a returned evidence folder with the wanted list."""
        place = self.place
        if place is not None and place.assessment_id is not None:
            self.page.allow_writing(is_allowed=False)
            job = partial(evidence_folder.match_folder, place.workspace, place.assessment_id, folder)
            self.desk.jobs.work(job, partial(self._on_matched, place, folder.name))

    def _on_matched(self, place: Place, name: str, result: Success[FolderMatch] | Failure) -> None:
        if place != self.place:
            return
        if isinstance(result, Failure):
            self._show()
            self._tell(result.problem)
            return
        self._match, self._returned, self._accepted = result.value, None, frozenset()
        self._show()
        is_whole = not rows.folder_notes(result.value, self.desk.speech.language)
        summary = rows.folder_summary(result.value, name, self.desk.speech.language)
        self.page.message.show_message(summary, Tone.GOOD if is_whole else Tone.WARN)

    # --- showing -----------------------------------------------------------------------------------------------

    def _can_take_in(self) -> bool:
        has_any = self._returned is not None and bool(self._returned.differences)
        return has_any and self.place is not None and not self.place.workspace.is_read_only

    def _show(self) -> None:
        self.page.allow_writing(is_allowed=self._subject is not None)
        self.page.show_props(self._props())

    def _props(self) -> ReturnProps:
        subject, returned, language = self._subject, self._returned, self.desk.speech.language
        if subject is None:
            return ReturnProps()
        if self._match is not None:
            return ReturnProps(notes=rows.folder_notes(self._match, language))
        if returned is None:
            return ReturnProps()
        return ReturnProps(
            differences=rows.difference_rows(returned.differences, self._accepted, subject.edition, language),
            notes=rows.returned_notes(returned, subject.edition, language),
            can_take_in=self._can_take_in(),
        )

    def _wish(self, *, start: Path) -> FileWish:
        say = self.desk.speech.say
        pattern = f"{say('self_assessment.screen.workbook_kind')} (*{_SUFFIX})"
        return FileWish(title=say("self_assessment.screen.title"), pattern=pattern, start=start)

    def _folder(self) -> Path:
        place = self.place
        kept = self.desk.settings.text(options.DEFAULT_FOLDER)
        return Path(kept) if kept or place is None else place.workspace.path.parent

    def _tell(self, problem: Exception) -> None:
        self.page.message.show_message(self.desk.problems.sentence(problem), Tone.BAD)


def _load(workspace: Workspace, assessment_id: AssessmentId) -> _Subject:
    sheet = assessments.load_sheet(workspace, assessment_id)
    return _Subject(assessment_id=assessment_id, edition=sheet.edition, system=sheet.system.name)
