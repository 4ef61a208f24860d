"""The questionnaire answered by keys, on a real encrypted workspace."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from maturity_desktop.domain.answers import MAX_RATIONALE_CHARACTERS, Answer, AnswerValue
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.text import LANGUAGES
from maturity_desktop.gui.assessment.presenter import QuestionnaireScreen
from maturity_desktop.gui.assessment.state.sheet import SaveState
from maturity_desktop.gui.common.screens import Destination, Goal
from maturity_desktop.services import assessments
from maturity_desktop.settings import options
from tests.gui.assessment.conftest import Press
from tests.gui.conftest import ManualExecutor
from tests.gui.real_assessment import RealAssessment

FIRST = CriterionId("CM-VC-VCS-2.1")
SECOND = CriterionId("CM-VC-VCS-2.2")


def focused(screen: QuestionnaireScreen) -> CriterionId:
    focus = screen.walker.focus
    assert focus is not None
    return focus.criterion_id


def stored(real: RealAssessment) -> dict[CriterionId, Answer]:
    return dict(assessments.load_sheet(real.workspace, real.assessment.id).answers)


def test_work_starts_at_the_first_criterion_above_the_base_level(screen: QuestionnaireScreen) -> None:
    assert focused(screen) == FIRST
    assert screen.page.grid.hasFocus()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (Qt.Key.Key_Y, AnswerValue.COMPLIANT),
        (Qt.Key.Key_1, AnswerValue.COMPLIANT),
        (Qt.Key.Key_P, AnswerValue.PARTIALLY_COMPLIANT),
        (Qt.Key.Key_N, AnswerValue.NOT_COMPLIANT),
        (Qt.Key.Key_3, AnswerValue.NOT_COMPLIANT),
    ],
)
def test_a_single_key_answers_and_goes_on(
    screen: QuestionnaireScreen,
    press: Press,
    executor: ManualExecutor,
    real: RealAssessment,
    key: Qt.Key,
    value: AnswerValue,
) -> None:
    press(key)
    assert focused(screen) == SECOND
    executor.settle()
    assert stored(real)[FIRST].value is value


def test_an_answer_is_pending_until_the_service_returned(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor
) -> None:
    press(Qt.Key.Key_Y)
    sheet = screen.recorder.sheet
    assert sheet is not None
    assert sheet.save_state(FIRST) is SaveState.SAVING
    assert sheet.saved_value(FIRST) is AnswerValue.NOT_ASSESSED
    executor.settle()
    assert screen.recorder.sheet is not None
    assert screen.recorder.sheet.save_state(FIRST) is SaveState.SAVED


def test_without_automatic_advance_the_focus_stays(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor
) -> None:
    screen.desk.settings.set(options.AUTO_ADVANCE, False)
    press(Qt.Key.Key_Y)
    executor.settle()
    assert focused(screen) == FIRST
    press(Qt.Key.Key_Return)
    assert focused(screen) == SECOND


def test_not_applicable_asks_for_its_reason_first(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor, qtbot: QtBot, real: RealAssessment
) -> None:
    press(Qt.Key.Key_X)
    executor.settle()
    assert FIRST not in stored(real)
    assert screen.page.criterion.rationale.hasFocus()
    qtbot.keyClicks(screen.page.criterion.rationale, "no code of its own: nothing to version")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    executor.settle()
    answer = stored(real)[FIRST]
    assert (answer.value, answer.rationale) == (
        AnswerValue.NOT_APPLICABLE,
        "no code of its own: nothing to version",
    )
    assert screen.page.grid.hasFocus()
    assert focused(screen) == SECOND


def test_an_old_rationale_is_not_taken_for_the_reason_unseen(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor, qtbot: QtBot, real: RealAssessment
) -> None:
    screen.desk.settings.set(options.AUTO_ADVANCE, False)
    press(Qt.Key.Key_C)
    qtbot.keyClicks(screen.page.criterion.rationale, "seen on site")
    screen.page.take_keys()
    press(Qt.Key.Key_Y)
    press(Qt.Key.Key_X)
    screen.walker.go_to_criterion(SECOND)
    executor.settle()
    assert stored(real)[FIRST].value is AnswerValue.COMPLIANT
    screen.walker.go_to_criterion(FIRST)
    screen.page.take_keys()
    press(Qt.Key.Key_X)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    executor.settle()
    assert stored(real)[FIRST].value is AnswerValue.NOT_APPLICABLE


def test_giving_up_the_reason_answers_nothing(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor, real: RealAssessment
) -> None:
    press(Qt.Key.Key_X)
    press(Qt.Key.Key_Escape)
    executor.settle()
    assert stored(real) == {}
    assert screen.page.grid.hasFocus()


def test_letters_belong_to_the_editor_while_typing(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor, qtbot: QtBot, real: RealAssessment
) -> None:
    press(Qt.Key.Key_C)
    qtbot.keyClicks(screen.page.criterion.rationale, "yes, fully proven")
    screen.page.take_keys()
    executor.settle()
    answer = stored(real)[FIRST]
    assert (answer.value, answer.rationale) == (AnswerValue.NOT_ASSESSED, "yes, fully proven")


def test_a_typed_rationale_is_saved_when_the_criterion_is_left(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor, qtbot: QtBot, real: RealAssessment
) -> None:
    press(Qt.Key.Key_M)
    qtbot.keyClicks(screen.page.criterion.rationale, "seen in the audit log")
    screen.walker.go_to_criterion(CriterionId("CM-VC-BM-3.1"))
    executor.settle()
    assert stored(real)[FIRST].rationale == "seen in the audit log"


def test_the_flag_is_set_and_taken(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor, real: RealAssessment
) -> None:
    press(Qt.Key.Key_F)
    executor.settle()
    assert stored(real)[FIRST].flagged
    press(Qt.Key.Key_F)
    executor.settle()
    assert not stored(real)[FIRST].flagged


def test_shift_y_answers_the_cell_and_one_undo_takes_it_back(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor, real: RealAssessment
) -> None:
    press(Qt.Key.Key_Y, Qt.KeyboardModifier.ShiftModifier)
    executor.settle()
    assert {key for key, answer in stored(real).items() if answer.value is AnswerValue.COMPLIANT} == {FIRST, SECOND}
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    executor.settle()
    assert {answer.value for answer in stored(real).values()} == {AnswerValue.NOT_ASSESSED}
    assert focused(screen) in (FIRST, SECOND)
    press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    executor.settle()
    assert {answer.value for answer in stored(real).values()} == {AnswerValue.COMPLIANT}


def test_arrows_walk_inside_a_cell_and_between_levels(screen: QuestionnaireScreen, press: Press) -> None:
    press(Qt.Key.Key_Down)
    assert focused(screen) == SECOND
    press(Qt.Key.Key_Right)
    assert focused(screen) == "CM-VC-VCS-3.2"
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Up)
    assert focused(screen) == FIRST


def test_next_and_previous_item_skip_empty_cells(screen: QuestionnaireScreen, press: Press) -> None:
    press(Qt.Key.Key_J)
    assert focused(screen) == "CM-VC-BM-2.1"
    press(Qt.Key.Key_K)
    assert focused(screen) == FIRST


def test_u_goes_to_the_next_unanswered_up_to_the_target(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor
) -> None:
    press(Qt.Key.Key_Y)
    executor.settle()
    screen.walker.go_to_criterion(CriterionId("CM-VC-VCS-5.3"))
    press(Qt.Key.Key_U)
    assert focused(screen) == "CM-VC-BM-2.1"


def test_a_refused_save_sets_the_value_back_and_keeps_the_text(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor, real: RealAssessment
) -> None:
    too_long = "x" * (MAX_RATIONALE_CHARACTERS + 1)
    press(Qt.Key.Key_M)
    screen.page.criterion.rationale.setPlainText(too_long)
    screen.answering.answer(AnswerValue.COMPLIANT)
    executor.settle()
    sheet = screen.recorder.sheet
    assert sheet is not None
    assert stored(real) == {}
    assert sheet.value(FIRST) is AnswerValue.NOT_ASSESSED
    assert sheet.save_state(FIRST) is SaveState.FAILED
    assert sheet.rationale(FIRST) == too_long
    assert screen.page.message.isVisible()


def test_a_goal_leads_to_its_criterion(screen: QuestionnaireScreen, executor: ManualExecutor) -> None:
    screen.go_to(Goal(destination=Destination.QUESTIONNAIRE, criterion_id=CriterionId("MF-MDI-MFI-4.2")))
    executor.settle()
    assert focused(screen) == "MF-MDI-MFI-4.2"


def test_o_asks_for_an_observation_on_the_criterion(screen: QuestionnaireScreen, press: Press, qtbot: QtBot) -> None:
    with qtbot.waitSignal(screen.goal_wanted) as caught:
        press(Qt.Key.Key_O)
    goal = caught.args[0]
    assert (goal.destination, goal.criterion_id) == (Destination.FINDINGS, FIRST)


def test_the_mouse_answers_too(
    screen: QuestionnaireScreen, executor: ManualExecutor, qtbot: QtBot, real: RealAssessment
) -> None:
    made = screen.page.findChild(QPushButton, "answer_partially_compliant")
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    executor.settle()
    assert stored(real)[FIRST].value is AnswerValue.PARTIALLY_COMPLIANT


@pytest.mark.parametrize("text", ["分支", "branch", "CM-VC-BM"])
def test_search_finds_in_both_languages_and_leads_there(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor, qtbot: QtBot, text: str
) -> None:
    press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert screen.page.tree.search.hasFocus()
    screen.page.tree.search.setText(text)
    qtbot.keyClick(screen.page.tree.search, Qt.Key.Key_Return)
    executor.settle()
    hits = screen.page.tree.hits_model.rows
    assert hits
    qtbot.keyClick(screen.page.tree.search, Qt.Key.Key_Return)
    assert focused(screen) == hits[0].criterion_id
    assert screen.page.grid.hasFocus()


def test_both_languages_and_both_looks_show_the_same_question(
    screen: QuestionnaireScreen, executor: ManualExecutor
) -> None:
    zh = screen.page.header.name.text()
    screen.desk.speech.switch_to("en")
    screen.retranslate()
    screen.desk.theme.set_choice("dark")
    executor.settle()
    assert screen.page.header.name.text() == "Version control system"
    assert screen.page.header.other_name.text() == zh
    assert not screen.page.grab().isNull()


def test_the_page_fits_a_small_window_without_scrolling_sideways(screen: QuestionnaireScreen) -> None:
    for language in LANGUAGES:
        screen.desk.speech.switch_to(language)
        screen.retranslate()
        assert screen.page.minimumSizeHint().width() <= 1220


def test_the_history_lists_every_revision_newest_first(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor
) -> None:
    screen.desk.settings.set(options.AUTO_ADVANCE, False)
    screen.page.side.tabs.setCurrentWidget(screen.page.side.history)
    for key in (Qt.Key.Key_Y, Qt.Key.Key_P):
        press(key)
        executor.settle()
    rows = screen.page.side.history_model.rows
    assert [row.number for row in rows] == [2, 1]
    assert "部分符合" in rows[0].headline


def test_automatic_advance_is_switched_on_the_page(screen: QuestionnaireScreen) -> None:
    assert screen.page.tree.auto_advance.isChecked()
    screen.page.tree.auto_advance.setChecked(False)
    assert not screen.desk.settings.flag(options.AUTO_ADVANCE)
