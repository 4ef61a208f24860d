"""Small questions of the questionnaire: go to a code, set a rating by hand."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from maturity_desktop.domain.ids import CriterionId, NodeCode
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import HalfStep
from maturity_desktop.gui.assessment.recording import Recorder
from maturity_desktop.gui.assessment.state.sheet import SheetState
from maturity_desktop.gui.assessment.views.dialogs import CodeDialog, OverrideDialog, RatingChoice
from maturity_desktop.gui.assessment.views.page import QuestionPage
from maturity_desktop.gui.assessment.walker import Walker
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.services.context import Workspace


class Asking(QObject):
    """Opens the dialogs and acts on their answers."""

    failed = Signal(object)  # Exception

    def __init__(
        self, desk: Desk, page: QuestionPage, recorder: Recorder, walker: Walker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._recorder = recorder
        self._walker = walker
        self._looks = Looks(desk.speech, desk.theme, desk.icons)
        self._workspace: Workspace | None = None

    def take(self, workspace: Workspace) -> None:
        """Work in this workspace from now on."""
        self._workspace = workspace

    @Slot()
    def ask_code(self) -> None:
        """Ask for a code and go there."""
        if self._recorder.sheet is None:
            return
        dialog = CodeDialog(self._looks, self._page)
        dialog.code_given.connect(partial(self._on_code, dialog))
        dialog.open()

    def _on_code(self, dialog: CodeDialog, code: str) -> None:
        sheet = self._recorder.sheet
        if sheet is not None and self._go(sheet, code.strip().upper()):
            dialog.accept()
            self._page.take_keys()
        else:
            dialog.refuse(self._looks.speech.say("assessment.page.unknown_code", code=code))

    def _go(self, sheet: SheetState, code: str) -> bool:
        criteria = {key.upper(): key for key in sheet.edition.criterion_by_id}
        if code in criteria:
            return self._walker.go_to_criterion(CriterionId(criteria[code]))
        found = next((item.code for item in sheet.order if item.code.upper() == code), None)
        if found is None:
            node = next((node for key, node in sheet.edition.node_by_code.items() if key.upper() == code), None)
            inside = (item.code for item in node.all_items()) if node is not None else iter(())
            found = next((item for item in inside if item in sheet.place), None)
        return found is not None and self._walker.go_to_item(NodeCode(found))

    @Slot()
    def ask_override(self) -> None:
        """Ask for the assessor's own rating of the item in focus."""
        sheet, focus = self._recorder.sheet, self._walker.focus
        if sheet is None or focus is None or sheet.is_read_only:
            return
        item = sheet.results.items[focus.item_code]
        choices = tuple(
            RatingChoice(rating=rating, label=rating.label(sheet.edition.levels)) for rating in _ratings(sheet)
        )
        dialog = OverrideDialog(
            self._looks, focus.item_code, item.computed.label(sheet.edition.levels), choices, self._page
        )
        dialog.start(item.override, item.override_reason)
        dialog.rating_given.connect(partial(self._on_rating, focus.item_code))
        dialog.open()

    def _on_rating(self, item_code: NodeCode, rating: Rating | None, reason: str) -> None:
        self._recorder.override(item_code, rating, reason)


def _ratings(sheet: SheetState) -> list[Rating]:
    allowed = {HalfStep.FULL, *sheet.edition.half_steps}
    return [
        Rating(level, half)
        for level in range(1, len(sheet.edition.levels) + 1)
        for half in HalfStep
        if half in allowed and not (level == 1 and half is HalfStep.MINUS)
    ]
