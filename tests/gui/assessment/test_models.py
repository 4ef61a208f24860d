"""Every model of the questionnaire keeps Qt's contract, and changes are told row by row."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.gui.assessment.evidence_presenter import EvidenceScreen
from maturity_desktop.gui.assessment.presenter import QuestionnaireScreen
from maturity_desktop.gui.assessment.state.walking import Focus
from maturity_desktop.gui.assessment.views import tree_panel
from maturity_desktop.gui.common.checklist import ChecklistModel, Choice
from maturity_desktop.gui.common.desk import Desk
from tests.gui.assessment.conftest import Press
from tests.gui.conftest import ManualExecutor
from tests.gui.real_assessment import RealAssessment


def test_the_tree_keeps_the_contract(screen: QuestionnaireScreen, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(screen.page.tree.model)


def test_the_filtered_tree_keeps_the_contract(screen: QuestionnaireScreen, qtmodeltester: ModelTester) -> None:
    screen.page.tree.filter.allow(frozenset({NodeCode("CM-VC-BM"), NodeCode("EM-EM-ET")}))
    assert screen.page.tree.filter.rowCount() == 1
    qtmodeltester.check(screen.page.tree.filter)


def test_the_level_cells_keep_the_contract(screen: QuestionnaireScreen, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(screen.page.grid.model)


def test_search_results_keep_the_contract(
    screen: QuestionnaireScreen, executor: ManualExecutor, qtmodeltester: ModelTester
) -> None:
    screen.page.tree.search_changed.emit("流水线")
    executor.settle()
    assert screen.page.tree.hits_model.rowCount() > 1
    qtmodeltester.check(screen.page.tree.hits_model)


def test_chips_and_requests_keep_the_contract(screen: QuestionnaireScreen, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(screen.page.side.evidence.requests_model)
    qtmodeltester.check(screen.page.side.evidence.chips_model)


def test_the_checklist_keeps_the_contract(qtmodeltester: ModelTester) -> None:
    model = ChecklistModel([Choice(key=number, text=f"row {number}") for number in range(5)])
    qtmodeltester.check(model)
    model.setData(model.index(2), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert model.ticked() == (2,)


@pytest.mark.parametrize("which", ["evidence", "wanted"])
def test_the_evidence_tables_keep_the_contract(
    desk: Desk, real: RealAssessment, executor: ManualExecutor, qtbot: QtBot, qtmodeltester: ModelTester, which: str
) -> None:
    screen = EvidenceScreen(desk)
    qtbot.addWidget(screen.page)
    screen.enter(real.place)
    screen.activate()
    executor.settle()
    assert len(screen.page.wanted.rows) > 50
    qtmodeltester.check(getattr(screen.page, which))
    qtmodeltester.check(getattr(screen.page, f"{which}_rows"))


def test_an_answer_repaints_its_row_and_its_branch_only(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor, qtbot: QtBot
) -> None:
    resets: list[object] = []
    changed: list[str] = []
    model = screen.page.tree.model
    model.modelReset.connect(lambda: resets.append(1))
    model.dataChanged.connect(lambda first, _last: changed.append(str(first.data())))
    press(Qt.Key.Key_Y)
    executor.settle()
    assert not resets
    assert set(changed) == {"持续交付", "配置管理", "版本控制", "版本控制系统"}


def test_a_vast_tree_unfolds_where_the_questionnaire_goes(
    desk: Desk, real: RealAssessment, executor: ManualExecutor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree_panel, "_MOST_UNFOLDED", 20)
    screen = QuestionnaireScreen(desk)
    qtbot.addWidget(screen.page)
    screen.enter(real.place)
    screen.activate()
    executor.settle()
    panel = screen.page.tree

    def is_unfolded(code: str) -> bool:
        index = panel.filter.mapFromSource(panel.model.index_of(NodeCode(code)))
        return panel.tree.isExpanded(index.parent())

    assert is_unfolded("CM-VC-VCS")
    assert not is_unfolded("MF-MI-MID")
    item = real.edition.item_by_code[NodeCode("MF-MI-MID")]
    screen.walker.go(Focus(item.code, item.cells[1].criteria[0].id))
    assert is_unfolded("MF-MI-MID")
    assert panel.tree.currentIndex() == panel.filter.mapFromSource(panel.model.index_of(item.code))
