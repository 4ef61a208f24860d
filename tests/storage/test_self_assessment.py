"""The self-assessment workbook out and back, on a real workspace: ids survive, nothing is lost, nothing half-taken."""

import io
import random
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from maturity_desktop.domain.answers import SelfRating
from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.self_assessment import SelfField, offered_labels, parse_label
from maturity_desktop.domain.standard import HalfStep
from maturity_desktop.errors import Conflict, InputRejected, RuleBroken
from maturity_desktop.services import assessments, journal, self_assessment, workspaces
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.self_assessment_return import ReturnedWorkbook, apply, read_workbook
from tests.factories.sealed_workspace import ASSESSMENT, ITEMS, make_workspace

VCS, BM = map(NodeCode, ITEMS)
FIRST_ROW = 8


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    yield made
    workspaces.close(made)


@pytest.fixture
def form(workspace: Workspace, tmp_path: Path) -> Path:
    return self_assessment.write_workbook(workspace, ASSESSMENT, tmp_path / "自评.xlsx", languages=("zh",)).value.path


def fill(form: Path, edit: Callable[[Worksheet], None], name: str = "filled.xlsx") -> Path:
    book = load_workbook(form)
    edit(book.worksheets[0])
    target = form.with_name(name)
    book.save(target)
    return target


def columns(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for row in sheet.iter_rows(max_row=10) for cell in row if cell.value}


def put(sheet: Worksheet, row: int, field: str, value: Any) -> None:  # Any: whatever people type
    sheet.cell(row, columns(sheet)[f"md:{field}"]).value = value


def both_items(sheet: Worksheet) -> None:
    put(sheet, FIRST_ROW, "rating", "3-")
    put(sheet, FIRST_ROW, "gap", "分支无合并策略")
    put(sheet, FIRST_ROW, "remark", "=计划六月完成".replace("=", "＝"))
    put(sheet, FIRST_ROW + 1, "rating", 2)


def read(workspace: Workspace, path: Path) -> ReturnedWorkbook:
    return read_workbook(workspace, ASSESSMENT, path)


def own(workspace: Workspace) -> dict[NodeCode, SelfRating]:
    return dict(assessments.load_sheet(workspace, ASSESSMENT).self_ratings)


def test_a_filled_workbook_comes_back_cell_by_cell(workspace: Workspace, form: Path) -> None:
    returned = read(workspace, fill(form, both_items))
    assert [(one.item_code, one.field, one.old, one.new) for one in returned.differences] == [
        (VCS, SelfField.RATING, "", "3-"),
        (VCS, SelfField.GAP, "", "分支无合并策略"),
        (VCS, SelfField.REMARK, "", "＝计划六月完成"),
        (BM, SelfField.RATING, "", "2"),
    ]
    assert returned.differences[0].place == "自评表!H8"
    assert own(workspace) == {}


def test_what_was_taken_in_stands_in_the_next_workbook_and_differs_no_more(
    workspace: Workspace, form: Path, tmp_path: Path
) -> None:
    returned = read(workspace, fill(form, both_items))
    assert apply(workspace, ASSESSMENT, returned, returned.differences).value == 4
    assert own(workspace)[VCS] == SelfRating(
        item_code=VCS, rating=Rating(3, HalfStep.MINUS), remark="＝计划六月完成", gap="分支无合并策略"
    )
    again = self_assessment.write_workbook(workspace, ASSESSMENT, tmp_path / "again.xlsx", languages=("zh", "en"))
    compared = read(workspace, again.value.path)
    assert (compared.differences, compared.same, compared.faults) == ((), 2, ())
    assert journal.verify(workspace).is_intact


def test_only_accepted_cells_are_taken_and_the_journal_tells(workspace: Workspace, form: Path) -> None:
    returned = read(workspace, fill(form, both_items))
    apply(workspace, ASSESSMENT, returned, returned.differences[3:])
    assert set(own(workspace)) == {BM}
    events = [entry.event for entry in journal.entries(workspace)]
    assert {"form.written", "self_assessment.taken_in", "self_rating.saved"} <= set(events)


def test_rows_may_be_sorted_and_inserted_and_columns_moved(workspace: Workspace, form: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        both_items(sheet)
        first = [cell.value for cell in sheet[FIRST_ROW]]
        second = [cell.value for cell in sheet[FIRST_ROW + 1]]
        for place, (one, other) in enumerate(zip(first, second, strict=True), 1):
            sheet.cell(FIRST_ROW, place).value = other
            sheet.cell(FIRST_ROW + 1, place).value = one
        sheet.insert_rows(FIRST_ROW + 1)
        sheet.insert_rows(FIRST_ROW - 1)
        sheet.insert_cols(7, 2)
        put(sheet, FIRST_ROW + 2, "gap", "补充说明")

    returned = read(workspace, fill(form, edit))
    assert [(one.item_code, one.new) for one in returned.differences if one.field is SelfField.RATING] == [
        (VCS, "3-"),
        (BM, "2"),
    ]
    assert [(row.place, row.text) for row in returned.unknown_rows] == [("自评表!A10", "补充说明")]
    assert returned.missing == ()


def test_bad_cells_are_named_by_sheet_and_cell_and_the_rest_is_read(workspace: Workspace, form: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        both_items(sheet)
        put(sheet, FIRST_ROW, "rating", "很好")
        put(sheet, FIRST_ROW + 1, "remark", "长" * 25_000)

    returned = read(workspace, fill(form, edit))
    assert [(fault.code, fault.place) for fault in returned.faults] == [
        ("SAS-102", "自评表!J9"),
        ("SAS-101", "自评表!H8"),
        ("SAS-107", "自评表!I8"),
        ("SAS-107", "自评表!J8"),
    ]
    assert [(one.item_code, one.field) for one in returned.differences] == [(BM, SelfField.RATING)]


def test_a_row_copied_with_other_entries_is_named_and_neither_is_taken(workspace: Workspace, form: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        both_items(sheet)
        sheet.cell(FIRST_ROW + 1, 1).value = VCS

    returned = read(workspace, fill(form, edit))
    assert [fault.code for fault in returned.faults] == ["SAS-104"]
    assert (returned.differences, returned.missing) == ((), (BM,))


def test_a_deleted_row_is_missing_and_keeps_what_it_has(workspace: Workspace, form: Path) -> None:
    taken = read(workspace, fill(form, both_items))
    apply(workspace, ASSESSMENT, taken, taken.differences)
    returned = read(workspace, fill(form, lambda sheet: sheet.delete_rows(FIRST_ROW)))
    assert returned.missing == (VCS,)
    assert {one.item_code for one in returned.differences} == {BM}


def test_an_emptied_rating_is_a_difference_that_takes_it_away(workspace: Workspace, form: Path) -> None:
    taken = read(workspace, fill(form, both_items))
    apply(workspace, ASSESSMENT, taken, taken.differences)
    emptied = read(workspace, form)
    assert [(one.item_code, one.old, one.new) for one in emptied.differences if one.field is SelfField.RATING] == [
        (VCS, "3-", ""),
        (BM, "2", ""),
    ]
    only_rating = [one for one in emptied.differences if one.field is SelfField.RATING]
    with pytest.raises(RuleBroken) as refused:
        apply(workspace, ASSESSMENT, emptied, only_rating)
    assert refused.value.code == "SAS-009"
    assert set(own(workspace)) == {VCS, BM}
    apply(workspace, ASSESSMENT, emptied, emptied.differences)
    assert own(workspace) == {}


def test_nothing_is_taken_when_one_cell_changed_meanwhile(workspace: Workspace, form: Path) -> None:
    returned = read(workspace, fill(form, both_items))
    assessments.save_self_rating(workspace, ASSESSMENT, SelfRating(item_code=BM, rating=Rating(1)))
    with pytest.raises(Conflict) as refused:
        apply(workspace, ASSESSMENT, returned, returned.differences)
    assert (refused.value.code, set(own(workspace))) == ("SAS-008", {BM})


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda book: book.remove(book["md"]), "SAS-001"),
        (lambda book: book["md"].cell(2, 2, "another"), "SAS-002"),
        (lambda book: book["md"].cell(3, 2, "0" * 64), "SAS-003"),
        (lambda book: book.worksheets[0].delete_rows(6), "SAS-001"),
        (lambda book: book.worksheets[0].cell(9, 8, '=HYPERLINK("http://x","2")'), "SAS-004"),
        (lambda book: book.worksheets[0].cell(9, 8, "='[other.xlsx]Sheet1'!$A$1"), "SAS-004"),
        (lambda book: book.worksheets[0].cell(90_000, 7, "x") and book.worksheets[0].cell(1, 190, "x"), "SAS-001"),
    ],
    ids=["no marks", "other assessment", "other edition", "no keys", "formula", "external link", "vast sheet"],
)
def test_a_foreign_or_acting_workbook_is_refused(
    workspace: Workspace, form: Path, edit: Callable[[Workbook], object], code: str
) -> None:
    book = load_workbook(form)
    edit(book)
    book.save(form)
    with pytest.raises(InputRejected) as refused:
        read(workspace, form)
    assert refused.value.code == code


def repacked(form: Path, change: Callable[[str, bytes], bytes], **more: bytes) -> Path:
    target = form.with_name("repacked.xlsx")
    with zipfile.ZipFile(form) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            made.writestr(name, change(name, source.read(name)))
        for name, content in more.items():
            made.writestr(name, content)
    return target


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("xl/vbaProject.bin", b"x", "SAS-005"),
        ("xl/externalLinks/externalLink1.xml", b"<x/>", "SAS-005"),
        ("xl/embeddings/oleObject1.bin", b"x", "SAS-005"),
        ("xl/bomb.xml", b" " * 45_000_000, "AUT-004"),
        ("xl/entity.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "AUT-004"),
    ],
)
def test_hostile_parts_refuse_the_file(workspace: Workspace, form: Path, name: str, content: bytes, code: str) -> None:
    with pytest.raises(InputRejected) as refused:
        read(workspace, repacked(form, lambda _name, part: part, **{name: content}))
    assert refused.value.code == code


def test_a_merged_area_over_the_whole_sheet_is_refused_at_once(workspace: Workspace, form: Path) -> None:
    def change(name: str, part: bytes) -> bytes:
        return part.replace(b'ref="B1:G1"', b'ref="A1:XFD1048576"') if name == "xl/worksheets/sheet1.xml" else part

    with pytest.raises(InputRejected) as refused:
        read(workspace, repacked(form, change))
    assert refused.value.code == "AUT-004"


def test_damaged_files_are_refused_or_read_but_never_crash_or_change_anything(workspace: Workspace, form: Path) -> None:
    filled, dice = fill(form, both_items), random.Random(20261123)
    whole = filled.read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    refused = 0
    for turn in range(300):
        target = filled.with_name("fuzzed.xlsx")
        target.write_bytes(_cut(whole, dice) if turn % 3 == 0 else _with_a_bad_part(parts, dice))
        try:
            read(workspace, target)
        except InputRejected:
            refused += 1
    assert refused > 50
    assert own(workspace) == {}


def _cut(whole: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(whole))
    return whole[:place] + dice.randbytes(dice.randrange(8)) + whole[place + dice.randrange(40) :]


def _with_a_bad_part(parts: dict[str, bytes], dice: random.Random) -> bytes:
    victim = dice.choice(sorted(parts))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            place = dice.randrange(len(part))
            junk = dice.choice([b"", b"<", b'"', b"&#0;", b"-1", b"\xff", b"1e400", "＝".encode(), part[:50]])
            end = place + dice.randrange(30)
            target.writestr(name, part[:place] + junk + part[end:] if name == victim else part)
    return made.getvalue()


def test_the_list_offers_exactly_the_ratings_that_are_understood(workspace: Workspace, form: Path) -> None:
    edition = assessments.load_sheet(workspace, ASSESSMENT).edition
    labels = offered_labels(edition)
    assert labels == ("–", "1-", "1", "2-", "2", "3-", "3")
    assert [parse_label(label, edition) for label in labels] == sorted(
        parse_label(label, edition)
        for label in labels
        if parse_label(label, edition)  # type: ignore[type-var]
    )
    sheet = load_workbook(form).worksheets[0]
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == '"–,1-,1,2-,2,3-,3"'


def test_only_ids_are_protected_and_hidden(form: Path) -> None:
    sheet = load_workbook(form).worksheets[0]
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden
    assert {cell.protection.locked for cell in sheet["A"][FIRST_ROW - 1 :]} == {True}
    table = [cell for row in sheet.iter_rows(min_row=FIRST_ROW, min_col=2) for cell in row]
    assert {cell.protection.locked for cell in table} == {False}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs the office program")
def test_saving_again_in_another_office_program_loses_nothing(workspace: Workspace, form: Path, tmp_path: Path) -> None:
    filled = fill(form, both_items)
    folder, profile = tmp_path / "saved", (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to"]
    subprocess.run([*command, "xlsx:Calc MS Excel 2007 XML", "--outdir", folder, filled], check=True, timeout=180)
    before, after = read(workspace, filled), read(workspace, folder / filled.name)
    assert after.differences == before.differences
    assert (after.faults, after.unknown_rows, after.missing) == ((), (), ())
    spread = load_workbook(folder / filled.name, data_only=True).worksheets[1]
    counted = {str(row[0]): row[1] for row in spread.iter_rows(min_row=2, values_only=True)}
    assert (counted["3-"], counted["2"], counted["合计"]) == (1, 1, 2)
