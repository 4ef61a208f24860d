"""The trust store on screen: import in a role, refusals as sentences, removal after a question."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from maturity_desktop.domain.trust import TrustKind, TrustRole
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.preferences.presenter import PreferencesScreen
from maturity_desktop.services import authorities, identities, trust
from maturity_desktop.services.authorities import RootKey
from maturity_desktop.services.identities import MadeIdentity, NewIdentity
from tests.gui.conftest import ManualExecutor, ScriptedDialogs
from tests.gui.real_assessment import RealAssessment

SECRET = "identity passphrase"


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
    return identities.make(desk.machine, NewIdentity(name="Lin", organisation="Test"), tmp_path, "identity passphrase")


def click(screen: PreferencesScreen, name: str, qtbot: QtBot) -> None:
    button = screen.view.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose_role(screen: PreferencesScreen, role: TrustRole) -> None:
    box = screen.view.findChild(QComboBox, "trust_role")
    assert box is not None
    box.setCurrentIndex(box.findData(role.value))


def test_a_root_is_believed_in_the_chosen_role_and_its_fingerprint_shown_whole(
    screen: PreferencesScreen,
    real: RealAssessment,
    identity: MadeIdentity,
    dialogs: ScriptedDialogs,
    executor: ManualExecutor,
    qtbot: QtBot,
) -> None:
    choose_role(screen, TrustRole.LEAD_ASSESSOR)
    dialogs.paths.append(identity.root)
    click(screen, "trust_import_roots", qtbot)
    executor.settle()
    stored = trust.list_items(real.workspace)
    root = next(one for one in stored if one.kind is TrustKind.ROOT)
    assert root.role is TrustRole.LEAD_ASSESSOR
    card = screen.page.trust
    assert len(card.model.rows) == len(stored)
    card.select(root.id)
    assert root.fingerprint in card.whole.text()


def test_what_is_believed_is_removed_after_a_question(
    screen: PreferencesScreen,
    real: RealAssessment,
    identity: MadeIdentity,
    dialogs: ScriptedDialogs,
    executor: ManualExecutor,
    qtbot: QtBot,
) -> None:
    dialogs.paths.append(identity.root)
    click(screen, "trust_import_roots", qtbot)
    executor.settle()
    before = trust.list_items(real.workspace)
    dialogs.says_yes = False
    screen.page.trust.select(before[0].id)
    click(screen, "trust_remove", qtbot)
    executor.settle()
    assert trust.list_items(real.workspace) == before
    assert dialogs.questions[-1].is_dangerous
    dialogs.says_yes = True
    click(screen, "trust_remove", qtbot)
    executor.settle()
    assert trust.list_items(real.workspace) == before[1:]


def test_a_file_that_is_no_certificate_is_refused_with_a_sentence(
    screen: PreferencesScreen,
    real: RealAssessment,
    dialogs: ScriptedDialogs,
    executor: ManualExecutor,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    for name in ("roots", "pinned", "lists"):
        (tmp_path / "x.pem").write_text("nothing of the kind")
        dialogs.paths.append(tmp_path / "x.pem")
        click(screen, f"trust_import_{name}", qtbot)
        executor.settle()
        assert screen.page.trust.message.property("look") == "tone_bad"
        screen.page.trust.message.dismiss()
    assert not trust.list_items(real.workspace)


def test_a_revocation_list_is_taken_once_its_root_is_there(
    screen: PreferencesScreen,
    real: RealAssessment,
    dialogs: ScriptedDialogs,
    executor: ManualExecutor,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    machine = screen.desk.machine
    made = authorities.make_root(machine, NewIdentity(name="Test Root"), tmp_path, SECRET)
    root = RootKey(pkcs12=made.pkcs12, passphrase=SECRET)
    issued = authorities.issue(machine, root, NewIdentity(name="Zhou"), tmp_path, SECRET)
    authorities.revoke(machine, root, (issued.cer,), tmp_path / "list.crl")
    for source, name, kept in (("list.crl", "lists", 0), (made.pem, "roots", 1), ("list.crl", "lists", 2)):
        dialogs.paths.append(tmp_path / source)
        click(screen, f"trust_import_{name}", qtbot)
        executor.settle()
        assert len(trust.list_items(real.workspace)) == kept
    assert screen.page.trust.model.rows[-1].kind == screen.desk.speech.say("trust.kind.revocation_list")


def test_without_a_workspace_there_is_no_trust_store(screen: PreferencesScreen, executor: ManualExecutor) -> None:
    assert not screen.page.trust.isHidden()
    screen.enter(None)
    executor.settle()
    assert screen.page.trust.isHidden()
