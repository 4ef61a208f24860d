"""The self-assessment screen on a real workspace: forms out, the filled one back cell by cell, folders matched."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import HalfStep
from maturity_desktop.domain.text import LANGUAGES
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.self_assessment.presenter import SelfAssessmentScreen
from maturity_desktop.services import assessments, self_assessment
from tests.gui.conftest import ManualExecutor, ScriptedDialogs
from tests.gui.real_assessment import RealAssessment

FIRST, SECOND = NodeCode("CM-VC-VCS"), NodeCode("CM-VC-BM")


@pytest.fixture
def screen(desk: Desk, real: RealAssessment, executor: ManualExecutor, qtbot: QtBot) -> Iterator[SelfAssessmentScreen]:
    made = SelfAssessmentScreen(desk)
    qtbot.addWidget(made.page)
    made.page.resize(1220, 664)
    with qtbot.waitExposed(made.page):
        made.page.show()
    made.enter(real.place)
    made.activate()
    executor.settle()
    yield made
    executor.settle()


@pytest.fixture
def filled(real: RealAssessment, tmp_path: Path) -> Path:
    """Two ratings, one remark, one bad rating."""
    path = tmp_path / "filled.xlsx"
    self_assessment.write_workbook(real.workspace, real.assessment.id, path, languages=("zh",))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    row = next(cell.row for cell in sheet["A"] if cell.value == FIRST)
    rating = next(cell.column for cell in sheet[row - 2] if cell.value == "md:rating")
    sheet.cell(row, rating, "3-")
    sheet.cell(row, rating + 2, "六月完成")
    sheet.cell(row + 1, rating, "2")
    sheet.cell(row + 2, rating, "很好")
    book.save(path)
    return path


def come_back(
    screen: SelfAssessmentScreen, dialogs: ScriptedDialogs, executor: ManualExecutor, qtbot: QtBot, path: Path
) -> None:
    dialogs.paths.append(path)
    qtbot.mouseClick(screen.page.read, Qt.MouseButton.LeftButton)
    executor.settle()


def test_both_forms_are_written_and_told(
    screen: SelfAssessmentScreen, dialogs: ScriptedDialogs, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    screen.page.language.setCurrentIndex(2)
    dialogs.paths.extend((tmp_path / "self", tmp_path / "wanted.xlsx"))
    qtbot.mouseClick(screen.page.write_workbook, Qt.MouseButton.LeftButton)
    executor.settle()
    assert "49" in screen.page.message.text.text()
    qtbot.mouseClick(screen.page.write_wanted, Qt.MouseButton.LeftButton)
    executor.settle()
    titles = [load_workbook(tmp_path / name).worksheets[0].title for name in ("self.xlsx", "wanted.xlsx")]
    assert titles == ["自评表 Self-rating", "材料及演示准备清单 Evidence wanted"]
    assert screen.page.write_wanted.isEnabled()


def test_only_accepted_cells_are_taken_in_and_the_others_stay_on_the_list(
    screen: SelfAssessmentScreen,
    dialogs: ScriptedDialogs,
    executor: ManualExecutor,
    qtbot: QtBot,
    filled: Path,
    real: RealAssessment,
) -> None:
    come_back(screen, dialogs, executor, qtbot, filled)
    page = screen.page
    assert [(row.item_code, row.old, row.new) for row in page.differences.model.rows] == [
        (FIRST, "（空）", "3-"),
        (FIRST, "（空）", "六月完成"),
        (SECOND, "（空）", "2"),
    ]
    assert [row.place for row in page.notes.rows] == ["自评表!K10"]
    page.differences.table.selectRow(2)
    qtbot.keyClick(page.differences.table, Qt.Key.Key_Space)
    qtbot.mouseClick(page.differences.apply, Qt.MouseButton.LeftButton)
    executor.settle()
    kept = assessments.load_sheet(real.workspace, real.assessment.id).self_ratings
    assert {code: one.rating for code, one in kept.items()} == {FIRST: Rating(3, HalfStep.MINUS)}
    assert [row.item_code for row in page.differences.model.rows] == [SECOND]
    assert not page.differences.apply.isEnabled()


def test_none_and_all_switch_every_cell(
    screen: SelfAssessmentScreen, dialogs: ScriptedDialogs, executor: ManualExecutor, qtbot: QtBot, filled: Path
) -> None:
    come_back(screen, dialogs, executor, qtbot, filled)
    part = screen.page.differences
    qtbot.mouseClick(part.accept_none, Qt.MouseButton.LeftButton)
    assert not any(row.is_accepted for row in part.model.rows)
    assert not part.apply.isEnabled()
    qtbot.mouseClick(part.accept_all, Qt.MouseButton.LeftButton)
    assert all(row.is_accepted for row in part.model.rows)
    assert "3" in part.apply.text()


def test_words_without_their_rating_are_refused_and_nothing_is_taken(
    screen: SelfAssessmentScreen,
    dialogs: ScriptedDialogs,
    executor: ManualExecutor,
    qtbot: QtBot,
    filled: Path,
    real: RealAssessment,
) -> None:
    come_back(screen, dialogs, executor, qtbot, filled)
    part = screen.page.differences
    part.table.clicked.emit(part.rows.index(0, 0))
    qtbot.mouseClick(part.apply, Qt.MouseButton.LeftButton)
    executor.settle()
    assert FIRST in screen.page.message.text.text()
    assert not assessments.load_sheet(real.workspace, real.assessment.id).self_ratings
    assert part.apply.isEnabled()


def test_a_foreign_file_is_refused_in_one_sentence(
    screen: SelfAssessmentScreen, dialogs: ScriptedDialogs, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    foreign = tmp_path / "foreign.xlsx"
    foreign.write_bytes(b"no workbook")
    come_back(screen, dialogs, executor, qtbot, foreign)
    assert "foreign.xlsx" in screen.page.message.text.text()
    assert screen.page.read.isEnabled()


def test_a_returned_folder_is_checked_against_the_list(
    screen: SelfAssessmentScreen, dialogs: ScriptedDialogs, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "returned"
    folder.mkdir()
    for name in ("CM-VC-VCS-L3-1-x.pdf", "CM_VC_BM-L3-1-分支.pdf"):
        (folder / name).write_bytes(b"x")
    dialogs.paths.append(folder)
    qtbot.mouseClick(screen.page.folder, Qt.MouseButton.LeftButton)
    executor.settle()
    rows = {row.place: row.text for row in screen.page.notes.rows}
    assert "CM-VC-BM-L3-1" in rows["CM_VC_BM-L3-1-分支.pdf"]
    assert "CM-VC-VCS-L3-1" not in rows
    assert screen.page.tabs.currentWidget() is screen.page.note_table


def test_both_tables_keep_the_model_contract_in_both_languages(
    screen: SelfAssessmentScreen,
    dialogs: ScriptedDialogs,
    executor: ManualExecutor,
    qtbot: QtBot,
    filled: Path,
    qtmodeltester: ModelTester,
) -> None:
    come_back(screen, dialogs, executor, qtbot, filled)
    for language in LANGUAGES:
        screen.desk.speech.switch_to(language)
        screen.retranslate()
        executor.settle()
        for model in (screen.page.differences.model, screen.page.differences.rows, screen.page.notes):
            assert model.rowCount() > 0
            qtmodeltester.check(model)
