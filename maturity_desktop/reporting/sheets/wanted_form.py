"""The sheet of the evidence wanted list: what to have ready for the target level, and how to name its files."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from maturity_desktop.domain.ids import LevelCode, NodeCode
from maturity_desktop.domain.standard import EvidenceRequest
from maturity_desktop.reporting.sheets import cells
from maturity_desktop.reporting.sheets.cells import put
from maturity_desktop.reporting.sheets.form_parts import (
    FREE,
    HEAD_ID,
    ID_KEY,
    LAST_ROW,
    Form,
    close_sheet,
    offer,
    open_sheet,
    write_heads,
)

_COLUMNS = (
    ("self_assessment.wanted.level", 8.0),
    ("self_assessment.wanted.prefix", 25.0),
    ("self_assessment.wanted.kind", 12.0),
    ("self_assessment.wanted.title_column", 52.0),
    ("self_assessment.wanted.need", 10.0),
    ("self_assessment.wanted.ready", 10.0),
    ("self_assessment.wanted.responsible", 14.0),
    ("self_assessment.wanted.remark", 30.0),
)
_TREE_WIDTH = 17.0
_NOT_FILLED_BY_US = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One file to have ready."""

    item_code: NodeCode
    level: LevelCode
    request: EvidenceRequest
    is_optional: bool


def write(form: Form, rows: Sequence[Row]) -> None:
    """Add the sheet."""
    sheet = form.sheet("self_assessment.wanted.sheet")
    trees = len(form.edition.layers) + 1
    keys = [ID_KEY, *[""] * (trees + len(_COLUMNS))]
    heads = [HEAD_ID, *form.tree_heads(), *(form.say(key) for key, _ in _COLUMNS)]
    widths = [12.0, *[_TREE_WIDTH] * trees, *(width for _, width in _COLUMNS)]
    how = form.say("self_assessment.wanted.how", example=_example(form, rows)) if rows else ""
    keys_row = open_sheet(form, sheet, title="self_assessment.wanted.title", how=how, width=len(keys))
    write_heads(sheet, keys_row, keys=keys, heads=heads, widths=widths)
    first = keys_row + 2
    for place, row in enumerate(rows, first):
        _write_row(form, sheet, place, row)
    ready = get_column_letter(len(keys) - 2)
    offer(form, sheet, area=f"{ready}{first}:{ready}{LAST_ROW}", choices=_ready_words(form))
    sheet.freeze_panes = f"B{first}"
    close_sheet(sheet, keys_row, last_row=first + len(rows) - 1, columns=len(keys))


def _ready_words(form: Form) -> list[str]:
    return [form.say(f"self_assessment.wanted.ready_{word}", "/") for word in ("yes", "no")]


def _example(form: Form, rows: Sequence[Row]) -> str:
    request = rows[0].request
    return f"{request.code}-{request.title.pick(form.languages[0])}"


def _write_row(form: Form, sheet: Worksheet, place: int, row: Row) -> None:
    put(sheet, place, 1, row.request.code, font=cells.QUIET, number_format="@")
    tree = form.tree_cells(row.item_code)
    title = form.text(row.request.title)
    texts = [
        *tree,
        row.level,
        f"{row.request.code}-",
        form.say(f"self_assessment.kind.{row.request.kind.value}"),
        title,
        form.say("self_assessment.wanted.optional" if row.is_optional else "self_assessment.wanted.required"),
        *[""] * _NOT_FILLED_BY_US,
    ]
    for column, text in enumerate(texts, 2):
        put(sheet, place, column, text, border=cells.BOX, protection=FREE, number_format="@")
    measured = [(title, 52.0), *((name, _TREE_WIDTH) for name in tree)]
    sheet.row_dimensions[place].height = cells.row_height(measured)
