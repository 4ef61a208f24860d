"""Where the user works: keeps the focus, and tells before it is left, so that nothing typed is lost."""

from PySide6.QtCore import QObject, Signal

from maturity_desktop.domain.ids import CriterionId, NodeCode
from maturity_desktop.gui.assessment.recording import Recorder
from maturity_desktop.gui.assessment.state import walking
from maturity_desktop.gui.assessment.state.walking import Focus, Matches, Move


class Walker(QObject):
    """The focus of the questionnaire."""

    leaving = Signal(object)  # Focus
    moved = Signal(object)  # Focus

    def __init__(self, recorder: Recorder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recorder = recorder
        self._focus: Focus | None = None
        self.allowed: Matches | None = None

    @property
    def focus(self) -> Focus | None:
        """The place in focus; None without a sheet."""
        return self._focus

    def place(self, focus: Focus | None) -> None:
        """Start somewhere, without leaving anything."""
        self._focus = focus

    def go(self, focus: Focus | None) -> bool:
        """Move to a place; False when it is the present one or there is none."""
        if focus is None or focus == self._focus:
            return False
        if self._focus is not None:
            self.leaving.emit(self._focus)
        self._focus = focus
        self.moved.emit(focus)
        return True

    def walk(self, move: Move) -> bool:
        """Make a move; False when there is nowhere to go."""
        sheet = self._recorder.sheet
        if sheet is None or self._focus is None:
            return False
        return self.go(walking.walk(sheet, self._focus, move, self.allowed))

    def go_to_item(self, code: NodeCode) -> bool:
        """Enter a rated item at its first passing, or first unanswered, criterion."""
        sheet = self._recorder.sheet
        if sheet is None or code not in sheet.place:
            return False
        if self._focus is not None and self._focus.item_code == code:
            return True
        passing = (self.allowed or {}).get(code)
        if passing:
            return self.go(Focus(code, passing[0]))
        return self.go(walking.enter_item(sheet, sheet.edition.item_by_code[code]))

    def go_to_criterion(self, criterion_id: CriterionId) -> bool:
        """Enter the item of a criterion at that criterion; True when it is in scope."""
        sheet = self._recorder.sheet
        found = walking.at_criterion(sheet, criterion_id) if sheet is not None else None
        self.go(found)
        return found is not None
