"""Whole tables: title lines, head, rows, frozen panes, filter, print set-up, and a name that finds the table again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from maturity_desktop.domain.signoff import SignoffStep
from maturity_desktop.reporting.sheets import cells
from maturity_desktop.reporting.sheets.cells import Value, put, say_all
from maturity_desktop.reporting.voice import Voice

TABLE_NAME = "MD_{kind}"
_LONGEST_TITLE = 31
_LONGEST_HEAD = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: key of its head in the wording, width in characters, and how values look."""

    key: str
    width: float
    look: tuple[tuple[str, Any], ...] = ()  # Any: openpyxl style objects


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What all sheets share."""

    book: Workbook
    voices: tuple[Voice, ...]
    is_final: bool
    approval: SignoffStep | None = None

    def sheet(self, key: str) -> Worksheet:
        """Add a sheet named in all languages asked for."""
        title = say_all(self.voices, f"sheet.{key}", " ")[:_LONGEST_TITLE]
        sheet: Worksheet = self.book.create_sheet(title)
        return sheet

    def notes(self) -> list[str]:
        """Return the warnings that stand on every sheet."""
        keys = []
        if self.voices[0].snapshot.engagement.is_sample:
            keys.append("common.sample")
        if not self.is_final:
            keys.append("common.draft")
        return [say_all(self.voices, key, " ") for key in keys]

    def marks(self) -> list[str]:
        """Return the marks of a draft or sample as short words."""
        voice, keys = self.voices[0], []
        if voice.snapshot.engagement.is_sample:
            keys.append("report.document.sample")
        if not self.is_final:
            keys.append("report.document.draft")
        return [voice.say(key) for key in keys]

    def open(self, sheet: Worksheet, key: str, width: int) -> int:
        """Write title and warnings over `width` columns; return the next free row."""
        voice = self.voices[0]
        put(sheet, 1, 1, say_all(self.voices, f"sheet.{key}", " "), font=cells.TITLE, alignment=cells.LEFT_MIDDLE)
        sheet.row_dimensions[1].height = 27
        about = f"{voice.text(voice.snapshot.institution.name)} · {voice.text(voice.snapshot.system.name)} · "
        about += f"{voice.standard_title} {voice.snapshot.edition.edition_id}"
        put(sheet, 2, 1, about, font=cells.QUIET, alignment=cells.LEFT_MIDDLE)
        row = 3
        for note in self.notes():
            put(sheet, row, 1, note, font=cells.WARNING, alignment=cells.LEFT_MIDDLE)
            row += 1
        for each in range(1, row):
            sheet.merge_cells(start_row=each, start_column=1, end_row=each, end_column=width)
        return row + 1

    def table(self, kind: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]], note: str = "") -> None:
        """Add a sheet with one table of `rows`; the first column holds the ids."""
        sheet = self.sheet(kind)
        top = self.open(sheet, kind, len(columns))
        if note:
            put(sheet, top, 1, note, font=cells.QUIET)
            sheet.merge_cells(start_row=top, start_column=1, end_row=top, end_column=len(columns))
            top += 1
        heads = [say_all(self.voices, f"{kind}.{column.key}") for column in columns]
        write_head(sheet, top, heads)
        for place, values in enumerate(rows, top + 1):
            _write_row(sheet, place, columns, values)
        for place, column in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(place)].width = column.width
        sheet.freeze_panes = f"B{top + 1}"
        last = max(top + 1, top + len(rows))
        sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(columns))}{last}"
        self.finish(sheet, kind, top)

    def finish(self, sheet: Worksheet, kind: str, head_row: int, *, is_one_page: bool = False) -> None:
        """Name the table and set up printing: A4 landscape, one page wide, repeated head, marks and page numbers."""
        reference = f"{quote_sheetname(sheet.title)}!$A${head_row}"
        self.book.defined_names[TABLE_NAME.format(kind=kind)] = DefinedName(
            TABLE_NAME.format(kind=kind), attr_text=reference
        )
        sheet.print_title_rows = f"{head_row}:{head_row}"
        set_up_page(self, sheet, is_one_page=is_one_page)


def set_up_page(frame: Frame, sheet: Worksheet, *, is_one_page: bool = False) -> None:
    """Set paper, margins, heads and feet of one sheet: one page wide and, for short sheets, one page high."""
    voice = frame.voices[0]
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if is_one_page else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.45
    sheet.page_margins.top, sheet.page_margins.bottom = 0.7, 0.65
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 100
    handling = voice.word("handling", voice.snapshot.engagement.handling)
    head: Any = sheet.oddHeader  # Any: the stub allows for missing heads and feet
    foot: Any = sheet.oddFooter
    head.left.text = _short(voice.text(voice.snapshot.institution.name))
    head.right.text = _short(" · ".join([*frame.marks(), handling]))
    foot.left.text = _short(f"{voice.standard_title} {voice.snapshot.edition.edition_id}")
    foot.right.text = say_all(frame.voices[:1], "common.page")
    for part in (head.left, head.right, foot.left, foot.right):
        part.size = 8


def _short(text: str) -> str:
    """Return a text fit for a page head: a sheet allows 255 characters for all its parts, and & must be doubled."""
    cleaned = cells.clean(text).replace("\n", " ")
    return (cleaned if len(cleaned) <= _LONGEST_HEAD else cleaned[: _LONGEST_HEAD - 1] + "…").replace("&", "&&")


def write_head(sheet: Worksheet, row: int, titles: Sequence[str], first_column: int = 1) -> None:
    """Write a table head."""
    for place, title in enumerate(titles, first_column):
        look = {"font": cells.HEAD, "fill": cells.HEAD_FILL, "alignment": cells.MIDDLE, "border": cells.BOX}
        put(sheet, row, place, title, **look)
    most = max((title.count("\n") for title in titles), default=0)
    sheet.row_dimensions[row].height = 18 + 13 * most


def _write_row(sheet: Worksheet, row: int, columns: Sequence[Column], values: Sequence[Value]) -> None:
    measured = []
    for place, (column, value) in enumerate(zip(columns, values, strict=True), 1):
        put(sheet, row, place, value, border=cells.BOX, **dict(column.look))
        measured.append((str(value or ""), column.width))
    sheet.row_dimensions[row].height = cells.row_height(measured)
