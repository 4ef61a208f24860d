"""Shows evidence in a preview pane, page by page, and saves copies where the user wants them."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from maturity_desktop.domain.evidence import Custody, Evidence
from maturity_desktop.domain.ids import RevisionId
from maturity_desktop.gui.assessment import previewing
from maturity_desktop.gui.assessment.previewing import NoPreview, Picture, Preview, Writing
from maturity_desktop.gui.assessment.views.preview_pane import PreviewPane
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.dialogs import FileWish, Question
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.services import evidence as verbs
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Outcome


class EvidenceShower(QObject):
    """One pane, one piece of evidence at a time; late answers of earlier ones are ignored."""

    copied = Signal(object)  # Outcome[Path]
    failed = Signal(object)  # Exception

    def __init__(self, desk: Desk, pane: PreviewPane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pane = pane
        self._workspace: Workspace | None = None
        self._evidence: Evidence | None = None
        self._turn = 0
        pane.page_wanted.connect(self._on_page)
        pane.copy_wanted.connect(self._on_copy)

    def show(self, workspace: Workspace, evidence: Evidence) -> None:
        """Show the newest revision."""
        self._workspace, self._evidence = workspace, evidence
        say = self._desk.speech.say
        if evidence.custody is Custody.BY_REFERENCE:
            self._turn += 1
            text = f"{say('evidence.preview.by_reference')}\n\n{evidence.newest.place}\n{evidence.newest.sha256}"
            self._pane.show_message(self._title(), text, can_copy=False)
            return
        self._pane.show_message(self._title(), say("evidence.preview.loading"), can_copy=False)
        self._look(0)

    def show_nothing(self) -> None:
        """Ask for a choice."""
        self._turn += 1
        self._evidence = None
        self._pane.show_message("", self._desk.speech.say("evidence.preview.choose"), can_copy=False)

    def _title(self) -> str:
        return self._evidence.newest.file_name if self._evidence is not None else ""

    @Slot(int)
    def _on_page(self, page: int) -> None:
        self._look(page)

    def _look(self, page: int) -> None:
        if self._workspace is None or self._evidence is None:
            return
        self._turn += 1
        newest = self._evidence.newest
        width = round(max(640, self._pane.width()) * self._pane.devicePixelRatioF())
        self._desk.jobs.work(
            partial(previewing.look, self._workspace, newest.id, newest.file_name, page, width),
            partial(self._on_seen, self._turn),
        )

    def _on_seen(self, turn: int, result: Success[Preview] | Failure) -> None:
        if turn != self._turn:
            return
        if isinstance(result, Failure):
            self._pane.show_message(self._title(), self._desk.problems.sentence(result.problem), can_copy=False)
            return
        say = self._desk.speech.say
        match result.value:
            case Picture(image=image, page=page, pages=pages):
                self._pane.show_image(self._title(), image, page=page, pages=pages)
            case Writing(text=text, encoding=encoding, is_cut=is_cut):
                words = say("evidence.preview.cut" if is_cut else "evidence.preview.encoding", encoding=encoding)
                self._pane.show_text(self._title(), text, words)
            case NoPreview(reason=reason):
                self._pane.show_message(self._title(), say(f"evidence.preview.{reason}"), can_copy=True)

    @Slot()
    def _on_copy(self) -> None:
        if self._evidence is not None and self._workspace is not None:
            self.save_copy(self._workspace, self._evidence)

    def save_copy(self, workspace: Workspace, evidence: Evidence) -> None:
        """Warn, ask where to, and write a readable copy; the service journals it."""
        say = self._desk.speech.say
        newest = evidence.newest
        question = Question(
            title=say("evidence.copy.warning_title"), text=say("evidence.copy.warning"), yes=say("evidence.copy.go_on")
        )
        wish = FileWish(title=say("evidence.copy.title"), start=Path.home() / newest.file_name)
        write = partial(self._write_copy, workspace, newest.id)
        self._desk.dialogs.ask(self._pane, question, lambda: self._desk.dialogs.save_file(self._pane, wish, write))

    def _write_copy(self, workspace: Workspace, revision_id: RevisionId, target: Path) -> None:
        self._desk.jobs.watch(partial(verbs.save_copy, workspace, revision_id, target), self._on_copied)

    def _on_copied(self, result: Success[Outcome[Path]] | Failure) -> None:
        if isinstance(result, Failure):
            self.failed.emit(result.problem)
        else:
            self.copied.emit(result.value)
