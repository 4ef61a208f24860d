"""Kept keys on the preferences page: keep, refuse with one sentence, change the passphrase, remove after a question."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.preferences.presenter import PreferencesScreen
from maturity_desktop.gui.preferences.views.kept_keys import KeepDialog
from maturity_desktop.gui.preferences.views.passphrases import PassphraseDialog
from maturity_desktop.services import identities, journal, keeping
from maturity_desktop.services.export_requests import Identity, KeptIdentity
from maturity_desktop.services.identities import MadeIdentity, NewIdentity
from maturity_desktop.services.keeping import KeepWish
from tests.gui.conftest import ManualExecutor, ScriptedDialogs
from tests.gui.real_assessment import PASSPHRASE, RealAssessment

SECRET, OWN, NEW = "identity passphrase", "seven windows 31 harbour", "eight doors 44 railway"


@pytest.fixture
def screen(desk: Desk, real: RealAssessment, executor: ManualExecutor, qtbot: QtBot) -> PreferencesScreen:
    screen = PreferencesScreen(desk, desk.theme)
    qtbot.addWidget(screen.view)
    screen.enter(real.place)
    screen.activate()
    executor.settle()
    return screen


@pytest.fixture
def identity(desk: Desk, tmp_path: Path) -> MadeIdentity:
    return identities.make(desk.machine, NewIdentity(name="Lin", organisation="Test"), tmp_path, SECRET)


def click(screen: PreferencesScreen, name: str, qtbot: QtBot) -> None:
    button = screen.view.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def opened(screen: PreferencesScreen, dialogs: ScriptedDialogs, file: Path, qtbot: QtBot) -> KeepDialog:
    """The form with a chosen file."""
    click(screen, "kept_keep", qtbot)
    dialog = screen.keys.dialog
    assert isinstance(dialog, KeepDialog)
    dialogs.paths.append(file)
    qtbot.mouseClick(dialog.browse, Qt.MouseButton.LeftButton)
    assert dialog.path == file
    return dialog


def submit(dialog: KeepDialog, secret: str, own: str, executor: ManualExecutor, qtbot: QtBot) -> None:
    for edit, text in ((dialog.file_secret, secret), (dialog.own, own), (dialog.again, own)):
        edit.setText(text)
    qtbot.mouseClick(dialog.submit_button, Qt.MouseButton.LeftButton)
    executor.settle()


def kept(screen: PreferencesScreen, real: RealAssessment, identity: MadeIdentity, executor: ManualExecutor) -> None:
    source = Identity(pkcs12=identity.pkcs12, passphrase=SECRET)
    keeping.keep(real.workspace, KeepWish(source=source, passphrase=OWN, name="组长"))
    screen.load()
    executor.settle()
    screen.page.kept.select("组长")


def test_a_key_is_kept_from_a_file_and_shown_with_its_owner(
    screen: PreferencesScreen,
    real: RealAssessment,
    identity: MadeIdentity,
    dialogs: ScriptedDialogs,
    executor: ManualExecutor,
    qtbot: QtBot,
) -> None:
    dialog = opened(screen, dialogs, identity.pkcs12, qtbot)
    assert not dialog.submit_button.isEnabled()
    submit(dialog, SECRET, OWN, executor, qtbot)
    assert screen.keys.dialog is None
    (row,) = screen.page.kept.model.rows
    assert (row.name, row.subject, row.kept_by, row.problem) == ("Lin", "Lin（Test）", "陈评估", "")
    assert row.fingerprint == identity.card.fingerprint_sha256
    assert screen.page.kept.message.property("look") == "tone_good"
    assert keeping.inspect(real.workspace, KeptIdentity(name="Lin", passphrase=OWN)).subject == "Lin"
    assert "kept_key.added" in [one.event for one in journal.entries(real.workspace)]


def test_every_refusal_is_one_sentence_in_the_form_and_nothing_is_kept(
    screen: PreferencesScreen,
    real: RealAssessment,
    identity: MadeIdentity,
    dialogs: ScriptedDialogs,
    executor: ManualExecutor,
    qtbot: QtBot,
) -> None:
    dialog = opened(screen, dialogs, identity.pkcs12, qtbot)
    for secret, own, code in (
        ("wrong", OWN, "SGN-010"),
        (SECRET, "12345678", "KEY-002"),
        (SECRET, PASSPHRASE, "KEY-003"),
    ):
        submit(dialog, secret, own, executor, qtbot)
        assert dialog.message.text.text() == screen.desk.speech.say(f"errors.{code}")
    dialog.again.setText("something else")
    assert not dialog.submit_button.isEnabled()
    dialog.reject()
    executor.settle()
    assert keeping.list_kept(real.workspace) == ()
    assert screen.page.kept.model.rows == ()


def test_a_passphrase_is_changed_on_screen_by_who_knows_the_old_one(
    screen: PreferencesScreen,
    real: RealAssessment,
    identity: MadeIdentity,
    executor: ManualExecutor,
    qtbot: QtBot,
) -> None:
    kept(screen, real, identity, executor)
    click(screen, "kept_relock", qtbot)
    dialog = screen.keys.dialog
    assert isinstance(dialog, PassphraseDialog)
    for old, is_done in (("guess", False), (OWN, True)):
        for edit, text in ((dialog.old, old), (dialog.new, NEW), (dialog.again, NEW)):
            edit.setText(text)
        qtbot.mouseClick(dialog.submit_button, Qt.MouseButton.LeftButton)
        executor.settle()
        assert (screen.keys.dialog is None) is is_done
    assert keeping.inspect(real.workspace, KeptIdentity(name="组长", passphrase=NEW)).subject == "Lin"


def test_a_key_is_removed_after_a_question(
    screen: PreferencesScreen,
    real: RealAssessment,
    identity: MadeIdentity,
    dialogs: ScriptedDialogs,
    executor: ManualExecutor,
    qtbot: QtBot,
) -> None:
    kept(screen, real, identity, executor)
    for says_yes, left in ((False, 1), (True, 0)):
        dialogs.says_yes = says_yes
        click(screen, "kept_forget", qtbot)
        executor.settle()
        assert dialogs.questions[-1].is_dangerous
        assert len(keeping.list_kept(real.workspace)) == len(screen.page.kept.model.rows) == left


def test_without_a_workspace_there_are_no_kept_keys(screen: PreferencesScreen, executor: ManualExecutor) -> None:
    assert not screen.page.kept.isHidden()
    assert not screen.page.kept.forget.isEnabled()
    screen.enter(None)
    executor.settle()
    assert screen.page.kept.isHidden()
