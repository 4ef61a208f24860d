"""The two sheets of an authoring workbook that are for reading only: the guide in front, the errors at the end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from maturity_desktop.domain.text import Language
from maturity_desktop.errors import Issue
from maturity_desktop.packs.grids import Column, Sheet
from maturity_desktop.packs.sheets import COLUMNS
from maturity_desktop.wording import area, say, say_issue

_PLACE = re.compile(r"(.*):(\d+):(\d+)")
_FIRST = re.compile(r"(.+?[。！？]|.+?[.!?](?=\s|$))\s*(.*)", re.DOTALL)
_HEADS = (("sheet", 12), ("row", 7), ("column", 8), ("heading", 16), ("code", 11), ("weight", 9))
_SENTENCES = (("what::zh", 50), ("mend::zh", 50), ("what::en", 50), ("mend::en", 50))


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPlace:
    """Where a fault stands in a workbook: `column` as people name it (``D``), `heading` its first row; or no place."""

    sheet: str
    row: int = 0
    column: str = ""
    heading: str = ""


def cell_place(issue: Issue) -> CellPlace:
    """Return the place of an issue of a workbook."""
    found = _PLACE.fullmatch(issue.place)
    if found is None:
        return CellPlace(sheet=issue.place)
    sheet, row, column = found[1], int(found[2]), int(found[3])
    names = [one.name for one in COLUMNS.get(sheet, ())]
    heading = names[column - 1] if column <= len(names) else ""
    return CellPlace(sheet=sheet, row=row, column=_letters(column), heading=heading)


def what_and_mend(language: Language, issue: Issue) -> tuple[str, str]:
    """Return the sentence of an issue in two parts: what is wrong, and how to mend it."""
    sentence = say_issue(language, issue)
    found = _FIRST.fullmatch(sentence)
    return (found[1], found[2]) if found else (sentence, "")


def readme_sheet() -> Sheet:
    """Return the guide to the workbook, both languages side by side."""
    lines = [key for key in area("workbook_guide") if key.startswith("line_")]
    rows = tuple((say("zh", f"workbook_guide.{key}"), say("en", f"workbook_guide.{key}")) for key in lines)
    return Sheet(name="README", columns=(Column(name="中文", width=80), Column(name="English", width=80)), rows=rows)


def errors_sheet(issues: Sequence[Issue]) -> Sheet:
    """Return the sheet that lists faults and warnings by place."""
    columns = tuple(Column(name=name, width=width) for name, width in (*_HEADS, *_SENTENCES))
    return Sheet(name="errors", columns=columns, rows=tuple(map(_row, issues)))


def _row(issue: Issue) -> tuple[str, ...]:
    place = cell_place(issue)
    weight = "error" if issue.is_error else "warning"
    row = str(place.row) if place.row else ""
    head = (place.sheet, row, place.column, place.heading, issue.code, weight)
    return (*head, *what_and_mend("zh", issue), *what_and_mend("en", issue))


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
