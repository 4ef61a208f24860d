"""What a changing verb returns: the value the screen needs, and what else may have become stale."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from maturity_desktop.domain.ids import AssessmentId, CriterionId

T = TypeVar("T")


class Area(StrEnum):
    """Kinds of thing that can change; screens look at these to decide whether to refresh."""

    STRUCTURE = "structure"
    ANSWERS = "answers"
    EVIDENCE = "evidence"
    FINDINGS = "findings"
    SIGNOFF = "signoff"
    EXPORTS = "exports"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a committed verb touched."""

    areas: frozenset[Area] = field(default_factory=frozenset)
    assessment_id: AssessmentId | None = None
    criteria: tuple[CriterionId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Generic[T]):
    """The value of a verb and what it changed."""

    value: T
    changes: Changes = field(default_factory=Changes)
