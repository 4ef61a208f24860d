"""What the self-assessment screen shows, as plain values; no Qt, no services."""

from dataclasses import dataclass
from enum import StrEnum

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.self_assessment import SelfField


class FormLanguage(StrEnum):
    """In which language a form is written."""

    ZH = "zh"
    EN = "en"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceRow:
    """One cell of the returned workbook that says something else than what is kept."""

    number: int
    item_code: NodeCode
    field: SelfField
    item: str
    field_word: str
    old: str
    new: str
    place: str
    is_accepted: bool
    accept_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """Something the user has to deal with: a bad cell, an unknown row, a missing or misnamed file."""

    number: int
    place: str
    what: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnProps:
    """The lower half of the page."""

    differences: tuple[DifferenceRow, ...] = ()
    notes: tuple[NoteRow, ...] = ()
    can_take_in: bool = False

    @property
    def accepted(self) -> int:
        """How many differences would be taken in."""
        return sum(row.is_accepted for row in self.differences)
