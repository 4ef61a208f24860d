"""From the first start to an open workspace, and back to a locked one."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.screens import Destination
from maturity_desktop.gui.shell.window import MainWindow
from maturity_desktop.services import workspaces
from maturity_desktop.services.context import Machine
from maturity_desktop.settings import options
from tests.gui.conftest import ManualExecutor

PASSPHRASE = "seven lanterns over the harbour"


def type_into(window: MainWindow, name: str, text: str, qtbot: QtBot) -> None:
    edit = window.findChild(QLineEdit, name)
    assert edit is not None
    edit.clear()
    qtbot.keyClicks(edit, text)


def click(window: MainWindow, name: str, qtbot: QtBot) -> None:
    button = window.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def is_open(window: MainWindow) -> bool:
    return window.session.place is not None


def make_workspace(machine: Machine, path: Path) -> Path:
    workspace = workspaces.create(machine, path, PASSPHRASE, actor="林一")
    workspaces.close(workspace)
    return workspace.path


def test_the_first_start_invites_to_the_sample_or_a_new_workspace(window: MainWindow) -> None:
    for name in ("welcome_sample", "welcome_create"):
        button = window.findChild(QPushButton, name)
        assert button is not None
        assert button.isVisible()


def test_only_what_makes_sense_without_a_workspace_can_be_reached(window: MainWindow) -> None:
    enabled = {
        destination
        for destination in Destination
        if window.rail.findChild(QPushButton, f"rail_{destination.value}").isEnabled()  # type: ignore[union-attr]
    }
    assert enabled == {Destination.HOME, Destination.LIBRARY, Destination.VERIFY, Destination.PREFERENCES}


def test_a_new_workspace_is_made_opened_and_remembered(
    window: MainWindow, desk: Desk, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    click(window, "begin_create", qtbot)
    for name, text in (
        ("create_name", "River Bank 2026"),
        ("create_folder", str(tmp_path)),
        ("create_actor", "Lin"),
        ("create_passphrase", PASSPHRASE),
        ("create_again", PASSPHRASE),
    ):
        type_into(window, name, text, qtbot)
    executor.settle()
    click(window, "create_dialog_submit", qtbot)
    executor.settle()
    target = tmp_path / "River Bank 2026.maturity"
    assert target.is_dir()
    assert window.session.place is not None
    assert window.stack.current is Destination.ENGAGEMENTS
    assert [found.path for found in desk.settings.recent()] == [target]
    assert desk.settings.text(options.ACTOR) == "Lin"


def test_a_weak_passphrase_keeps_the_button_locked_and_says_why(
    window: MainWindow, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    click(window, "begin_create", qtbot)
    for name, text in (("create_name", "x"), ("create_folder", str(tmp_path)), ("create_actor", "Lin")):
        type_into(window, name, text, qtbot)
    for name in ("create_passphrase", "create_again"):
        type_into(window, name, "12345678", qtbot)
    executor.settle()
    button = window.findChild(QPushButton, "create_dialog_submit")
    assert button is not None
    assert not button.isEnabled()
    edit = window.findChild(QLineEdit, "create_passphrase")
    assert edit is not None
    assert edit.accessibleDescription()


def test_a_wrong_passphrase_is_one_sentence_and_the_next_try_opens(
    window: MainWindow, desk: Desk, machine: Machine, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    path = make_workspace(machine, tmp_path / "w.maturity")
    window.start(path)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "unlock_dialog") is not None)
    type_into(window, "unlock_passphrase", "not this one", qtbot)
    click(window, "unlock_dialog_submit", qtbot)
    executor.settle()
    edit = window.findChild(QLineEdit, "unlock_passphrase")
    assert edit is not None
    assert edit.selectedText() == "not this one"
    assert not is_open(window)
    type_into(window, "unlock_passphrase", PASSPHRASE, qtbot)
    click(window, "unlock_dialog_submit", qtbot)
    executor.settle()
    assert window.session.place is not None
    assert window.session.place.workspace.path == path


def test_locking_closes_the_workspace_and_asks_again(
    window: MainWindow, machine: Machine, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    path = make_workspace(machine, tmp_path / "w.maturity")
    window.home.opening.opened.emit(workspaces.open_workspace(machine, path, PASSPHRASE, actor="林一"))
    executor.settle()
    window.lock()
    executor.settle()
    assert window.session.place is None
    assert window.stack.current is Destination.HOME
    assert window.findChild(QDialog, "unlock_dialog") is not None
    workspaces.close(workspaces.open_workspace(machine, path, PASSPHRASE, actor="林一"))


def test_closing_the_window_releases_the_workspace(
    window: MainWindow, machine: Machine, executor: ManualExecutor, tmp_path: Path
) -> None:
    path = make_workspace(machine, tmp_path / "w.maturity")
    window.home.opening.opened.emit(workspaces.open_workspace(machine, path, PASSPHRASE, actor="林一"))
    executor.settle()
    assert window.close()
    workspaces.close(workspaces.open_workspace(machine, path, PASSPHRASE, actor="林一"))


def test_a_workspace_that_is_gone_is_shown_as_such_and_can_be_forgotten(
    window: MainWindow, desk: Desk, machine: Machine, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.settings.remember(tmp_path / "gone.maturity", machine.clock.now())
    window.home.activate()
    row = window.findChild(QPushButton, "recent_gone")
    assert row is not None
    assert not row.isEnabled()
    forget = next(tool for tool in window.findChildren(type(window.bar.lock_button), "forget_gone"))
    qtbot.mouseClick(forget, Qt.MouseButton.LeftButton)
    assert desk.settings.recent() == ()


def test_a_crash_of_the_last_session_is_offered(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "crash-20261122-101010-1.txt").write_text("x")
    window.start()
    assert window.notices.bar.isVisible()
    assert window.notices.bar.action.isVisible()
