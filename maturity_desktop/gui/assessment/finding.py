"""Filters and search of the questionnaire: what the tree shows and where a result leads."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.results import Results
from maturity_desktop.gui.assessment.recording import Recorder
from maturity_desktop.gui.assessment.state import tree
from maturity_desktop.gui.assessment.state.tree import Filter
from maturity_desktop.gui.assessment.views.tree_panel import TreePanel
from maturity_desktop.gui.assessment.walker import Walker
from maturity_desktop.gui.common.jobs import Failure, Jobs, Success
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.services import assessments
from maturity_desktop.services.context import Workspace


class Finder(QObject):
    """Keeps the tree, its filters and the search results up to date."""

    failed = Signal(object)  # Exception

    def __init__(
        self, panel: TreePanel, recorder: Recorder, walker: Walker, speech: Speech, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._recorder = recorder
        self._walker = walker
        self._speech = speech
        self._workspace: Workspace | None = None
        self._jobs: Jobs | None = None
        self._text = ""
        self._found: tuple[CriterionId, ...] = ()
        self._results: Results | None = None
        panel.filters_changed.connect(self._on_filters)
        panel.search_changed.connect(self._on_search)

    def take(self, workspace: Workspace, jobs: Jobs) -> None:
        """Search in this workspace from now on."""
        self._workspace, self._jobs = workspace, jobs

    def show_tree(self) -> None:
        """Show the tree anew, after another sheet was loaded or the language changed."""
        sheet = self._recorder.sheet
        if sheet is not None:
            self._panel.delegate.colours = {place: level.colour for place, level in enumerate(sheet.edition.levels, 1)}
            self._results = sheet.results
            self._panel.show_to_confirm(tree.count_to_confirm(sheet))
            self._panel.show_tree(tree.build(sheet), tree.rows(sheet, self._speech.language))
            self._apply(self._panel.chosen_filters())

    def refresh(self) -> None:
        """Bring rows, filters and results up to date after the sheet changed."""
        sheet = self._recorder.sheet
        if sheet is None:
            return
        if sheet.results is not self._results:  # what is pending changes no rating
            self._results = sheet.results
            self._panel.model.update(tree.rows(sheet, self._speech.language))
        self._panel.show_to_confirm(tree.count_to_confirm(sheet))
        if self._walker.allowed is not None:
            self._apply(self._panel.chosen_filters())
        if self._text:
            self._panel.show_hits(self._text, tree.hits(sheet, self._found, self._speech.language))

    @Slot(object)
    def _on_filters(self, filters: frozenset[Filter]) -> None:
        self._apply(filters)

    def _apply(self, filters: frozenset[Filter]) -> None:
        sheet = self._recorder.sheet
        if sheet is None:
            return
        matches = tree.matching(sheet, filters) if filters else None
        self._walker.allowed = matches
        self._panel.allow(None if matches is None else frozenset(matches))

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self._text = text
        sheet = self._recorder.sheet
        if not text or sheet is None or self._workspace is None or self._jobs is None:
            self._found = ()
            self._panel.show_hits("", ())
            return
        self._jobs.work(
            partial(assessments.search, self._workspace, sheet.assessment.id, text), partial(self._on_found, text)
        )

    def _on_found(self, text: str, result: Success[tuple[CriterionId, ...]] | Failure) -> None:
        sheet = self._recorder.sheet
        if text != self._text or sheet is None:
            return
        if isinstance(result, Failure):
            self.failed.emit(result.problem)
            return
        self._found = result.value
        self._panel.show_hits(text, tree.hits(sheet, result.value, self._speech.language))
