"""Rows of a sheet under their headings, each word with its place: what `unsheet` and the importers of tables read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from maturity_desktop.errors import Issue
from maturity_desktop.packs.grids import Grid
from maturity_desktop.packs.issues import Fault, issue
from maturity_desktop.packs.values import Listing, Place, Scalar, Table, Value

_LANGUAGE = re.compile(r"(.*?)\s*::\s*.*?\b(zh|en)\b\)?\s*")
_SPLIT = re.compile(r"\n")


@dataclass(frozen=True, slots=True)
class Record:
    """One row: heading → (text, column number)."""

    sheet: str
    number: int
    words: dict[str, tuple[str, int]]

    @property
    def place(self) -> Place:
        """The row itself."""
        return Place(self.sheet, self.number, 1)

    def word(self, heading: str) -> str:
        """Return the text under a heading; "" for an empty cell."""
        return self.words.get(heading, ("", 0))[0]

    def place_of(self, heading: str) -> Place:
        """Return the cell under a heading."""
        return Place(self.sheet, self.number, self.words.get(heading, ("", 1))[1])

    def scalar(self, heading: str) -> Scalar:
        """Return the text under a heading with its place."""
        return Scalar(self.word(heading), self.place_of(heading))

    def listing(self, heading: str) -> Listing:
        """Return the lines of a cell."""
        place = self.place_of(heading)
        lines = (line.strip() for line in _SPLIT.split(self.word(heading)))
        return Listing(tuple(Scalar(line, place) for line in lines if line), place)

    def text(self, heading: str) -> Table:
        """Return the languages of a text, ``label::zh`` and ``label::en``."""
        words = {language: self.scalar(f"{heading}::{language}") for language in ("zh", "en")}
        return table({language: word for language, word in words.items() if word.text}, self.place)


def table(entries: dict[str, Value], place: Place) -> Table:
    """Return a table whose keys stand where their values do."""
    return Table(entries, place, {key: value.place for key, value in entries.items()})


def filled(entries: dict[str, Value], place: Place) -> Table:
    """Return a table of what is there: blank texts, empty lists and empty tables are left out."""
    return table({key: value for key, value in entries.items() if _is_there(value)}, place)


def _is_there(value: Value) -> bool:
    if isinstance(value, Scalar):
        return bool(value.text)
    return bool(value.items if isinstance(value, Listing) else value.entries)


def records(grid: Grid, known: Sequence[str], issues: list[Issue]) -> tuple[Record, ...]:
    """Return the filled rows below the headings; unknown and missing headings become issues."""
    if not grid.rows:
        issues.append(issue(Fault.COLUMN_MISSING, Place(grid.name, 1, 1), column=known[0]))
        return ()
    headings = [_heading(word) for word in grid.rows[0]]
    for column, heading in enumerate(headings, 1):
        if heading and heading not in known:
            close = get_close_matches(heading, known, n=1) or list(known)
            place = Place(grid.name, 1, column)
            issues.append(issue(Fault.COLUMN_UNKNOWN, place, column=heading, known=", ".join(close)))
    missing = [name for name in known if name not in headings]
    issues.extend(issue(Fault.COLUMN_MISSING, Place(grid.name, 1, 1), column=name) for name in missing)
    return tuple(rows_below(grid, headings))


def rows_below(grid: Grid, headings: Sequence[str], first: int = 2) -> Iterator[Record]:
    """Yield the rows from row `first` on that hold anything."""
    for number, row in enumerate(grid.rows[first - 1 :], first):
        words = {heading: (word, column) for column, (heading, word) in enumerate(zip(headings, row, strict=False), 1)}
        words.pop("", None)
        if any(word for word, _ in words.values()):
            yield Record(grid.name, number, words)


def _heading(word: str) -> str:
    """``label::中文 (zh)`` and ``Label::zh`` are ``label::zh``."""
    found = _LANGUAGE.fullmatch(word.strip().lower())
    return f"{found[1]}::{found[2]}" if found else word.strip().lower()
