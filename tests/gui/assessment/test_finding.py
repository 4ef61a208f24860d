"""Filters, codes and ratings set by hand, on the real screen."""

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from maturity_desktop.domain.ids import AssessmentId, NodeCode
from maturity_desktop.domain.results import Rating
from maturity_desktop.gui.assessment.presenter import QuestionnaireScreen
from maturity_desktop.gui.assessment.views.dialogs import CodeDialog, OverrideDialog
from maturity_desktop.gui.common.screens import Place
from maturity_desktop.services import assessments, engagements
from tests.gui.assessment.conftest import Press
from tests.gui.conftest import ManualExecutor
from tests.gui.real_assessment import RealAssessment


def shown_items(screen: QuestionnaireScreen) -> int:
    proxy = screen.page.tree.filter

    def count(parent: QModelIndex) -> int:
        rows = proxy.rowCount(parent)
        return sum([count(proxy.index(row, 0, parent)) for row in range(rows)]) if rows else 1

    return count(proxy.index(0, 0))


def test_a_filter_narrows_the_tree_and_follows_the_answers(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor, qtbot: QtBot
) -> None:
    made = screen.page.findChild(QPushButton, "filter_flagged")
    assert made is not None
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert screen.page.tree.filter.rowCount() == 0
    assert screen.page.tree.status.text()
    press(Qt.Key.Key_F)
    executor.settle()
    assert shown_items(screen) == 1
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert shown_items(screen) == 49


def test_g_goes_to_a_code_and_refuses_unknown_ones(screen: QuestionnaireScreen, press: Press, qtbot: QtBot) -> None:
    press(Qt.Key.Key_G)
    dialog = screen.page.findChild(CodeDialog)
    assert dialog is not None
    dialog.code.setText("nowhere")
    qtbot.keyClick(dialog.code, Qt.Key.Key_Return)
    assert dialog.field.hint.text()
    dialog.code.setText("em-em-et")
    qtbot.keyClick(dialog.code, Qt.Key.Key_Return)
    assert screen.walker.focus is not None
    assert screen.walker.focus.item_code == "EM-EM-ET"


def test_a_rating_set_by_hand_stands_beside_the_computed_one(
    screen: QuestionnaireScreen, executor: ManualExecutor, real: RealAssessment
) -> None:
    screen.asking.ask_override()
    dialog = screen.page.findChild(OverrideDialog)
    assert dialog is not None
    dialog.rating.setCurrentIndex(dialog.rating.findText("2"))
    assert not dialog.save.isEnabled()
    dialog.reason.setPlainText("drill repeated on site")
    assert dialog.save.isEnabled()
    dialog.accept()
    executor.settle()
    override = assessments.load_sheet(real.workspace, real.assessment.id).overrides[NodeCode("CM-VC-VCS")]
    assert (override.rating, override.reason) == (Rating(2), "drill repeated on site")
    assert screen.page.header.words.text().startswith("2 ")
    assert screen.page.header.computed.isVisible()


def test_an_answer_still_on_its_way_does_not_leak_into_another_assessment(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor, real: RealAssessment
) -> None:
    other = replace(real.assessment, id=AssessmentId("other"), version=1)
    engagements.save_assessment(real.workspace, other)
    press(Qt.Key.Key_Y)
    (job,) = executor.waiting
    executor.waiting.clear()
    screen.enter(Place(workspace=real.workspace, assessment_id=other.id))
    executor.settle()
    executor.waiting.append(job)
    executor.settle()
    assert screen.recorder.sheet is not None
    assert screen.recorder.sheet.assessment.id == other.id
    assert screen.recorder.sheet.answers == {}
    assert len(assessments.load_sheet(real.workspace, real.assessment.id).answers) == 1


def test_without_an_assessment_the_page_says_what_to_do(screen: QuestionnaireScreen, executor: ManualExecutor) -> None:
    screen.enter(None)
    executor.settle()
    assert screen.page.outer.currentWidget() is screen.page.empty
    assert screen.page.empty.heading.text()
