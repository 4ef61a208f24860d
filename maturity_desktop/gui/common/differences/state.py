"""What a comparison shows: things that differ, each field before and after."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One field of a thing, before and after; "" where there is nothing."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceRow:
    """One thing that differs. `kind` is added, removed or changed; `what` names its sheet; each has its word."""

    order: int
    kind: str
    kind_word: str
    what: str
    what_word: str
    id: str
    place: str
    fields: str
    text: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferencesProps:
    """All differences; `note` says how much that is, or why there are none."""

    rows: tuple[DifferenceRow, ...]
    note: str
    before: str
    after: str
