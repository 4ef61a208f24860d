"""The workbook, re-opened: complete, without formulas, printable, reproducible."""

import dataclasses
import io
import zipfile
from datetime import datetime
from functools import cache

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from maturity_desktop.domain.text import Language, Text
from maturity_desktop.errors import VerificationFailed
from maturity_desktop.reporting import RenderedWorkbook, RenderOptions, count_workbook, render_workbook
from tests.factories.snapshot import make_sample, make_snapshot, part_3

FINAL = RenderOptions(is_final=True)
SHEETS = ["概览", "评分表", "要求点", "证据登记", "问题项", "声明的成效", "访谈", "日志摘要"]


@cache
def made(*languages: Language) -> RenderedWorkbook:
    return render_workbook(make_snapshot(part_3()), languages, FINAL)


def opened(*languages: Language) -> Workbook:
    return load_workbook(io.BytesIO(made(*languages).content))


@pytest.mark.parametrize("languages", [("zh",), ("en",), ("zh", "en"), ("en", "zh")])
def test_the_written_file_holds_every_entry_of_the_snapshot(languages: tuple[Language, ...]) -> None:
    book = made(*languages)
    assert count_workbook(book.content) == book.counts
    assert book.counts["criteria"] == 335
    assert book.counts["items"] == 49


def test_same_snapshot_same_bytes() -> None:
    assert render_workbook(make_snapshot(part_3()), ("zh",), FINAL).content == made("zh").content


def test_nothing_but_values_is_inside() -> None:
    with zipfile.ZipFile(io.BytesIO(made("zh", "en").content)) as package:
        names = package.namelist()
        sheets = [package.read(name) for name in names if name.startswith("xl/worksheets/sheet")]
        relations = b"".join(package.read(name) for name in names if name.endswith(".rels"))
    assert not [sheet for sheet in sheets if b"<f>" in sheet or b"<f " in sheet]
    assert b"External" not in relations
    assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]


def test_every_sheet_prints_on_a4_landscape_with_repeated_heads() -> None:
    book = opened("zh")
    assert book.sheetnames == SHEETS
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        pages_high = 1 if sheet is book.worksheets[0] else 0  # the overview is one page
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, pages_high)
        assert sheet.print_title_rows
        assert "&P" in str(sheet.oddFooter)
        assert "&N" in str(sheet.oddFooter)


def test_criteria_have_their_ids_filter_and_real_dates() -> None:
    sheet = opened("zh")["要求点"]
    head = int(sheet.auto_filter.ref.split(":")[0].lstrip("A"))
    titles = [cell.value for cell in sheet[head]]
    ids = [sheet.cell(row, 1).value for row in range(head + 1, sheet.max_row + 1)]
    assert ids == list(part_3().criterion_by_id)
    assert sheet.freeze_panes == f"B{head + 1}"
    assert isinstance(sheet.cell(head + 1, titles.index("时间（UTC）") + 1).value, datetime)
    assert titles[:4] == ["编号", "路径", "评级单位", "级别"]


def test_the_score_sheet_follows_the_public_form() -> None:
    sheet = opened("zh")["评分表"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=8)]
    head = next(row for row in rows if row[0] == "能力域")
    assert head[:4] == ["能力域", "能力子域", "能力项", "能力子项"]
    assert head[5:10] == ["1 级\n初始级", "2 级\n基础级", "3 级\n全面级", "4 级\n优秀级", "5 级\n卓越级"]
    assert head[10:] == ["自评", "评定", "和 3 级要求的差距", "问题记录与改进思路"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    top = rows.index(head) + 2
    assert f"A{top}:A{top + 48}" in merged
    assert sheet.cell(top, 2).value == "配置管理"


def test_two_languages_stand_side_by_side() -> None:
    book = opened("zh", "en")
    assert book.sheetnames[2] == "要求点 Points"
    sheet = book.worksheets[2]
    titles = [cell.value for cell in sheet[int(str(sheet.freeze_panes).lstrip("B")) - 1]]
    assert {"要求点（中文）\nPoint (Chinese)", "要求点（英文）\nPoint (English)"} <= set(titles)


def test_typed_formulas_and_control_characters_stay_harmless() -> None:
    snapshot = make_snapshot(part_3())
    first, second, *_ = snapshot.answers
    changed = dict(snapshot.answers)
    changed[first] = dataclasses.replace(changed[first], rationale="=HYPERLINK(A1)")
    changed[second] = dataclasses.replace(changed[second], rationale="停\x0b顿")
    content = render_workbook(dataclasses.replace(snapshot, answers=changed), ("zh",), FINAL).content
    values = [cell for row in load_workbook(io.BytesIO(content))["要求点"].iter_rows() for cell in row]
    typed = next(cell for cell in values if cell.value == "=HYPERLINK(A1)")
    assert (typed.data_type, typed.quotePrefix) == ("s", True)
    assert any(cell.value == "停\ufffd顿" for cell in values)


def test_drafts_and_samples_are_marked_on_every_sheet() -> None:
    book = load_workbook(io.BytesIO(render_workbook(make_sample(), ("zh",), RenderOptions()).content))
    for sheet in book.worksheets:
        texts = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=4, max_col=1) for cell in row)
        assert "示例" in texts
        assert "草稿" in texts
        assert "示例" in str(sheet.oddHeader)
    assert "草稿" not in str([cell.value for cell in opened("zh").worksheets[0]["A"]])


def test_very_long_names_with_odd_characters_keep_page_heads_within_the_limit() -> None:
    snapshot = make_snapshot(part_3())
    institution = dataclasses.replace(snapshot.institution, name=Text("某某&某某\x0b银行" * 40, ""))
    content = render_workbook(dataclasses.replace(snapshot, institution=institution), ("zh", "en")).content
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        assert len(str(sheet.oddHeader)) < 255
        assert len(str(sheet.oddFooter)) < 255


def test_the_overview_has_a_radar_chart() -> None:
    with zipfile.ZipFile(io.BytesIO(made("zh").content)) as package:
        assert b"radarChart" in package.read("xl/charts/chart1.xml")


def test_a_workbook_whose_rows_were_lost_counts_less() -> None:
    book = opened("zh")
    book["要求点"].delete_rows(20, 5)
    target = io.BytesIO()
    book.save(target)
    assert count_workbook(target.getvalue())["criteria"] == 330


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04broken"], ids=["empty", "pdf", "broken"])
def test_something_else_than_a_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(VerificationFailed) as caught:
        count_workbook(content)
    assert caught.value.code == "RPT-002"


def test_a_foreign_workbook_is_refused() -> None:
    target = io.BytesIO()
    Workbook().save(target)
    with pytest.raises(VerificationFailed):
        count_workbook(target.getvalue())
