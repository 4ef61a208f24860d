"""Errors become sentences here. A screen shows them inline, or hands them to the shell's message bar."""

from PySide6.QtCore import QObject, Signal

from maturity_desktop.errors import InputRejected, MaturityError
from maturity_desktop.gui.common.language import Speech

_SHOWN_ISSUES = 8


class Problems(QObject):
    """Turns exceptions into one clear sentence and announces those nobody shows inline."""

    announced = Signal(object)  # Exception, for the shell's message bar

    def __init__(self, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech

    def sentence(self, problem: Exception) -> str:
        """Return what to tell the user: what, where, what to do. A bug gets the general sentence."""
        if not isinstance(problem, MaturityError):
            return self._speech.say("common.unexpected", kind=type(problem).__name__)
        try:
            told = self._speech.say_error(problem)
        except KeyError:
            told = self._speech.say("common.unworded", code=problem.code)
        if not isinstance(problem, InputRejected):
            return told
        lines = [f"{issue.code} · {issue.place}" for issue in problem.issues[:_SHOWN_ISSUES]]
        return "\n".join([told, *lines])

    def announce(self, problem: Exception) -> None:
        """Show a problem in the shell's message bar."""
        self.announced.emit(problem)
