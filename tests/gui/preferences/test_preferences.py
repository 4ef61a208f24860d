"""Preferences apply at once; the care of a workspace acts on the real one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from maturity_desktop.errors import RuleBroken
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.preferences.components import installed
from maturity_desktop.gui.preferences.journal import JournalScreen
from maturity_desktop.gui.preferences.models import ComponentModel, JournalModel, event_words
from maturity_desktop.gui.preferences.presenter import PreferencesScreen
from maturity_desktop.services import journal, workspaces
from maturity_desktop.settings import options
from tests.gui.conftest import ManualExecutor, ScriptedDialogs
from tests.gui.real_assessment import PASSPHRASE, RealAssessment

NEW = "eleven paper boats downstream"


@pytest.fixture
def screen(desk: Desk, real: RealAssessment, executor: ManualExecutor, qtbot: QtBot) -> PreferencesScreen:
    screen = PreferencesScreen(desk, desk.theme)
    qtbot.addWidget(screen.view)
    screen.enter(real.place)
    screen.activate()
    executor.settle()
    return screen


def click(screen: PreferencesScreen, name: str, qtbot: QtBot) -> None:
    button = screen.view.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def type_passphrases(screen: PreferencesScreen, qtbot: QtBot, **texts: str) -> None:
    for name, text in texts.items():
        edit = screen.view.findChild(QLineEdit, f"passphrase_{name}")
        assert edit is not None
        qtbot.keyClicks(edit, text) if text.isascii() else edit.setText(text)
    click(screen, "passphrase_dialog_submit", qtbot)


def test_a_language_chosen_here_is_spoken_at_once(screen: PreferencesScreen, desk: Desk) -> None:
    box = screen.view.findChild(QComboBox, "option_language")
    assert box is not None
    box.activated.emit(1)
    assert desk.speech.language == "en"
    assert desk.settings.text(options.LANGUAGE) == "en"


def test_text_grows_with_the_chosen_size(screen: PreferencesScreen, desk: Desk) -> None:
    before = desk.theme.px(100)
    box = screen.view.findChild(QComboBox, "option_font_scale")
    assert box is not None
    box.activated.emit(4)
    assert desk.theme.px(100) == before * 1.5


def test_the_old_passphrase_opens_no_longer_after_a_change(
    screen: PreferencesScreen, real: RealAssessment, executor: ManualExecutor, qtbot: QtBot
) -> None:
    click(screen, "care_passphrase", qtbot)
    type_passphrases(screen, qtbot, old=PASSPHRASE, new=NEW, again=NEW)
    executor.settle()
    path, machine = real.workspace.path, real.workspace.machine
    workspaces.close(real.workspace)
    with pytest.raises(RuleBroken, match="WSP-002"):
        workspaces.open_workspace(machine, path, PASSPHRASE)
    workspaces.close(workspaces.open_workspace(machine, path, NEW))


def test_a_wrong_old_passphrase_is_told_in_the_dialog(
    screen: PreferencesScreen, executor: ManualExecutor, qtbot: QtBot
) -> None:
    click(screen, "care_passphrase", qtbot)
    type_passphrases(screen, qtbot, old="not the old one", new=NEW, again=NEW)
    executor.settle()
    submit = screen.view.findChild(QPushButton, "passphrase_dialog_submit")
    assert submit is not None
    assert submit.isEnabled()


def test_a_recovery_passphrase_opens_the_workspace(
    screen: PreferencesScreen, real: RealAssessment, executor: ManualExecutor, qtbot: QtBot
) -> None:
    click(screen, "care_recovery", qtbot)
    type_passphrases(screen, qtbot, new=NEW, again=NEW)
    executor.settle()
    assert workspaces.has_recovery_slot(real.workspace)
    path, machine = real.workspace.path, real.workspace.machine
    workspaces.close(real.workspace)
    workspaces.close(workspaces.open_workspace(machine, path, NEW))


def test_a_backup_is_written_and_can_be_opened(
    screen: PreferencesScreen,
    real: RealAssessment,
    executor: ManualExecutor,
    dialogs: ScriptedDialogs,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    target = tmp_path / "b.mdbackup"
    dialogs.paths.append(target)
    click(screen, "care_backup", qtbot)
    executor.settle()
    assert target.stat().st_size > 0
    assert str(target) in screen.page.message.text.text()
    opened = workspaces.open_workspace(real.workspace.machine, target, PASSPHRASE, read_only=True)
    workspaces.close(opened)


def test_a_sound_workspace_is_called_sound(screen: PreferencesScreen, executor: ManualExecutor, qtbot: QtBot) -> None:
    click(screen, "care_check", qtbot)
    executor.settle()
    say = screen.desk.speech.say
    assert screen.page.message.text.text().startswith(say("preferences.sound", entries="", evidence="")[:4])


def test_without_a_workspace_there_is_nothing_to_care_for(screen: PreferencesScreen, executor: ManualExecutor) -> None:
    screen.enter(None)
    executor.settle()
    assert screen.page.care_card.isHidden()


def test_every_component_states_its_licence() -> None:
    unstated = [component.name for component in installed() if not component.licence]
    assert not unstated


def test_the_journal_lists_what_was_done_and_verifies(
    desk: Desk, real: RealAssessment, executor: ManualExecutor, qtbot: QtBot
) -> None:
    screen = JournalScreen(desk, desk.theme)
    qtbot.addWidget(screen.view)
    screen.enter(real.place)
    screen.activate()
    executor.settle()
    assert screen.page.model.rowCount() == len(journal.entries(real.workspace))
    screen.verify()
    executor.settle()
    count = journal.verify(real.workspace).entries
    assert str(count) in screen.page.message.text.text()


@pytest.mark.parametrize("make", [JournalModel, ComponentModel])
def test_both_tables_are_sound_models(
    desk: Desk, real: RealAssessment, qtmodeltester: ModelTester, make: Callable[..., JournalModel | ComponentModel]
) -> None:
    model = make(desk.speech)
    if isinstance(model, JournalModel):
        model.show_entries(journal.entries(real.workspace))
    else:
        model.show_components(installed())
    qtmodeltester.check(model, force_py=True)


def test_every_event_of_a_real_journal_has_words(desk: Desk, real: RealAssessment) -> None:
    events = {entry.event for entry in journal.entries(real.workspace)}
    assert events
    assert not {event for event in events if event_words(desk.speech, event) == event}
