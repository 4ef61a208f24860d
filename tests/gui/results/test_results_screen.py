"""The results screen on a real workspace: reasons, gap, what-if that stores nothing, models and charts."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.results import CoverageFinding
from maturity_desktop.domain.text import LANGUAGES
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.screens import Destination
from maturity_desktop.gui.results.presenter import ResultsScreen
from maturity_desktop.services import assessments
from maturity_desktop.services.assessments import AnswerRequest
from tests.gui.conftest import ManualExecutor
from tests.gui.real_assessment import RealAssessment

WEAK = {
    CriterionId("CM-VC-BM-3.1"): AnswerValue.PARTIALLY_COMPLIANT,
    CriterionId("TM-AT-AE-3.1"): AnswerValue.NOT_COMPLIANT,
}


@pytest.fixture
def answered(real: RealAssessment) -> RealAssessment:
    """Everything up to the target compliant, but for two criteria."""
    levels = real.edition.level_of_criterion
    requests = tuple(
        AnswerRequest(criterion_id=key, value=WEAK.get(key, AnswerValue.COMPLIANT))
        for key, level in levels.items()
        if level in ("2", "3")
    )
    assessments.record_answers(real.workspace, real.assessment.id, requests)
    return real


@pytest.fixture
def screen(desk: Desk, answered: RealAssessment, executor: ManualExecutor, qtbot: QtBot) -> Iterator[ResultsScreen]:
    made = ResultsScreen(desk)
    qtbot.addWidget(made.page)
    made.page.resize(1220, 664)
    with qtbot.waitExposed(made.page):
        made.page.show()
    made.enter(answered.place)
    made.activate()
    executor.settle()
    yield made
    executor.settle()


def test_the_overall_level_stands_with_its_rule_and_parameters(screen: ResultsScreen) -> None:
    assert screen.page.badge.accessibleName().startswith("3-")
    assert "最低项规则" in screen.page.rule.text()
    assert "参数" in screen.page.rule.text()
    assert screen.page.why.text()


def test_the_gap_names_exactly_the_weak_criteria(screen: ResultsScreen) -> None:
    assert {row.criterion_id for row in screen.page.gap.model.rows} == set(WEAK)


def test_a_what_if_reaches_the_target_and_stores_nothing(
    screen: ResultsScreen, executor: ManualExecutor, answered: RealAssessment
) -> None:
    before = assessments.load_sheet(answered.workspace, answered.assessment.id).answers
    screen.page.gap.all_wanted.emit()
    executor.settle()
    assert screen.page.badge.accessibleName().startswith("3 ")
    assert screen.page.banner.isVisible()
    assert screen.page.before.text().endswith("3-")
    assert assessments.load_sheet(answered.workspace, answered.assessment.id).answers == before
    screen.page.reset_wanted.emit()
    executor.settle()
    assert screen.page.badge.accessibleName().startswith("3-")
    assert not screen.page.banner.isVisible()


def test_space_takes_one_criterion_as_closed(screen: ResultsScreen, executor: ManualExecutor, qtbot: QtBot) -> None:
    screen.page.tabs.setCurrentWidget(screen.page.gap)
    screen.page.gap.table.selectRow(0)
    qtbot.keyClick(screen.page.gap.table, Qt.Key.Key_Space)
    executor.settle()
    assert [row.is_closed for row in screen.page.gap.model.rows] == [True, False]


def test_a_place_tells_why_and_what_blocks_its_next_level(screen: ResultsScreen) -> None:
    row = screen.page.levels.model.row_of("CM-VC-BM")
    screen.page.levels.table.selectRow(row)
    assert "CM-VC-BM" in screen.page.levels.why.text()
    assert [blocker.criterion_id for blocker in screen.page.levels.blockers_model.rows] == ["CM-VC-BM-3.1"]


def test_enter_on_a_gap_leads_to_the_criterion(screen: ResultsScreen, qtbot: QtBot) -> None:
    screen.page.gap.table.selectRow(0)
    with qtbot.waitSignal(screen.goal_wanted) as caught:
        screen.page.gap.table.activated.emit(screen.page.gap.table.currentIndex())
    goal = caught.args[0]
    assert (goal.destination, goal.criterion_id) == (Destination.QUESTIONNAIRE, "CM-VC-BM-3.1")


def test_coverage_is_grouped_and_filtered(screen: ResultsScreen, qtbot: QtBot) -> None:
    group = screen.page.coverage
    made = group._buttons[CoverageFinding.NEGATIVE_WITHOUT_RATIONALE]
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert group.rows.rowCount() == len(WEAK)


@pytest.mark.parametrize("name", ["levels", "gap", "axes", "heat", "coverage", "blockers"])
def test_every_model_keeps_the_contract(screen: ResultsScreen, qtmodeltester: ModelTester, name: str) -> None:
    page = screen.page
    models = {
        "levels": page.levels.model,
        "gap": page.gap.model,
        "axes": page.axes,
        "heat": page.heat.model,
        "coverage": page.coverage.rows,
        "blockers": page.levels.blockers_model,
    }
    assert models[name].rowCount() > 0
    qtmodeltester.check(models[name])


def test_the_radar_says_its_figures_and_stands_beside_a_table(screen: ResultsScreen) -> None:
    assert len(screen.page.axes.rows) == 7
    assert "配置管理" in screen.page.radar.accessibleDescription()


def test_all_tabs_draw_in_both_languages_and_looks(screen: ResultsScreen, executor: ManualExecutor) -> None:
    for language in LANGUAGES:
        screen.desk.speech.switch_to(language)
        screen.retranslate()
        executor.settle()
        for look in ("light", "dark"):
            screen.desk.theme.set_choice(look)
            for tab in range(screen.page.tabs.count()):
                screen.page.tabs.setCurrentIndex(tab)
                assert not screen.page.grab().isNull()
    assert screen.page.level_name.text() == "Comprehensive"
