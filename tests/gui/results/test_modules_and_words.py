"""Results of a platform rated in words: modules with their words, and no code where words are all there is to tell."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.gui.assessment.presenter import QuestionnaireScreen
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.screens import Place
from maturity_desktop.gui.results.presenter import ResultsScreen
from maturity_desktop.services import workspaces
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.system import paths
from maturity_desktop.system.clock import SystemClock
from tests.factories.series import make_series
from tests.gui.conftest import ManualExecutor


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("series")
    machine = Machine(clock=SystemClock(), standards=(paths.standards(),), cache=folder / "cache")
    made = make_series(machine, folder)
    yield made
    workspaces.close(made)


def results_of(desk: Desk, series: Workspace, name: str, executor: ManualExecutor, qtbot: QtBot) -> ResultsScreen:
    screen = ResultsScreen(desk)
    qtbot.addWidget(screen.page)
    screen.page.resize(1220, 664)
    with qtbot.waitExposed(screen.page):
        screen.page.show()
    screen.enter(Place(workspace=series, assessment_id=AssessmentId(name)))
    screen.activate()
    executor.settle()
    return screen


def test_each_module_has_a_row_with_its_word_and_reasons(
    desk: Desk, series: Workspace, executor: ManualExecutor, qtbot: QtBot
) -> None:
    screen = results_of(desk, series, "tools", executor, qtbot)
    rows = screen.page.levels.model.rows
    modules = {row.name: row.label for row in rows if row.is_module}
    assert modules == {"模块：流水线": "卓越级", "模块：制品管理": "优秀级", "模块：日志平台": "优秀级"}
    place = next(place for place, row in enumerate(rows) if row.name == "模块：制品管理")
    screen.page.levels.table.selectRow(place)
    assert "制品管理" in screen.page.levels.why.text()
    assert "5 级" not in screen.page.levels.why.text()
    assert "“卓越级”" in screen.page.levels.why.text()
    assert [row.criterion_id for row in screen.page.levels.blockers_model.rows] == ["CDL-ART-5.1"]
    assert screen.page.levels.table.isColumnHidden(2)


def test_a_scale_of_words_shows_no_codes(desk: Desk, series: Workspace, executor: ManualExecutor, qtbot: QtBot) -> None:
    screen = results_of(desk, series, "tools", executor, qtbot)
    page = screen.page
    assert page.badge.isHidden()
    assert (page.level_name.text(), page.target.text()) == ("优秀级", "目标 先进级")
    assert {row.label for row in page.levels.model.rows} == {"优秀级", "卓越级"}
    assert page.levels.model.rows[0].spread_words == "优秀级×2  卓越级×1"
    desk.speech.switch_to("en")
    screen.retranslate()
    assert page.level_name.text() == "Excellent"
    assert {row.label for row in page.levels.model.rows} == {"Excellent", "Outstanding"}
    assert "step 4" in page.why.text()
    assert "1 of 3 rated items reach Outstanding." in page.why.text()


def test_a_half_assessed_module_has_no_row(
    desk: Desk, series: Workspace, executor: ManualExecutor, qtbot: QtBot
) -> None:
    screen = results_of(desk, series, "security", executor, qtbot)
    assert [row.name for row in screen.page.levels.model.rows if row.is_module] == ["模块：控制交付过程风险"]
    assert not screen.page.badge.isHidden()


def test_a_standard_without_modules_has_no_module_rows(
    desk: Desk, series: Workspace, executor: ManualExecutor, qtbot: QtBot
) -> None:
    screen = results_of(desk, series, "samm", executor, qtbot)
    assert not any(row.is_module for row in screen.page.levels.model.rows)


def test_the_tree_of_the_questionnaire_tells_words(
    desk: Desk, series: Workspace, executor: ManualExecutor, qtbot: QtBot
) -> None:
    screen = QuestionnaireScreen(desk)
    qtbot.addWidget(screen.page)
    screen.page.resize(1220, 664)
    with qtbot.waitExposed(screen.page):
        screen.page.show()
    screen.enter(Place(workspace=series, assessment_id=AssessmentId("tools")))
    screen.activate()
    executor.settle()
    assert screen.page.header.words.text() == "卓越级"
    assert screen.page.header.badge.isHidden()
    assert screen.page.criterion.level.text() == "基础级"
    model = screen.page.tree.tree.model()
    whole = model.index(0, 0)
    assert "优秀级" in whole.data(int(Qt.ItemDataRole.AccessibleTextRole))
    screen.page.hide()
    executor.settle()
