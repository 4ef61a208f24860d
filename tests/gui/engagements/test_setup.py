"""The guided set-up of an engagement, against a real workspace."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from maturity_desktop.domain.engagement import Role
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.screens import Place
from maturity_desktop.gui.engagements.presenter import EngagementsScreen
from maturity_desktop.gui.engagements.setup import Setup
from maturity_desktop.gui.engagements.views.setup import Step
from maturity_desktop.services import engagements, workspaces
from maturity_desktop.services.context import Machine, Workspace
from tests.gui.conftest import ManualExecutor

PASSPHRASE = "a long passphrase for 7 tests"


@pytest.fixture
def workspace(machine: Machine, tmp_path: Path) -> Iterator[Workspace]:
    made = workspaces.create(machine, tmp_path / "w.maturity", PASSPHRASE, actor="林一")
    yield made
    workspaces.close(made)


@pytest.fixture
def screen(desk: Desk, workspace: Workspace, executor: ManualExecutor, qtbot: QtBot) -> EngagementsScreen:
    screen = EngagementsScreen(desk, desk.theme)
    qtbot.addWidget(screen.view)
    desk.hub.changed.connect(screen.receive)
    screen.enter(Place(workspace=workspace))
    screen.activate()
    executor.settle()
    return screen


def begun(screen: EngagementsScreen, executor: ManualExecutor) -> Setup:
    screen.overview.new_wanted.emit()
    executor.settle()
    assert screen.setup is not None
    return screen.setup


def fill(setup: Setup, name: str, text: str, qtbot: QtBot) -> None:
    edit = setup.dialog.findChild(QLineEdit, name)
    assert edit is not None
    edit.clear()
    qtbot.keyClicks(edit, text)


def main_button(setup: Setup) -> QPushButton:
    return setup.dialog.submit_button


def press(setup: Setup, executor: ManualExecutor, qtbot: QtBot) -> None:
    qtbot.mouseClick(main_button(setup), Qt.MouseButton.LeftButton)
    executor.settle()


def set_up(screen: EngagementsScreen, executor: ManualExecutor, qtbot: QtBot) -> None:
    setup = begun(screen, executor)
    fill(setup, "setup_institution_en", "River Bank", qtbot)
    press(setup, executor, qtbot)
    fill(setup, "setup_system_en", "Payments", qtbot)
    for _ in range(3):
        press(setup, executor, qtbot)
    setup.visit.starts.set_value(date(2026, 11, 23))
    setup.visit.model.add(Role.LEAD_ASSESSOR, "林一")
    press(setup, executor, qtbot)


def test_five_steps_make_an_engagement_with_its_assessment(
    screen: EngagementsScreen, workspace: Workspace, executor: ManualExecutor, qtbot: QtBot
) -> None:
    set_up(screen, executor, qtbot)
    (card,) = engagements.list_engagements(workspace)
    assert card.institution.name.en == "River Bank"
    assert card.engagement.starts_on == date(2026, 11, 23)
    assert [person.name for person in card.engagement.team] == ["林一"]
    assert card.engagement.title
    (line,) = card.assessments
    assert line.system.name.en == "Payments"
    assert line.assessment.target_level == "3"


def test_a_step_without_its_name_is_not_left(screen: EngagementsScreen, executor: ManualExecutor, qtbot: QtBot) -> None:
    setup = begun(screen, executor)
    press(setup, executor, qtbot)
    assert setup.dialog.step is Step.INSTITUTION
    assert setup.dialog.message.text.text()


def test_a_wrong_credit_code_is_told_while_typing_and_stops_the_step(
    screen: EngagementsScreen, executor: ManualExecutor, qtbot: QtBot
) -> None:
    setup = begun(screen, executor)
    fill(setup, "setup_institution_en", "River Bank", qtbot)
    fill(setup, "setup_credit_code", "91410000MA00000001", qtbot)
    assert setup.institution.code_field.hint.text() == setup.institution.speech.say("engagement.code_wrong")
    press(setup, executor, qtbot)
    assert setup.dialog.step is Step.INSTITUTION


def test_every_field_can_be_changed_later(
    screen: EngagementsScreen, workspace: Workspace, executor: ManualExecutor, qtbot: QtBot
) -> None:
    set_up(screen, executor, qtbot)
    (card,) = engagements.list_engagements(workspace)
    screen.overview.edit_engagement_wanted.emit(card.engagement.id)
    executor.settle()
    assert screen.setup is not None
    fill(screen.setup, "setup_institution_en", "Lake Bank", qtbot)
    screen.setup.dialog.show_step(Step.VISIT)
    fill(screen.setup, "setup_title", "Second visit", qtbot)
    press(screen.setup, executor, qtbot)
    (changed,) = engagements.list_engagements(workspace)
    assert (changed.institution.name.en, changed.engagement.title) == ("Lake Bank", "Second visit")


def test_scope_and_target_of_an_assessment_can_be_changed_but_not_its_edition(
    screen: EngagementsScreen, workspace: Workspace, executor: ManualExecutor, qtbot: QtBot
) -> None:
    set_up(screen, executor, qtbot)
    line = engagements.list_engagements(workspace)[0].assessments[0]
    screen.overview.edit_assessment_wanted.emit(line.assessment.id)
    executor.settle()
    setup = screen.setup
    assert setup is not None
    assert not setup.standard.which.isEnabled()
    edition = setup.draft.edition
    setup.standard.nodes.setChecked(True)
    model = setup.standard.model
    model.setData(model.index(0, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    setup.dialog.show_step(Step.TARGET)
    target = setup.dialog.findChild(QRadioButton, "setup_target_4")
    assert target is not None
    target.click()
    press(setup, executor, qtbot)
    changed = engagements.list_engagements(workspace)[0].assessments[0].assessment
    assert changed.target_level == "4"
    assert edition is not None
    assert changed.scope.nodes == tuple(node.code for node in edition.nodes[1:])
    assert changed.edition_digest == line.assessment.edition_digest


def test_a_second_assessment_joins_the_same_engagement(
    screen: EngagementsScreen, workspace: Workspace, executor: ManualExecutor, qtbot: QtBot
) -> None:
    set_up(screen, executor, qtbot)
    (card,) = engagements.list_engagements(workspace)
    screen.overview.more_wanted.emit(card.engagement.id)
    executor.settle()
    assert screen.setup is not None
    fill(screen.setup, "setup_system_en", "Loans", qtbot)
    for _ in range(3):
        press(screen.setup, executor, qtbot)
    (changed,) = engagements.list_engagements(workspace)
    assert sorted(line.system.name.en for line in changed.assessments) == ["Loans", "Payments"]
