"""The authoring workbook: out and in again without loss, faults with their cell, and hostile files refused."""

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from maturity_desktop.domain import canonical
from maturity_desktop.errors import InputRejected, Issue
from maturity_desktop.packs import PackFiles, examine, examine_book, examine_files, spreadsheet
from maturity_desktop.packs.changes import ChangeKind, changes
from maturity_desktop.packs.guide import cell_place
from maturity_desktop.packs.sheets import sheets_of
from maturity_desktop.packs.write import PackContent, pack_files
from maturity_desktop.system import paths
from tests.unit.packs.packed import write_pack

MADE_ON = date(2026, 1, 31)
SHIPPED = sorted(path for path in paths.standards().glob("*/*") if (path / "standard.yaml").is_file())


def content_of(pack: Path) -> PackContent:
    content = examine(pack).content
    assert content is not None
    return content


def as_book(content: PackContent) -> bytes:
    return spreadsheet.write(sheets_of(content), content.edition.released_on)


def small(tmp_path: Path) -> bytes:
    return as_book(content_of(write_pack(tmp_path / "small")))


def edited(content: bytes, sheet: str, act: Callable[[Worksheet], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book[sheet]
    assert isinstance(page, Worksheet)
    act(page)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def find(page: Worksheet, word: str) -> int:
    return next(row for row in range(1, page.max_row + 1) for cell in page[row] if cell.value == word)


def faults(content: bytes) -> list[Issue]:
    return [issue for issue in examine_book(spreadsheet.read(content, "x.xlsx")).issues if issue.is_error]


@pytest.mark.parametrize("pack", SHIPPED, ids=lambda path: path.parent.name)
def test_every_shipped_pack_survives_text_and_workbook_to_the_digest(pack: Path) -> None:
    content = content_of(pack)
    digest = canonical.digest(content.edition)
    again = examine_files(PackFiles(pack_files(content))).edition
    assert canonical.digest(again) == digest
    book = as_book(content)
    back = examine_book(spreadsheet.read(book, "x.xlsx"))
    assert back.content is not None
    assert back.issues == ()
    assert canonical.digest(back.edition) == digest
    assert as_book(back.content) == book


def test_a_label_may_change_without_changing_an_id(tmp_path: Path) -> None:
    before = small(tmp_path)
    after = edited(before, "criteria", lambda page: page.cell(find(page, "A-1-2.2"), 6, "Every commit starts a build."))
    old, new = (examine_book(spreadsheet.read(one, "x.xlsx")).content for one in (before, after))
    assert old is not None and new is not None
    (change,) = changes(old, new)
    assert (change.kind, change.what, change.id, change.field) == (
        ChangeKind.CHANGED,
        "criteria",
        "A-1-2.2",
        "label::en",
    )
    assert list(new.edition.criterion_by_id) == list(old.edition.criterion_by_id)


def test_added_and_removed_criteria_are_told_by_their_id(tmp_path: Path) -> None:
    before = content_of(write_pack(tmp_path / "a"))
    after = content_of(write_pack(tmp_path / "b", "a.yaml", "A-1-2.2", "A-1-2.7"))
    assert [(one.kind.value, one.id) for one in changes(before, after)] == [
        ("added", "A-1-2.7"),
        ("removed", "A-1-2.2"),
    ]
    assert changes(before, before) == ()


def test_merged_cells_are_filled_down(tmp_path: Path) -> None:
    def merge(page: Worksheet) -> None:
        first = find(page, "A-1-2.1")
        page.merge_cells(start_row=first, end_row=first + 1, start_column=3, end_column=3)
        page.merge_cells(start_row=first, end_row=first + 1, start_column=4, end_column=4)

    content = small(tmp_path)
    back = examine_book(spreadsheet.read(edited(content, "criteria", merge), "x.xlsx"))
    assert back.issues == ()
    assert back.content is not None
    assert as_book(back.content) == content


def put(sheet: str, id_: str, column: int, value: str | int | date) -> Callable[[bytes], bytes]:
    return lambda content: edited(content, sheet, lambda page: page.cell(find(page, id_), column, value))


@pytest.mark.parametrize(
    ("spoil", "code", "sheet", "column", "heading"),
    [
        pytest.param(put("criteria", "A-1-2.2", 3, "A-9"), "PACK-067", "criteria", "C", "item", id="item unknown"),
        pytest.param(put("criteria", "A-1-2.2", 2, "A-1-2.1"), "PACK-040", "criteria", "B", "code", id="id twice"),
        pytest.param(put("criteria", "A-1-2.2", 5, "=1+1"), "PACK-063", "criteria", "E", "label::zh", id="formula"),
        pytest.param(put("criteria", "A-1-2.2", 1, "point"), "PACK-023", "criteria", "A", "type", id="type"),
        pytest.param(put("criteria", "A-1-2.1", 12, "three"), "PACK-024", "criteria", "L", "value", id="number"),
        pytest.param(put("evidence", "A-1-L2-1", 4, "photo"), "PACK-023", "evidence", "D", "kind", id="kind"),
        pytest.param(put("tree", "A-1", 3, "Z"), "PACK-065", "tree", "C", "parent", id="parent unknown"),
        pytest.param(put("tree", "A", 3, "A"), "PACK-066", "tree", "C", "parent", id="own parent"),
        pytest.param(put("levels", "2", 4, "red"), "PACK-026", "levels", "D", "colour", id="colour"),
        pytest.param(put("settings", "released_on", 2, "soon"), "PACK-025", "settings", "B", "value", id="date"),
        pytest.param(put("modules", "ops", 4, "A\nZ"), "PACK-051", "modules", "D", "nodes", id="module"),
        pytest.param(put("criteria", "label::zh", 5, "Label"), "PACK-062", "criteria", "E", "label::zh", id="column"),
    ],
)
def test_a_fault_names_sheet_row_and_column(
    tmp_path: Path, spoil: Callable[[bytes], bytes], code: str, sheet: str, column: str, heading: str
) -> None:
    found = [issue for issue in faults(spoil(small(tmp_path))) if issue.code == code]
    assert found
    place = cell_place(found[0])
    assert (place.sheet, place.column, place.heading) == (sheet, column, heading)
    assert place.row >= 1


def test_a_missing_sheet_is_named(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(small(tmp_path)))
    del book["levels"]
    target = io.BytesIO()
    book.save(target)
    assert ("PACK-059", "levels") in [(issue.code, issue.place) for issue in faults(target.getvalue())]


def test_figures_and_dates_typed_as_such_are_read_as_written(tmp_path: Path) -> None:
    content = put("settings", "released_on", 2, MADE_ON)(put("criteria", "A-1-2.1", 12, 3)(small(tmp_path)))
    assert faults(content) == []


def test_ids_are_protected_and_choices_offered(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(small(tmp_path)))
    page = book["criteria"]
    assert isinstance(page, Worksheet)
    row = find(page, "A-1-2.2")
    assert page.protection.sheet
    assert page.cell(row, 2).protection.locked
    assert not page.cell(row, 5).protection.locked
    offered = {str(validation.sqref)[0]: validation.formula1 for validation in page.data_validations.dataValidation}
    assert offered["D"] == "levels!$A$2:$A$40"
    assert offered["A"] == '"criteria,empty,same"'


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "small", "a.yaml", "en: Alpha one", 'en: "=Alpha one"')
    back = examine_book(spreadsheet.read(as_book(content_of(pack)), "x.xlsx"))
    assert back.edition == examine(pack).edition


def test_cells_that_are_only_formatted_do_not_count(tmp_path: Path) -> None:
    """Some programs save whole rows and columns of empty cells with a format."""
    content = small(tmp_path)

    def dress(page: Worksheet) -> None:
        for row in (*range(1, 40), 1_048_576):
            page.cell(row, 1_024).number_format = "@"
        page.cell(3, 16_384).number_format = "@"

    back = examine_book(spreadsheet.read(edited(content, "criteria", dress), "x.xlsx"))
    assert back.issues == ()
    assert back.content is not None
    assert as_book(back.content) == content


def test_a_filled_cell_far_out_is_refused_at_once(tmp_path: Path) -> None:
    found = faults(edited(small(tmp_path), "criteria", lambda page: page.cell(1_048_576, 16_384, "x")))
    assert ("PACK-037", "criteria") in [(issue.code, issue.place) for issue in found]


def zipped(entries: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"no zip", "AUT-003", id="no archive"),
        pytest.param(zipped({"a.txt": b"x"}), "AUT-003", id="no workbook"),
        pytest.param(zipped({"xl/workbook.xml": b"0" * 30_000_000}), "AUT-004", id="bomb"),
        pytest.param(zipped({"xl/a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "AUT-004", id="entities"),
        pytest.param(zipped({f"{n}.xml": b"" for n in range(1_500)}), "AUT-004", id="many parts"),
    ],
)
def test_hostile_files_are_refused(content: bytes, code: str) -> None:
    with pytest.raises(InputRejected, match=code):
        spreadsheet.read(content, "x.xlsx")


def test_fuzzed_workbooks_never_crash(tmp_path: Path) -> None:
    content = small(tmp_path)
    chance = random.Random(7)
    outcomes = set()
    for _ in range(60):
        spoilt = bytearray(content)
        for _ in range(chance.randint(1, 30)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        try:
            outcomes.add(examine_book(spreadsheet.read(bytes(spoilt), "x.xlsx")).edition is not None)
        except InputRejected:
            outcomes.add(False)
    assert outcomes


def test_fuzzed_cells_never_crash_and_never_half_import(tmp_path: Path) -> None:
    content = small(tmp_path)
    chance = random.Random(11)
    words = [
        "",
        "A-1",
        "x",
        "=1",
        "empty",
        "same",
        "item",
        "node",
        "-1",
        "2",
        "\n",
        "名",
        "9" * 40_000,
        "A-1-2.1",
        "zh",
    ]
    for _ in range(40):
        book = openpyxl.load_workbook(io.BytesIO(content))
        for _ in range(chance.randint(1, 6)):
            page = book.worksheets[chance.randrange(len(book.worksheets))]
            page.cell(
                chance.randint(1, page.max_row + 1), chance.randint(1, page.max_column), chance.choice(words)[:32_000]
            )
        target = io.BytesIO()
        book.save(target)
        found = examine_book(spreadsheet.read(target.getvalue(), "x.xlsx"))
        assert (found.edition is None) == any(issue.is_error for issue in found.issues)
