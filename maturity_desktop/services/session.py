"""What an open workspace remembers between verbs: decoded editions, the assessments in work, undo.

Everything here can be read from the database again. Only committed changes get in, and only under the write lock.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from maturity_desktop.domain.answers import Answer, Override
from maturity_desktop.domain.engagement import Assessment
from maturity_desktop.domain.ids import AssessmentId, CriterionId, Digest, NodeCode
from maturity_desktop.domain.results import Results
from maturity_desktop.domain.standard import Edition
from maturity_desktop.system.clock import ClockWatch

UNDO_STEPS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentState:
    """One assessment as it stands after the last commit; replaced as a whole, never changed."""

    edition: Edition
    assessment: Assessment
    answers: Mapping[CriterionId, Answer]
    overrides: Mapping[NodeCode, Override]
    results: Results


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change that can be taken back: answers and overrides before (None: there was none) and after."""

    answers: tuple[tuple[Answer | None, Answer], ...] = ()
    overrides: tuple[tuple[NodeCode, Override | None, Override | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchText:
    """What one criterion is found by, case-folded."""

    criterion_id: CriterionId
    item_code: NodeCode
    text: str


@dataclass(slots=True)
class Session:
    """The memory of one open workspace. Hold `writing` while changing anything."""

    writing: threading.RLock = field(default_factory=threading.RLock)
    editions: dict[Digest, Edition] = field(default_factory=dict)
    search_texts: dict[Digest, tuple[SearchText, ...]] = field(default_factory=dict)
    states: dict[AssessmentId, AssessmentState] = field(default_factory=dict)
    undoable: dict[AssessmentId, list[Step]] = field(default_factory=dict)
    redoable: dict[AssessmentId, list[Step]] = field(default_factory=dict)
    commits: int = 0
    after_commit: list[Callable[[], None]] = field(default_factory=list)
    clock: ClockWatch = field(default_factory=ClockWatch)

    def keep_if_current(self, state: AssessmentState, commits: int) -> None:
        """Remember a state that was read while `commits` had been made, unless something was committed since."""
        with self.writing:
            if self.commits == commits:
                self.states.setdefault(state.assessment.id, state)

    def forget(self) -> None:
        """Drop everything, as when the workspace closes."""
        with self.writing:
            for memory in (self.editions, self.search_texts, self.states, self.undoable, self.redoable):
                memory.clear()
