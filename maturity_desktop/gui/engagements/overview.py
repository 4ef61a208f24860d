"""What the overview of a workspace shows, as plain values made from services' cards; no Qt."""

from dataclasses import dataclass

from maturity_desktop.domain.ids import AssessmentId, EngagementId


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentLine:
    """One assessment in the overview; `newer` is the newest edition of its standard it could move to, or ""."""

    id: AssessmentId
    system: str
    standard: str
    target: str
    result: str
    answered: int
    total: int
    numbers: str
    newer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementBlock:
    """One engagement in the overview with its assessments."""

    id: EngagementId
    title: str
    institution: str
    facts: tuple[str, ...]
    is_sample: bool
    lines: tuple[AssessmentLine, ...]
