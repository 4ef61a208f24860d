"""Spreadsheet files as plain sheets of text, and plain sheets as spreadsheet files; the only place that knows xlsx.

Reading refuses whatever could act or explode: formulas, entities, archives far larger than their file. Writing gives
the same bytes for the same sheets.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill, Protection
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from maturity_desktop.errors import InputRejected, Issue
from maturity_desktop.packs.gather import ARCHIVE_FAULTS
from maturity_desktop.packs.grids import MAX_CELL, Book, Grid, Sheet
from maturity_desktop.packs.issues import Fault, issue
from maturity_desktop.packs.values import Place
from maturity_desktop.system.files import as_problem

SUFFIX = ".xlsx"
MAX_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 150_000_000
MAX_ENTRIES = 1_000
MAX_RATIO = 200
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELLS = 2_000_000
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_RATIO_COUNTS_FROM_BYTES = 1_000_000

_ENTITY = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UNREADABLE = (
    *ARCHIVE_FAULTS,
    OSError,  # the file lies in memory: the disk has no part in it
    TypeError,
    AttributeError,
    AssertionError,
    SyntaxError,  # faults of XML parsers are syntax errors
)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([^\"']*)")
_MODIFIED = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*(</)")
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_HEAD, _LOCKED, _FREE = "pack head", "pack id", "pack text"


def load(path: Path) -> bytes:
    """Return the bytes of a spreadsheet file.

    Raises:
        InputRejected: AUT-002 too large.
        EnvironmentProblem: SYS-0xx the disk refuses.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputRejected("AUT-002", (), name=path.name, limit=MAX_BYTES)
        return path.read_bytes()
    except OSError as problem:
        raise as_problem(problem, path) from problem


def read(content: bytes, name: str) -> Book:
    """Return the sheets of an xlsx file.

    Raises:
        InputRejected: AUT-003 no readable xlsx file; AUT-004 it unpacks to far more than its size, or holds entities.
    """
    try:
        _refuse_hostile(content, name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # parts the library leaves out, such as pictures
            book = load_workbook(io.BytesIO(content), keep_links=False)
            issues: list[Issue] = []
            grids = {sheet.title: _grid(sheet, issues) for sheet in book.worksheets}
    except _UNREADABLE as problem:
        raise InputRejected("AUT-003", (), name=name) from problem
    return Book(grids=grids, issues=tuple(issues))


def _refuse_hostile(content: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        is_bomb = unpacked > MAX_UNPACKED_BYTES or len(entries) > MAX_ENTRIES
        if is_bomb or any(map(_is_implausible, entries)):
            raise InputRejected("AUT-004", (), name=name)
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels")):
                with archive.open(entry) as stream:
                    part = stream.read(entry.file_size + 1)
                is_odd = len(part) != entry.file_size or part.startswith((b"\xff\xfe", b"\xfe\xff"))
                if is_odd or _ENTITY.search(part) or _merged_area(part) > MAX_CELLS:
                    raise InputRejected("AUT-004", (), name=name)


def _merged_area(part: bytes) -> int:
    """Return how many cells the merged areas of a part cover; the library makes every one of them."""
    total = 0
    for reference in _MERGED.findall(part):
        left, top, right, bottom = range_boundaries(reference.decode("ascii", "replace"))
        total += ((right or _LAST_COLUMN) - (left or 1) + 1) * ((bottom or _LAST_ROW) - (top or 1) + 1)
    return total


def _is_implausible(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > max(_RATIO_COUNTS_FROM_BYTES, entry.compress_size * MAX_RATIO)


def _grid(sheet: Worksheet, issues: list[Issue]) -> Grid:
    last_row, last_column = _extent(sheet)
    if last_row > MAX_ROWS or last_column > MAX_COLUMNS or last_row * last_column > MAX_CELLS:
        place = Place(sheet.title)
        issues.append(issue(Fault.TOO_LONG, place, length=last_row * last_column, limit=MAX_ROWS))
        return Grid(name=sheet.title)
    area = sheet.iter_rows(max_row=max(last_row, 1), max_col=max(last_column, 1))
    rows = [[_words(cell, sheet.title, issues) for cell in row] for row in area]
    for merged in sheet.merged_cells.ranges:
        if merged.min_row > len(rows) or merged.min_col > len(rows[0]):
            continue
        word = rows[merged.min_row - 1][merged.min_col - 1]
        for row in rows[merged.min_row - 1 : merged.max_row]:
            row[merged.min_col - 1] = word
    while rows and not any(rows[-1]):
        rows.pop()
    return Grid(name=sheet.title, rows=tuple(map(tuple, rows)))


def _extent(sheet: Worksheet) -> tuple[int, int]:
    """Return the last row and column with something in them; some programs format far more cells than they fill.

    A merged area whose first cell is filled counts whole.
    """
    places = [place for place, cell in sheet._cells.items() if cell.value is not None]  # noqa: SLF001  # the rest would be made anew, one by one
    filled = set(places)
    areas = sheet.merged_cells.ranges
    places.extend((area.max_row, area.min_col) for area in areas if (area.min_row, area.min_col) in filled)
    return max((row for row, _ in places), default=0), max((column for _, column in places), default=0)


def _words(cell: Cell | MergedCell, sheet: str, issues: list[Issue]) -> str:
    value = cell.value
    if value is None or isinstance(cell, MergedCell):
        return ""
    place = Place(sheet, cell.row, cell.column)
    if cell.data_type == "f":
        issues.append(issue(Fault.FORMULA, place))
        return ""
    if cell.data_type == "e":
        issues.append(issue(Fault.CELL_ERROR, place, found=value))
        return ""
    return _text(_written(value), place, issues)


def _written(value: object) -> str:
    """What people see of a value that is no text, without guessing a format."""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() else format(value, "f").rstrip("0")
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _text(value: str, place: Place, issues: list[Issue]) -> str:
    if len(value) > MAX_CELL:
        issues.append(issue(Fault.TOO_LONG, place, length=len(value), limit=MAX_CELL))
        return ""
    return value.replace("\r\n", "\n").replace("_x000D_", "").strip()


def write(sheets: Sequence[Sheet], made_on: date) -> bytes:
    """Return the xlsx file of some sheets; `made_on` stands as its date, so that equal sheets give equal bytes."""
    book = Workbook()
    del book[book.sheetnames[0]]
    _add_styles(book)
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.name), sheet)
    target = io.BytesIO()
    book.save(target)
    return _without_time(target.getvalue(), made_on)


def with_sheet(content: bytes, sheet: Sheet, name: str) -> bytes:
    """Return a spreadsheet file with one sheet put in place of the one of that name, everything else as it is.

    Raises:
        InputRejected: AUT-003, AUT-004 as `read`.
    """
    try:
        _refuse_hostile(content, name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), keep_links=False)
            if sheet.name in book.sheetnames:
                del book[sheet.name]
            if _HEAD not in book.named_styles:
                _add_styles(book)
            _write_sheet(book.create_sheet(sheet.name, 0), sheet)
            book.active = 0
            target = io.BytesIO()
            book.save(target)
    except _UNREADABLE as problem:
        raise InputRejected("AUT-003", (), name=name) from problem
    return target.getvalue()


def _add_styles(book: Workbook) -> None:
    wrapped = Alignment(vertical="top", wrap_text=True)
    locked, free = Protection(locked=True), Protection(locked=False)
    grey = PatternFill("solid", fgColor="E8ECF2")
    for style in (
        NamedStyle(_HEAD, font=Font(bold=True, color="FFFFFF"), fill=PatternFill("solid", fgColor="1F3A5F")),
        NamedStyle(_LOCKED, fill=grey, protection=locked, alignment=wrapped, number_format="@"),
        NamedStyle(_FREE, protection=free, alignment=wrapped, number_format="@"),
    ):
        book.add_named_style(style)


def _write_sheet(page: Worksheet, sheet: Sheet) -> None:
    for place, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].number_format = "@"
        page.column_dimensions[letter].protection = Protection(locked=False)
        _put(page, 1, place, column.name, _HEAD)
        if column.choices:
            _offer(page, letter, column.choices)
    for number, row in enumerate(sheet.rows, 2):
        for place, (column, word) in enumerate(zip(sheet.columns, row, strict=True), 1):
            if word:
                _put(page, number, place, word, _LOCKED if column.is_id else _FREE)
    page.freeze_panes = "A2"
    if any(column.is_id for column in sheet.columns):
        _protect(page)


def _put(page: Worksheet, row: int, column: int, word: str, style: str) -> None:
    cell = page.cell(row, column, word)
    cell.style = style
    cell.data_type = "s"  # a text that begins with "=" stays a text


def _offer(page: Worksheet, letter: str, choices: tuple[str, ...]) -> None:
    formula = choices[0].removeprefix("=") if choices[0].startswith("=") else '"' + ",".join(choices) + '"'
    offered = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    page.add_data_validation(offered)
    offered.add(f"{letter}2:{letter}{MAX_ROWS}")


def _protect(page: Worksheet) -> None:
    """Without a password: it keeps slips away, not people. Rows may be added, moved, sorted and filtered."""
    protection = page.protection
    protection.sheet = True
    for allowed in ("insertRows", "deleteRows", "sort", "autoFilter", "formatCells", "formatColumns", "formatRows"):
        setattr(protection, allowed, False)


def _without_time(content: bytes, made_on: date) -> bytes:
    moment = f"{made_on.isoformat()}T00:00:00Z".encode()
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as package:
        for name, part in _parts(source):
            whole = _MODIFIED.sub(rb"\g<1>" + moment + rb"\g<2>", part) if name == "docProps/core.xml" else part
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            package.writestr(entry, whole)
    return target.getvalue()


def _parts(source: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for name in source.namelist():
        yield name, source.read(name)
