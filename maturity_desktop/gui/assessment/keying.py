"""What each key of the questionnaire does."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Slot

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.gui.assessment.answering import Answering
from maturity_desktop.gui.assessment.asking import Asking
from maturity_desktop.gui.assessment.question_evidence import QuestionEvidence
from maturity_desktop.gui.assessment.recording import Recorder
from maturity_desktop.gui.assessment.state.walking import Move
from maturity_desktop.gui.assessment.views.page import QuestionPage
from maturity_desktop.gui.assessment.walker import Walker
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.shortcuts import Shortcut
from maturity_desktop.gui.common.widgets import Tone

_VALUES = {
    Shortcut.ANSWER_COMPLIANT: AnswerValue.COMPLIANT,
    Shortcut.ANSWER_PARTIAL: AnswerValue.PARTIALLY_COMPLIANT,
    Shortcut.ANSWER_NOT_COMPLIANT: AnswerValue.NOT_COMPLIANT,
    Shortcut.ANSWER_NOT_APPLICABLE: AnswerValue.NOT_APPLICABLE,
    Shortcut.ANSWER_CLEAR: AnswerValue.NOT_ASSESSED,
}
_MOVES = {
    Shortcut.NEXT_CRITERION: Move.NEXT,
    Shortcut.CRITERION_BELOW: Move.DOWN,
    Shortcut.CRITERION_ABOVE: Move.UP,
    Shortcut.NEXT_LEVEL: Move.RIGHT,
    Shortcut.PREVIOUS_LEVEL: Move.LEFT,
    Shortcut.NEXT_ITEM: Move.NEXT_ITEM,
    Shortcut.PREVIOUS_ITEM: Move.PREVIOUS_ITEM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of the questionnaire that keys reach. `observe` goes to an observation on the criterion in focus."""

    page: QuestionPage
    recorder: Recorder
    walker: Walker
    answering: Answering
    evidence: QuestionEvidence
    asking: Asking
    observe: Callable[[], None]


class Keying(QObject):
    """Turns shortcuts into verbs of the parts."""

    def __init__(self, parts: Parts, speech: Speech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._speech = speech
        self._actions: dict[Shortcut, Callable[[], object]] = {
            Shortcut.ANSWER_CELL_COMPLIANT: partial(parts.answering.answer_cell, AnswerValue.COMPLIANT),
            Shortcut.FLAG: parts.answering.toggle_flag,
            Shortcut.RATIONALE: parts.page.criterion.rationale.setFocus,
            Shortcut.EVIDENCE: parts.evidence.choose_files,
            Shortcut.PREVIEW: parts.evidence.preview,
            Shortcut.OBSERVATION: parts.observe,
            Shortcut.UNDO: parts.recorder.undo,
            Shortcut.REDO: parts.recorder.redo,
            Shortcut.GO_TO_CODE: parts.asking.ask_code,
            Shortcut.SEARCH: self._focus_search,
            Shortcut.NEXT_UNANSWERED: self._next_unanswered,
        }
        parts.page.shortcut_pressed.connect(self._on_shortcut)
        parts.page.choice_pressed.connect(parts.answering.choose)
        parts.page.criterion.choices.choice_wanted.connect(parts.answering.choose)
        parts.answering.choice_wanted.connect(self._on_choice_wanted)
        parts.recorder.nothing_to_undo.connect(self._on_nothing_to_undo)

    @Slot(object)
    def _on_shortcut(self, shortcut: Shortcut) -> None:
        if shortcut in _VALUES:
            self._parts.answering.answer(_VALUES[shortcut])
        elif shortcut in _MOVES:
            self._parts.walker.walk(_MOVES[shortcut])
        elif shortcut in self._actions:
            self._actions[shortcut]()

    def _next_unanswered(self) -> None:
        if not self._parts.walker.walk(Move.NEXT_UNANSWERED):
            self._tell("assessment.page.all_answered", Tone.GOOD)

    def _focus_search(self) -> None:
        self._parts.page.tree.search.setFocus()
        self._parts.page.tree.search.selectAll()

    @Slot()
    def _on_nothing_to_undo(self) -> None:
        self._tell("assessment.page.nothing_to_undo", Tone.NOTE)

    @Slot()
    def _on_choice_wanted(self) -> None:
        self._tell("assessment.choice.wanted", Tone.NOTE)

    def _tell(self, key: str, tone: Tone) -> None:
        self._parts.page.tell(self._speech.say(key), tone)
