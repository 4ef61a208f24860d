"""The sheet of the self-assessment: tree, what each level asks, own rating, gap, problems and ideas; and the spread."""

from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from maturity_desktop.domain.answers import SelfRating
from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.self_assessment import SelfField, offered_labels
from maturity_desktop.domain.standard import CellKind, LevelCell, RatedItem
from maturity_desktop.reporting import theme
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

_TREE_WIDTH, _LEVEL_WIDTH, _RATING_WIDTH, _NOTE_WIDTH = 15.0, 32.0, 9.0, 34.0
_TEXT = "@"


def write(form: Form, items: Sequence[RatedItem], own: Mapping[NodeCode, SelfRating]) -> None:
    """Add both sheets."""
    sheet = form.sheet("self_assessment.form.sheet")
    trees, levels = len(form.edition.layers) + 1, len(form.edition.levels)
    fields = [f"md:{field.value}" for field in SelfField]
    keys = [ID_KEY, *[""] * trees, *[""] * levels, *fields]
    widths = [12.0, *[_TREE_WIDTH] * trees, *[_LEVEL_WIDTH] * levels, _RATING_WIDTH, _NOTE_WIDTH, _NOTE_WIDTH]
    how = form.say("self_assessment.form.how" if form.edition.half_steps else "self_assessment.form.how_full")
    keys_row = open_sheet(form, sheet, title="self_assessment.form.title", how=how, width=min(len(keys), trees + 4))
    write_heads(sheet, keys_row, keys=keys, heads=_heads(form), widths=widths)
    first = keys_row + 2
    for row, item in enumerate(items, first):
        _item_row(form, sheet, row, item, own.get(item.code))
    last = first + len(items) - 1
    rating = get_column_letter(trees + levels + 2)
    labels = offered_labels(form.edition)
    validation = offer(form, sheet, area=f"{rating}{first}:{rating}{LAST_ROW}", choices=labels)
    validation.errorTitle = form.say("self_assessment.form.choose_title", " / ")[:32]
    validation.error = form.say("self_assessment.form.choose", " ", labels=" ".join(labels))[:220]
    sheet.freeze_panes = f"{get_column_letter(trees + 2)}{first}"
    close_sheet(sheet, keys_row, last_row=last, columns=len(keys))
    _spread(form, f"{quote_sheetname(sheet.title)}!${rating}${first}:${rating}${LAST_ROW}", len(items))


def _heads(form: Form) -> list[str]:
    return [
        HEAD_ID,
        *form.tree_heads(),
        *(form.level_head(level.code) for level in form.edition.levels),
        form.say("self_assessment.form.rating"),
        form.say("self_assessment.form.gap", target=form.target),
        form.say("self_assessment.form.remark"),
    ]


def _item_row(form: Form, sheet: Worksheet, row: int, item: RatedItem, own: SelfRating | None) -> None:
    put(sheet, row, 1, item.code, font=cells.QUIET, number_format=_TEXT)
    tree = form.tree_cells(item.code)
    column = 2
    for name in tree:
        look = {"font": cells.BOLD, "alignment": cells.LEFT_MIDDLE}
        put(sheet, row, column, name, border=cells.BOX, protection=FREE, **look)
        column += 1
    asked = [level_text(form, cell) for cell in item.cells]
    for level, text in zip(form.edition.levels, asked, strict=True):
        shade = {"fill": cells.solid(theme.tint(level.colour, 0.12))} if level.code == form.target else {}
        put(sheet, row, column, text, border=cells.BOX, protection=FREE, **shade)
        column += 1
    filled = (own.rating.label(form.edition.levels), own.gap or "", own.remark) if own else ("", "", "")
    for place, text in enumerate(filled, column):
        look = {"font": cells.BOLD, "alignment": cells.MIDDLE} if place == column else {}
        put(sheet, row, place, text, border=cells.BOX, protection=FREE, number_format=_TEXT, **look)
    measured = [(text, _LEVEL_WIDTH) for text in asked] + [(text, _NOTE_WIDTH) for text in filled[1:]]
    sheet.row_dimensions[row].height = cells.row_height([*measured, *((name, _TREE_WIDTH) for name in tree)])


def level_text(form: Form, cell: LevelCell) -> str:
    """Return what a level cell asks: numbered points with their notes, or that it asks nothing."""
    if cell.kind is CellKind.EMPTY:
        return form.say("self_assessment.form.empty", " / ")
    if cell.kind is CellKind.SAME:
        return form.say("self_assessment.form.same", " / ")
    lines = []
    for place, criterion in enumerate(cell.criteria, 1):
        lines.append(f"{place}. {form.text(criterion.text)}")
        if criterion.note:
            lines.append(_note(form, criterion.note.zh, criterion.note.en))
    return "\n".join(lines)


def _note(form: Form, zh: str, en: str) -> str:
    notes = {"zh": zh or en, "en": en or zh}
    spoken = [form.say("self_assessment.form.note", note=notes[language]) for language in form.languages[:1]]
    if len(form.languages) > 1:
        spoken.append(notes[form.languages[1]])
    return "\n".join(dict.fromkeys(spoken))


def _spread(form: Form, area: str, total: int) -> None:
    """Count the ratings while the institution fills them in; nothing is read back from this sheet."""
    sheet = form.sheet("self_assessment.form.spread")
    for column, key in enumerate(("self_assessment.form.rating", "self_assessment.form.count"), 1):
        look = {"font": cells.HEAD, "fill": cells.HEAD_FILL, "alignment": cells.MIDDLE, "border": cells.BOX}
        put(sheet, 1, column, form.say(key), **look)
        sheet.column_dimensions[get_column_letter(column)].width = 16
    labels = offered_labels(form.edition)
    for row, label in enumerate(labels, 2):
        put(sheet, row, 1, label, number_format=_TEXT, border=cells.BOX)
        sheet.cell(row, 2).value = f'=COUNTIF({area},"{label}")'
    end = len(labels) + 2
    put(sheet, end, 1, form.say("self_assessment.form.unrated"), border=cells.BOX)
    sheet.cell(end, 2).value = f"={total}-SUM(B2:B{end - 1})"
    put(sheet, end + 1, 1, form.say("self_assessment.form.total"), border=cells.BOX, font=cells.BOLD)
    put(sheet, end + 1, 2, total, border=cells.BOX, font=cells.BOLD)
