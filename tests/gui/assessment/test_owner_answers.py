"""A model with answers of its own in the questionnaire: chosen by keys, buttons and list, shown with what they earn."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.canonical import ABSENT
from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.text import LANGUAGES
from maturity_desktop.gui.assessment.models.cells import PROPS
from maturity_desktop.gui.assessment.presenter import QuestionnaireScreen
from maturity_desktop.gui.common.cells import CellState
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.screens import Place
from maturity_desktop.gui.results.presenter import ResultsScreen
from maturity_desktop.services import assessments, results, workspaces
from maturity_desktop.services.context import Workspace
from tests.factories.owner_answers import LONG, STREAMS, criterion, give, make_owner_workspace
from tests.factories.sealed_workspace import ASSESSMENT
from tests.gui.assessment.test_names import nameless
from tests.gui.conftest import ManualExecutor

Open = Callable[..., QuestionnaireScreen]
KEYS = {"a": Qt.Key.Key_1, "b": Qt.Key.Key_2, "c": Qt.Key.Key_3, "d": Qt.Key.Key_4}


@pytest.fixture(params=[False, True], ids=["short", "long"])
def workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    made = make_owner_workspace(tmp_path, has_long_answers=request.param)
    yield made
    workspaces.close(made)


@pytest.fixture
def short(tmp_path: Path) -> Iterator[Workspace]:
    made = make_owner_workspace(tmp_path)
    yield made
    workspaces.close(made)


@pytest.fixture
def long(tmp_path: Path) -> Iterator[Workspace]:
    made = make_owner_workspace(tmp_path, has_long_answers=True)
    yield made
    workspaces.close(made)


@pytest.fixture
def open_screen(desk: Desk, executor: ManualExecutor, qtbot: QtBot) -> Iterator[Open]:
    kept: list[QuestionnaireScreen] = []  # a screen outlives its page

    def opened(workspace: Workspace) -> QuestionnaireScreen:
        screen = QuestionnaireScreen(desk)
        kept.append(screen)
        qtbot.addWidget(screen.page)
        screen.page.resize(1220, 664)
        with qtbot.waitActive(screen.page):
            screen.page.show()
            screen.page.activateWindow()
        screen.enter(Place(workspace=workspace, assessment_id=ASSESSMENT))
        screen.activate()
        executor.settle()
        return screen

    yield opened
    for screen in kept:
        screen.page.hide()
    executor.settle()


def stored(workspace: Workspace) -> dict[str, str]:
    answers = assessments.load_sheet(workspace, ASSESSMENT).answers
    return {key: answer.choice or "" for key, answer in answers.items()}


def test_the_whole_model_is_answered_by_figure_keys_and_scores_as_its_owner_does(
    workspace: Workspace, open_screen: Open, executor: ManualExecutor, qtbot: QtBot
) -> None:
    screen = open_screen(workspace)
    for item, letters in STREAMS.items():
        screen.walker.go_to_item(NodeCode(item))
        for level, letter in enumerate(letters, 1):
            screen.walker.go_to_criterion(criterion(item, level))
            qtbot.keyClick(screen.page.grid, KEYS[letter])
            executor.settle()
    assert stored(workspace) == {
        criterion(item, level): letter for item, letters in STREAMS.items() for level, letter in enumerate(letters, 1)
    }
    assert str(results.compute(workspace, ASSESSMENT).overall.average) == "1.75"
    assert screen.page.minimumSizeHint().width() <= 1220
    screen.walker.go_to_item(NodeCode("D-TM-B"))
    assert "1.75 / 3" in screen.page.header.computed.text()


def test_answering_goes_on_to_the_next_criterion_and_can_be_undone(
    short: Workspace, open_screen: Open, executor: ManualExecutor, qtbot: QtBot
) -> None:
    screen = open_screen(short)
    first = screen.walker.focus
    assert first is not None
    qtbot.keyClick(screen.page.grid, Qt.Key.Key_3)
    executor.settle()
    assert screen.walker.focus != first
    assert stored(short)[first.criterion_id] == "c"
    qtbot.keyClick(screen.page.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    executor.settle()
    assert stored(short)[first.criterion_id] == ""


def test_figures_beyond_the_offer_and_typed_figures_choose_nothing(
    short: Workspace, open_screen: Open, executor: ManualExecutor, qtbot: QtBot
) -> None:
    screen = open_screen(short)
    qtbot.keyClick(screen.page.grid, Qt.Key.Key_5)
    screen.page.criterion.rationale.setFocus()
    qtbot.keyClicks(screen.page.criterion.rationale, "3 of 4")
    executor.settle()
    assert stored(short) == {}
    assert screen.page.criterion.rationale.toPlainText() == "3 of 4"


@pytest.mark.parametrize(("key", "letter"), [(Qt.Key.Key_Y, "d"), (Qt.Key.Key_N, "a")])
def test_plain_answers_choose_what_means_the_same(
    short: Workspace, open_screen: Open, executor: ManualExecutor, qtbot: QtBot, key: Qt.Key, letter: str
) -> None:
    screen = open_screen(short)
    focus = screen.walker.focus
    assert focus is not None
    qtbot.keyClick(screen.page.grid, key)
    executor.settle()
    assert stored(short) == {focus.criterion_id: letter}


def test_partial_is_not_guessed_where_several_answers_are_partial(
    short: Workspace, open_screen: Open, executor: ManualExecutor, qtbot: QtBot
) -> None:
    screen = open_screen(short)
    qtbot.keyClick(screen.page.grid, Qt.Key.Key_P)
    executor.settle()
    assert stored(short) == {}
    assert "数字键" in screen.page.message.text.text()


def test_a_whole_cell_is_answered_with_the_full_answer(
    short: Workspace, open_screen: Open, executor: ManualExecutor, qtbot: QtBot
) -> None:
    screen = open_screen(short)
    focus = screen.walker.focus
    assert focus is not None
    qtbot.keyClick(screen.page.grid, Qt.Key.Key_Y, Qt.KeyboardModifier.ShiftModifier)
    executor.settle()
    assert stored(short) == {focus.criterion_id: "d"}


def test_not_applicable_still_wants_its_reason_and_ends_the_choice(
    short: Workspace, open_screen: Open, executor: ManualExecutor, qtbot: QtBot
) -> None:
    first = criterion("D-TM-A", 1)
    give(short, {"D-TM-A": "d"})
    screen = open_screen(short)
    screen.walker.go_to_criterion(first)
    qtbot.keyClick(screen.page.grid, Qt.Key.Key_X)
    qtbot.keyClicks(screen.page.criterion.rationale, "bought")
    qtbot.keyClick(screen.page.criterion.rationale, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    executor.settle()
    answer = assessments.load_sheet(short, ASSESSMENT).answers[first]
    assert (answer.value, answer.choice, answer.rationale) == (AnswerValue.NOT_APPLICABLE, ABSENT, "bought")


def test_short_answers_are_buttons_and_long_ones_a_list(
    long: Workspace, open_screen: Open, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    short_ones = make_owner_workspace(tmp_path / "short")
    first_screen = open_screen(short_ones)
    bar = first_screen.page.criterion.choices
    assert bar.buttons[0].isVisible()
    assert bar.list.isHidden()
    assert bar.buttons[1].text() == "2  Some · 0.25"
    qtbot.mouseClick(bar.buttons[1], Qt.MouseButton.LeftButton)
    executor.settle()
    assert list(stored(short_ones).values()) == ["b"]
    workspaces.close(short_ones)

    screen = open_screen(long)
    bar = screen.page.criterion.choices
    assert bar.list.isVisible()
    assert not bar.buttons[0].isVisible()
    assert bar.list.currentIndex() == -1
    assert LONG[3] in bar.list.itemText(3)
    focus = screen.walker.focus
    assert focus is not None
    bar.list.activated.emit(2)
    executor.settle()
    screen.walker.go_to_criterion(focus.criterion_id)
    assert bar.list.currentIndex() == 2
    assert bar.earned.text() == "得 0.5"
    assert LONG[2] in bar.list.toolTip()
    _turn_wheel(bar.list)
    executor.settle()
    assert list(stored(long).values()) == ["c"]


def _turn_wheel(over: object) -> None:
    turned = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(over, turned)  # type: ignore[arg-type]  # a widget


def test_rows_and_cells_tell_what_was_earned(short: Workspace, open_screen: Open) -> None:
    give(short, {"D-TM-A": "dba"})
    screen = open_screen(short)
    screen.walker.go_to_item(NodeCode("D-TM-A"))
    cells = screen.page.grid.model.cells
    assert [cell.state for cell in cells] == [CellState.HOLDS, CellState.PARTLY, CellState.BLOCKED]
    rows = [screen.page.grid.model.index_of(criterion("D-TM-A", level)).data(PROPS) for level in (1, 2, 3)]
    assert [(row.share, row.value_words) for row in rows] == [
        (1.0, "All（得 1）"),
        (0.25, "Some（得 0.25）"),
        (0.0, "No（得 0）"),
    ]


def test_history_names_the_choices(short: Workspace, open_screen: Open, executor: ManualExecutor) -> None:
    give(short, {"D-TM-A": "b"})
    give(short, {"D-TM-A": "c"})
    screen = open_screen(short)
    screen.walker.go_to_criterion(criterion("D-TM-A", 1))
    screen.page.side.tabs.setCurrentWidget(screen.page.side.history)
    executor.settle()
    told = [row.headline for row in screen.page.side.history_model.rows]
    assert ["Half（得 0.5）" in told[0], "Some（得 0.25）" in told[1]] == [True, True]


def test_every_control_has_a_name_in_both_languages(desk: Desk, workspace: Workspace, open_screen: Open) -> None:
    screen = open_screen(workspace)
    for language in LANGUAGES:
        desk.speech.switch_to(language)
        screen.retranslate()
        assert nameless(screen.view) == []


def test_the_results_page_tells_scores_and_choices(
    desk: Desk, short: Workspace, executor: ManualExecutor, qtbot: QtBot
) -> None:
    give(short, STREAMS)
    screen = ResultsScreen(desk)
    qtbot.addWidget(screen.page)
    screen.enter(Place(workspace=short, assessment_id=ASSESSMENT))
    screen.activate()
    executor.settle()
    assert screen.page.score.text() == "得分 1.75 / 3"
    told = {row.code: row.score for row in screen.page.levels.model.rows}
    assert told == {
        "": "1.75 / 3",
        "D": "2.00 / 3",
        "D-TM": "1.50 / 3",
        "D-TM-A": "1.25 / 3",
        "D-TM-B": "1.75 / 3",
        "D-SR": "2.50 / 3",
        "D-SR-A": "2.50 / 3",
        "V": "1.50 / 3",
        "V-ST": "1.50 / 3",
        "V-ST-A": "1.50 / 3",
    }
    assert not screen.page.levels.table.isColumnHidden(2)
    assert "Some（得 0.25）" in {row.obstacle_words for row in screen.page.gap.model.rows}
    desk.speech.switch_to("en")
    screen.retranslate()
    assert screen.page.score.text() == "Score 1.75 of 3"
