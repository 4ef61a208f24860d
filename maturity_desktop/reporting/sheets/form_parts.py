"""What the forms for institutions share: words in their languages, the title block, protection, drop-downs, marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from maturity_desktop.domain.ids import LevelCode, NodeCode
from maturity_desktop.domain.standard import Edition
from maturity_desktop.domain.text import Language, Text
from maturity_desktop.reporting.sheets import cells
from maturity_desktop.reporting.sheets.cells import put
from maturity_desktop.wording import say

FORM_MARK: Final = "maturity-desktop"
MARKS_SHEET: Final = "md"
ID_KEY: Final = "md:id"
HEAD_ID: Final = "md:head"
FREE: Final = Protection(locked=False)
LAST_ROW: Final = 5_000
_INLINE_CHARACTERS = 250
_LONGEST_TITLE = 31
_MIDDLE_WORDS = 110.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A workbook being made, and how it speaks."""

    book: Workbook
    languages: tuple[Language, ...]
    edition: Edition
    project: tuple[Text, Text]
    target: LevelCode

    def say(self, key: str, separator: str = "\n", **values: object) -> str:
        """Return a sentence of the wording in all languages asked for."""
        spoken = [say(language, key, **values) for language in self.languages]
        return separator.join(dict.fromkeys(spoken))

    def text(self, text: Text, separator: str = "\n") -> str:
        """Return a bilingual text in all languages asked for."""
        return separator.join(dict.fromkeys(text.pick(language) for language in self.languages))

    def level_head(self, code: LevelCode) -> str:
        """Return code and name of a level."""
        level = self.edition.levels[self.edition.level_index(code) - 1]
        spoken = [
            say(language, "self_assessment.form.level", code=level.code, name=level.name.pick(language))
            for language in self.languages
        ]
        return "\n".join(spoken)

    def sheet(self, key: str) -> Worksheet:
        """Add a sheet named in all languages asked for."""
        made: Worksheet = self.book.create_sheet(self.say(key, " ")[:_LONGEST_TITLE])
        return made

    def tree_heads(self) -> list[str]:
        """Return the heads of the tree columns: the root layer, then the layers of the pack."""
        root = self.text(self.edition.root_layer) or self.say("self_assessment.form.standard")
        return [root, *(self.text(layer) for layer in self.edition.layers)]

    def tree_cells(self, code: NodeCode) -> list[str]:
        """Return the names above an item and its own with its code, one per tree column."""
        names = [self.text(node.name) for node in self.edition.path_to(code)]
        inner = len(self.edition.layers) - 1
        padded = [*names, *[""] * inner][:inner]
        item = self.edition.item_by_code[code]
        return [self.text(self.edition.name), *padded, f"{self.text(item.name)}\n{code}"]


def open_sheet(form: Form, sheet: Worksheet, *, title: str, how: str, width: int) -> int:
    """Write title, project, target and how to fill the form in; return the next free row."""
    put(sheet, 1, 2, form.say(title, " "), font=cells.TITLE, alignment=cells.LEFT_MIDDLE)
    sheet.merge_cells(start_row=1, start_column=2, end_row=1, end_column=width)
    sheet.row_dimensions[1].height = 27
    bank, system = form.project
    target = form.edition.levels[form.edition.level_index(form.target) - 1]
    pairs = (
        ("self_assessment.form.project", f"{form.text(bank, ' / ')} · {form.text(system, ' / ')}"),
        ("self_assessment.form.standard", f"{form.text(form.edition.name, ' / ')} {form.edition.edition_id}"),
        ("self_assessment.form.target", f"{target.code} {form.text(target.name, ' / ')}"),
    )
    for row, (key, value) in enumerate(pairs, 2):
        put(sheet, row, 2, form.say(key, " / "), font=cells.BOLD, alignment=cells.LEFT_MIDDLE)
        put(sheet, row, 4, value, font=cells.BOLD, alignment=cells.LEFT_MIDDLE)
        sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=3)
        sheet.merge_cells(start_row=row, start_column=4, end_row=row, end_column=width)
        sheet.row_dimensions[row].height = 19
    put(sheet, 5, 2, how, font=cells.QUIET)
    sheet.merge_cells(start_row=5, start_column=2, end_row=5, end_column=width)
    sheet.row_dimensions[5].height = cells.row_height([(how, _MIDDLE_WORDS)])
    return 6


def write_heads(
    sheet: Worksheet, keys_row: int, *, keys: Sequence[str], heads: Sequence[str], widths: Sequence[float]
) -> None:
    """Write the hidden row of keys (by which columns are found again), the head below it, and the widths."""
    for place, (key, head, width) in enumerate(zip(keys, heads, widths, strict=True), 1):
        put(sheet, keys_row, place, key, font=cells.QUIET)
        look = {"font": cells.HEAD, "fill": cells.HEAD_FILL, "alignment": cells.MIDDLE, "border": cells.BOX}
        put(sheet, keys_row + 1, place, head, protection=FREE, **look)
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = width
        column.protection = FREE
    sheet.row_dimensions[keys_row].hidden = True
    lines = [(head, width) for head, width in zip(heads, widths, strict=True)]
    sheet.row_dimensions[keys_row + 1].height = cells.row_height(lines)
    sheet.column_dimensions["A"].hidden = True
    sheet.column_dimensions["A"].protection = Protection(locked=True)


def close_sheet(sheet: Worksheet, keys_row: int, *, last_row: int, columns: int) -> None:
    """Set filter, print set-up and the protection of ids: without a password, against slips only."""
    head = keys_row + 1
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(columns)}{max(last_row, head + 1)}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8  # A3, as the public form is printed
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_view.showGridLines = False
    protection = sheet.protection
    protection.sheet = True
    for allowed in ("insertRows", "sort", "autoFilter", "formatCells", "formatColumns", "formatRows"):
        setattr(protection, allowed, False)  # False: not forbidden


def offer(form: Form, sheet: Worksheet, *, area: str, choices: Sequence[str]) -> DataValidation:
    """Let cells be filled from a list; a long one stands on the hidden sheet."""
    joined = ",".join(choices)
    is_inline = len(joined) <= _INLINE_CHARACTERS and not any("," in choice or '"' in choice for choice in choices)
    formula = f'"{joined}"' if is_inline else _listed(form, choices)
    validation = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    sheet.add_data_validation(validation)
    validation.add(area)
    return validation


def _listed(form: Form, choices: Sequence[str]) -> str:
    sheet = marks_sheet(form)
    for row, choice in enumerate(choices, 1):
        put(sheet, row, 4, choice)
    return f"{quote_sheetname(sheet.title)}!$D$1:$D${len(choices)}"


def marks_sheet(form: Form) -> Worksheet:
    """Return the hidden sheet, made when first asked for."""
    if MARKS_SHEET not in form.book.sheetnames:
        form.book.create_sheet(MARKS_SHEET).sheet_state = "hidden"
    found: Worksheet = form.book[MARKS_SHEET]
    return found


def write_marks(form: Form, marks: Mapping[str, str]) -> None:
    """Write what the file belongs to."""
    sheet = marks_sheet(form)
    for row, (key, value) in enumerate(marks.items(), 1):
        put(sheet, row, 1, key)
        put(sheet, row, 2, value)
    sheet.protection.sheet = True
