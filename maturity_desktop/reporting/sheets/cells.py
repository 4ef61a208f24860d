"""How values enter cells: text stays text, dates stay dates, nothing becomes a formula.

A text that begins with = + - @ tab or carriage return is stored as a string cell (never as a formula) and carries the
quote-prefix mark, which spreadsheet programs show as a leading apostrophe in the input line. The text itself is intact.
Characters XML 1.0 cannot hold are replaced by U+FFFD.
"""

import re
from collections.abc import Sequence
from copy import copy
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final
from weakref import WeakKeyDictionary

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from maturity_desktop.domain.text import Language
from maturity_desktop.reporting.voice import Voice
from maturity_desktop.wording import say

FONT_NAME: Final = "微软雅黑"
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")
MAX_CHARACTERS: Final = 32_767
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_THIN = Side(style="thin", color="FFD3D9E1")
BOX: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
BODY: Final = Font(name=FONT_NAME, size=9, color="FF1B2430")
BOLD: Final = Font(name=FONT_NAME, size=9, color="FF1B2430", bold=True)
QUIET: Final = Font(name=FONT_NAME, size=8, color="FF5A6675")
TITLE: Final = Font(name=FONT_NAME, size=15, color="FF14304F", bold=True)
HEAD: Final = Font(name=FONT_NAME, size=9, color="FFFFFFFF", bold=True)
WARNING: Final = Font(name=FONT_NAME, size=9, color="FFA8321F", bold=True)
TOP: Final = Alignment(vertical="top", wrap_text=True)
MIDDLE: Final = Alignment(vertical="center", horizontal="center", wrap_text=True)
LEFT_MIDDLE: Final = Alignment(vertical="center", horizontal="left", wrap_text=True)
HEAD_FILL: Final = PatternFill("solid", fgColor="FF14304F")
DATE: Final = "yyyy-mm-dd"
MOMENT: Final = "yyyy-mm-dd hh:mm"

# workbook → look → (style record, parts of the look)
_DRESSED: WeakKeyDictionary[Any, dict[Any, tuple[Any, tuple[Any, ...]]]] = WeakKeyDictionary()

Value = str | int | Decimal | date | datetime | None


def clean(text: str) -> str:
    """Return `text` as a cell can hold it; also cut to the largest length a cell allows."""
    cleaned = _NOT_XML.sub("\ufffd", text)
    return cleaned if len(cleaned) <= MAX_CHARACTERS else cleaned[: MAX_CHARACTERS - 1] + "…"


def put(sheet: Worksheet, row: int, column: int, value: Value, **look: Any) -> None:  # Any: openpyxl style objects
    """Write one value; `look` may give font, alignment, fill, border, number_format."""
    cell: Any = sheet.cell(row, column)  # Any: the stub also allows for cells inside a merged area
    match value:
        case str():
            _put_text(cell, clean(value))
        case datetime():
            cell.value = value.astimezone(UTC).replace(tzinfo=None, microsecond=0)
            look.setdefault("number_format", MOMENT)
        case date():
            cell.value = value
            look.setdefault("number_format", DATE)
        case _:
            cell.value = value
    _dress(cell, {"font": BODY, "alignment": TOP} | look, is_quoted=cell.quotePrefix)


def _dress(cell: Any, look: dict[str, Any], *, is_quoted: bool) -> None:  # Any: openpyxl's cell and style objects
    """Give a cell its look; equal looks share one style record, because finding it again is the slow part."""
    known = _DRESSED.setdefault(cell.parent.parent, {})
    key = (is_quoted, *((name, id(part)) for name, part in sorted(look.items())))
    if key in known:
        cell._style = copy(known[key][0])  # noqa: SLF001  # the library's own way to copy a look
        return
    for name, part in look.items():
        setattr(cell, name, part)
    known[key] = (copy(cell._style), tuple(look.values()))  # noqa: SLF001  # keeps the parts, so that ids stay taken


def _put_text(cell: Cell, text: str) -> None:
    cell.value = text or None
    if text:
        cell.data_type = "s"
    if text.startswith(DANGEROUS):
        cell.quotePrefix = True


@cache
def solid(colour: str) -> PatternFill:
    """Return a fill of one colour, given as "#RRGGBB"."""
    return PatternFill("solid", fgColor=f"FF{colour.lstrip('#')}")


def say_all(voices: Sequence[Voice], key: str, separator: str = "\n", **values: object) -> str:
    """Return a sentence of `report_workbook` (or of `report`, when the key says so) in all languages asked for."""
    area_key = key if key.startswith("report.") else f"report_workbook.{key}"
    return separator.join(dict.fromkeys(say(voice.language, area_key, **values) for voice in voices))


def language_of(voices: Sequence[Voice]) -> Language:
    """Return the first language asked for."""
    return voices[0].language


def lines_needed(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of `width` characters; a Chinese character counts twice."""
    count = 0
    for line in text.split("\n"):
        units = sum(2.05 if ord(character) >= 0x2E80 else 1.05 for character in line)
        count += max(1, -(-int(units * 10) // int(max(1.0, width - 1) * 10)))
    return count


def row_height(texts: Sequence[tuple[str, float]], line: float = 13.6) -> float:
    """Return the height in points for a row with these (text, column width) pairs; at most what a sheet allows."""
    return min(409.0, max((lines_needed(text, width) for text, width in texts), default=1) * line + 5)
