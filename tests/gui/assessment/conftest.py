"""A questionnaire on a real workspace, driven by keys; jobs run when the test says so."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from maturity_desktop.gui.assessment.presenter import QuestionnaireScreen
from maturity_desktop.gui.common.desk import Desk
from tests.gui.conftest import ManualExecutor
from tests.gui.real_assessment import RealAssessment

Press = Callable[..., None]


@pytest.fixture
def screen(desk: Desk, real: RealAssessment, executor: ManualExecutor, qtbot: QtBot) -> Iterator[QuestionnaireScreen]:
    made = QuestionnaireScreen(desk)
    qtbot.addWidget(made.page)
    made.page.resize(1220, 664)
    with qtbot.waitActive(made.page):
        made.page.show()
        made.page.activateWindow()
    made.enter(real.place)
    made.activate()
    executor.settle()
    yield made
    executor.settle()


@pytest.fixture
def press(screen: QuestionnaireScreen, qtbot: QtBot) -> Press:
    """Press a key where the keyboard is now."""

    def press_key(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(screen.page.focusWidget(), key, modifier)

    return press_key
