"""Screens carry every shipped standard, whatever the depth of its tree and the names of its levels."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from maturity_desktop.gui.assessment.presenter import QuestionnaireScreen
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.results.presenter import ResultsScreen
from maturity_desktop.services import workspaces
from maturity_desktop.services.context import Machine
from maturity_desktop.system import paths
from tests.gui.conftest import ManualExecutor
from tests.gui.real_assessment import make_assessment

SHIPPED = sorted(file.parent.parent.name for file in paths.standards().glob("*/*/standard.yaml"))


def test_there_are_several_standards() -> None:
    assert "cn-devops-3" in SHIPPED


@pytest.mark.parametrize("standard", SHIPPED)
def test_every_item_of_every_standard_can_be_walked_and_rated(
    desk: Desk,
    empty_assessment: tuple[Machine, Path],
    executor: ManualExecutor,
    qtbot: QtBot,
    tmp_path: Path,
    standard: str,
) -> None:
    made = make_assessment(empty_assessment[0], tmp_path, standard=standard)
    screen, results = QuestionnaireScreen(desk), ResultsScreen(desk)
    for shown in (screen, results):
        qtbot.addWidget(shown.view)
        shown.view.resize(1220, 664)
        shown.view.show()
        shown.enter(made.place)
        shown.activate()
        executor.settle()
    visited = set()
    for _ in made.edition.items:
        assert screen.walker.focus is not None
        visited.add(screen.walker.focus.item_code)
        qtbot.keyClick(screen.page.grid, Qt.Key.Key_Y, Qt.KeyboardModifier.ShiftModifier)
        qtbot.keyClick(screen.page.grid, Qt.Key.Key_J)
        executor.settle()
    results.load()
    executor.settle()
    assert visited == {item.code for item in made.edition.items if item.criteria}
    assert screen.page.minimumSizeHint().width() <= 1220
    for tab in range(results.page.tabs.count()):
        results.page.tabs.setCurrentIndex(tab)
        assert not results.page.grab().isNull()
    workspaces.close(made.workspace)
