"""What the dialog shows before an assessment moves to a newer edition; no Qt."""

from dataclasses import dataclass

from maturity_desktop.gui.common.differences.state import DifferencesProps
from maturity_desktop.gui.common.fact_strip import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionOffer:
    """A newer edition that can be chosen: `wish` finds it (``id@edition``), `title` says it."""

    wish: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveProps:
    """What a move would change: counts, the difference criterion by criterion, and what does not go over."""

    facts: tuple[Fact, ...]
    differences: DifferencesProps
    note: str
