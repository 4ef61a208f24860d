"""A filled self-assessment workbook as plain cells: whose it is, what stands in it per item, and what cannot be used.

The file comes from elsewhere: whatever could act or explode is refused before its cells are looked at. Rows are known
by their hidden id, columns by their hidden key, so sorting, inserting and moving do no harm.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from maturity_desktop.domain.answers import MAX_RATIONALE_CHARACTERS
from maturity_desktop.domain.ids import AssessmentId, Digest, NodeCode
from maturity_desktop.domain.self_assessment import SelfField, offered_labels
from maturity_desktop.errors import InputRejected, Issue
from maturity_desktop.packs import spreadsheet
from maturity_desktop.packs.grids import Book, Grid
from maturity_desktop.packs.issues import Fault
from maturity_desktop.system.files import as_problem

__all__ = ["Belonging", "Filled", "FilledCell", "FilledItem", "UnknownRow", "load", "offered_labels", "read"]

MAX_BYTES = 8_000_000
MAX_UNPACKED_BYTES = 40_000_000
_MARK, _KIND, _ID = "maturity-desktop", "self-assessment", "md:id"
_HEAD = "md:head"
_FOREIGN = re.compile(
    r"(?:^|/)(?:vbaProject|externalLinks?/|embeddings/|activeX|ctrlProps/|macrosheets/|dialogsheets/|connections\.xml"
    r"|queryTables/|customUI|webextensions/|model/|printerSettings/\.\.)",
    re.IGNORECASE,
)
_FIELDS = {f"md:{field.value}": field for field in SelfField}
_HEAD_ROWS = 200
_SHOWN_CHARACTERS = 5_000
_ROW_AND_COLUMN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """Which assessment the file must have been written for."""

    assessment: AssessmentId
    edition: Digest
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledCell:
    """The text of a cell and where it stands, ``Sheet!K9``."""

    text: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledItem:
    """What the file says of one item; a field is missing when its cell cannot be used."""

    code: NodeCode
    cells: Mapping[SelfField, FilledCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownRow:
    """A row with content but without an id of this assessment."""

    place: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Everything the form sheet holds; `spoilt` are items that stand there in contradiction."""

    items: tuple[FilledItem, ...]
    faults: tuple[Issue, ...]
    unknown: tuple[UnknownRow, ...]
    spoilt: frozenset[NodeCode]


def load(path: Path) -> bytes:
    """Return the bytes of a workbook.

    Raises:
        InputRejected: AUT-002 too large; AUT-003 no archive; AUT-004 unpacks implausibly; SAS-005 macros, links.
        EnvironmentProblem: SYS-0xx.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputRejected("AUT-002", (), name=path.name, limit=MAX_BYTES)
        content = path.read_bytes()
    except OSError as problem:
        raise as_problem(problem, path) from problem
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as problem:
        raise InputRejected("AUT-003", (), name=path.name) from problem
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise InputRejected("AUT-004", (), name=path.name)
    if any(_FOREIGN.search(entry.filename) for entry in entries):
        raise InputRejected("SAS-005", (), name=path.name)
    return content


def read(content: bytes, belonging: Belonging, codes: Sequence[NodeCode]) -> Filled:
    """Return what the form sheet says of the items `codes`.

    Raises:
        InputRejected: SAS-001 … SAS-004, AUT-003, AUT-004.
    """
    book = spreadsheet.read(content, belonging.name)
    _check_belonging(book, belonging)
    grid, head = _form_sheet(book, belonging.name)
    spoilt = _unusable(book, grid.name, belonging.name)
    columns = {key: grid.rows[head].index(key) for key in (_ID, *_FIELDS)}
    return _Rows(grid, columns, spoilt, frozenset(codes)).taken(head + 1)


def _check_belonging(book: Book, belonging: Belonging) -> None:
    grid = next(filter(_is_marks, book.grids.values()), None)
    marks = {row[0]: row[1] for row in grid.rows if len(row) > 1} if grid else {}
    if marks.get(_MARK) != _KIND:
        raise InputRejected("SAS-001", (), name=belonging.name)
    if marks.get("assessment") != belonging.assessment:
        raise InputRejected("SAS-002", (), name=belonging.name)
    if marks.get("edition") != belonging.edition:
        raise InputRejected("SAS-003", (), name=belonging.name)


def _is_marks(grid: Grid) -> bool:
    return bool(grid.rows) and bool(grid.rows[0]) and grid.rows[0][0] == _MARK


def _form_sheet(book: Book, name: str) -> tuple[Grid, int]:
    """Return the sheet with the row of keys, and that row's number from 0."""
    wanted = {_ID, *_FIELDS}
    for grid in book.grids.values():
        for place, row in enumerate(grid.rows[:_HEAD_ROWS]):
            if wanted <= set(row):
                return grid, place
    raise InputRejected("SAS-001", (), name=name)


def _unusable(book: Book, sheet: str, name: str) -> dict[tuple[int, int], Issue]:
    """Return the cells of the form sheet that cannot be used, by row and column from 0; formulas refuse the file."""
    found: dict[tuple[int, int], Issue] = {}
    for issue in book.issues:
        title, *place = issue.place.rsplit(":", 2)
        if title != sheet or len(place) != _ROW_AND_COLUMN:
            continue
        row, column = map(int, place)
        if issue.code == Fault.FORMULA:
            raise InputRejected("SAS-004", (), name=name, place=cell_name(sheet, row - 1, column - 1))
        found[row - 1, column - 1] = issue
    return found


def cell_name(sheet: str, row: int, column: int) -> str:
    """Return a place as people write it, ``Sheet!K9``; row and column count from 0."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{sheet}!{letters}{row + 1}"


class _Rows:
    """Walks the rows below the head."""

    def __init__(
        self,
        grid: Grid,
        columns: Mapping[str, int],
        unusable: Mapping[tuple[int, int], Issue],
        codes: frozenset[NodeCode],
    ) -> None:
        self._grid, self._columns, self._unusable, self._codes = grid, columns, unusable, codes
        self._by_code: dict[NodeCode, dict[int, FilledItem]] = {}
        self._faults: list[Issue] = []
        self._unknown: list[UnknownRow] = []

    def taken(self, first: int) -> Filled:
        """Return everything found from the row `first` on."""
        for row in range(first, len(self._grid.rows)):
            code = NodeCode(self._text(row, self._columns[_ID]))
            if code in self._codes:
                self._by_code.setdefault(code, {})[row] = self._item(code, row)
            elif code != _HEAD:
                self._note_unknown(row, code)
        spoilt = frozenset(self._contradictions())
        items = tuple(next(iter(rows.values())) for code, rows in self._by_code.items() if code not in spoilt)
        return Filled(items=items, faults=tuple(self._faults), unknown=tuple(self._unknown), spoilt=spoilt)

    def _text(self, row: int, column: int) -> str:
        cells = self._grid.rows[row]
        return cells[column] if column < len(cells) else ""

    def _item(self, code: NodeCode, row: int) -> FilledItem:
        cells = {}
        for key, field in _FIELDS.items():
            column = self._columns[key]
            place, text = cell_name(self._grid.name, row, column), self._text(row, column)
            issue = self._unusable.get((row, column))
            if len(text) > MAX_RATIONALE_CHARACTERS or (issue is not None and issue.code == Fault.TOO_LONG):
                limit = (("limit", str(MAX_RATIONALE_CHARACTERS)),)
                self._faults.append(Issue(code="SAS-102", place=place, values=limit))
            elif issue is not None:
                self._faults.append(Issue(code="SAS-103", place=place))
            else:
                cells[field] = FilledCell(text=text, place=place)
        return FilledItem(code=code, cells=cells)

    def _note_unknown(self, row: int, code: str) -> None:
        own = [self._text(row, self._columns[key]) for key in _FIELDS]
        if code or any(own):
            text = " | ".join(part for part in (code, *own) if part)
        elif any(self._grid.rows[row]):
            text = " | ".join(part for part in self._grid.rows[row] if part)
        else:
            return
        shown = text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"
        self._unknown.append(UnknownRow(place=cell_name(self._grid.name, row, 0), text=shown))

    def _contradictions(self) -> Iterator[NodeCode]:
        for code, rows in self._by_code.items():
            said = {tuple((field, cell.text) for field, cell in item.cells.items()) for item in rows.values()}
            if len(said) > 1:
                values = (("item", str(code)), ("rows", ", ".join(str(row + 1) for row in rows)))
                place = cell_name(self._grid.name, min(rows), self._columns[_ID])
                self._faults.append(Issue(code="SAS-104", place=place, values=values))
                yield code
