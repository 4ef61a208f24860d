"""Report, workbook and self-assessment of a model with answers of its own: the owner's words and numbers are told."""

import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.text import Language
from maturity_desktop.services import assessments, exporting, self_assessment, workspaces
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.self_assessment_return import apply, read_workbook
from tests.factories.owner_answers import STREAMS, criterion, give, make_owner_workspace
from tests.factories.sealed_workspace import ASSESSMENT
from tests.golden.checkers import tool


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("owner")
    workspace = make_owner_workspace(folder, has_long_answers=True)
    give(workspace, STREAMS)
    yield workspace
    workspaces.close(workspace)
    shutil.rmtree(folder, ignore_errors=True)


def report(workspace: Workspace, language: Language, folder: Path) -> str:
    wish = exporting.ExportRequest(assessment_id=ASSESSMENT, target=folder / f"{language}.pdf", languages=(language,))
    exporting.export_report(workspace, wish)
    done = subprocess.run(
        [tool("pdftotext"), "-layout", str(wish.target), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_report_tells_scores_on_every_layer_and_the_answers_chosen(answered: Workspace, tmp_path: Path) -> None:
    told = "".join(report(answered, "zh", tmp_path).split())
    for words in ("得分1.75/3", "得分2.00/3", "得分1.50/3", "得分1.25/3", "得分2.50/3"):
        assert words in told
    assert "部分应用系统已开展（得0.25）" in told
    assert "未开展（得0）" in told
    assert "每个选项得0到1分" in told


def test_the_english_report_tells_the_same(answered: Workspace, tmp_path: Path) -> None:
    told = " ".join(report(answered, "en", tmp_path).split())
    assert "By the owner's way of scoring the score is 1.75 of 3." in told
    assert "score 2.50 of 3" in told
    assert "answers count by what they earn" in told


def test_the_workbook_has_the_answers_chosen_and_what_they_earn(answered: Workspace, tmp_path: Path) -> None:
    wish = exporting.ExportRequest(assessment_id=ASSESSMENT, target=tmp_path / "book.xlsx", languages=("zh", "en"))
    exporting.export_workbook(answered, wish)
    book = openpyxl.load_workbook(wish.target)
    overview, scores, points = book.worksheets[:3]
    assert "1.75 / 3 / 1.75 of 3" in values(overview)
    assert any(value.endswith("1.25 / 3") for value in values(scores))
    assert any(
        "[部分应用系统已开展（得 0.25） / Yes, for some of the applications (0.25)]" in one for one in values(scores)
    )
    rows = [[cell.value for cell in row] for row in points.iter_rows()]
    head = next(row for row in rows if "所选答案\nAnswer chosen" in row)
    choice, credit = head.index("所选答案\nAnswer chosen"), head.index("得分\nEarned")
    found = {row[0]: (row[choice], row[credit]) for row in rows if row[0] is not None}
    assert list(found[criterion("D-TM-B", 2)]) == [
        "至少一半的应用系统已开展\nYes, for at least half of the applications",
        0.5,
    ]
    assert found[criterion("D-TM-A", 3)] == ("未开展\nNo", 0)


def values(sheet: Worksheet) -> list[str]:
    return [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None]


def test_a_self_assessment_goes_out_and_comes_back_beside_the_choices(answered: Workspace, tmp_path: Path) -> None:
    form = self_assessment.write_workbook(answered, ASSESSMENT, tmp_path / "form.xlsx", languages=("zh", "en"))
    book = openpyxl.load_workbook(form.value.path)
    sheet = book.worksheets[0]
    heads = (line for line in sheet.iter_rows(max_row=10, values_only=True) if "md:rating" in line)
    column = next(heads).index("md:rating") + 1
    lines = enumerate(sheet.iter_rows(values_only=True), 1)
    row = next(place for place, line in lines if "D-TM-A" in line and not sheet.row_dimensions[place].hidden)
    sheet.cell(row, column).value = "2"
    book.save(tmp_path / "filled.xlsx")
    returned = read_workbook(answered, ASSESSMENT, tmp_path / "filled.xlsx")
    assert returned.faults == ()
    assert apply(answered, ASSESSMENT, returned, returned.differences).value == 1
    after = assessments.load_sheet(answered, ASSESSMENT)
    assert after.self_ratings[NodeCode("D-TM-A")].rating == Rating(2)
    assert after.results.overall.average == Decimal("1.75")
