"""What the pages of an import and of a comparison show: faults, and what is not carried."""

from dataclasses import dataclass
from enum import StrEnum

from maturity_desktop.gui.common.differences.state import DifferencesProps
from maturity_desktop.gui.common.fact_strip import Fact
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.gui.library.state.book import Leaf


class DraftTab(StrEnum):
    """The tabs of an import, in their order."""

    DIFFERENCES = "differences"
    FAULTS = "faults"
    LEFT = "left"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultRow:
    """One fault by place; `line` is what is copied."""

    order: int
    is_error: bool
    weight: str
    sheet: str
    row: int
    column: str
    what: str
    mend: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftRow:
    """Something of the source that is not carried, or not in the same form."""

    order: int
    what: str
    count: int
    examples: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftProps:
    """An import before anything is accepted.

    Attributes:
        groups: chosen use of implementation groups; "" when the source has none.
        opens_at: the tab that matters most.
    """

    title: str
    verdict: str
    tone: Tone
    facts: tuple[Fact, ...]
    differences: DifferencesProps
    faults: tuple[FaultRow, ...]
    left: tuple[LeftRow, ...]
    contents: tuple[Leaf, ...]
    can_accept: bool
    can_save_faults: bool
    has_columns: bool
    groups: str
    opens_at: DraftTab


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonProps:
    """Two editions beside each other."""

    title: str
    facts: tuple[Fact, ...]
    differences: DifferencesProps
