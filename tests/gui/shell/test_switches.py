"""Language, look and reachability of the whole window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QTableView,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.palette import DARK, LIGHT
from maturity_desktop.gui.common.screens import Destination, Place
from maturity_desktop.gui.common.shortcuts import Shortcut
from maturity_desktop.gui.shell.key_list import KeyListDialog, KeyModel
from maturity_desktop.gui.shell.window import MainWindow
from maturity_desktop.services import assessments, signoff
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.outcomes import Area, Changes
from maturity_desktop.settings import options
from tests.gui.conftest import ManualExecutor
from tests.gui.real_assessment import RealAssessment

CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QAbstractItemView)


@pytest.fixture
def working(window: MainWindow, real: RealAssessment, executor: ManualExecutor) -> MainWindow:
    """The window on an assessment, every screen built."""
    window.session.begin(real.workspace)
    executor.settle()
    for destination in Destination:
        window.show_screen(destination)
        executor.settle()
    return window


def controls(window: QWidget) -> list[QWidget]:
    """Every control a user can reach with the keyboard; not the inner parts Qt makes for itself."""
    found = [each for each in window.findChildren(QWidget) if isinstance(each, CONTROLS)]
    return [
        each
        for each in found
        if each.focusPolicy() is not Qt.FocusPolicy.NoFocus and not _is_inside(each) and not _is_hidden(each)
    ]


def _is_hidden(control: QWidget) -> bool:
    """Whether it, or a part above it below the screen, was hidden on purpose (a bar without an action)."""
    above: QWidget | None = control
    while above is not None and not isinstance(above.parentWidget(), QStackedWidget):
        if above.isHidden():
            return True
        above = above.parentWidget()
    return False


def _is_inside(control: QWidget) -> bool:
    above = control.parentWidget()
    while above is not None:
        if isinstance(above, CONTROLS):
            return True
        above = above.parentWidget()
    return False


def test_every_control_has_a_name_for_tests_and_one_for_screen_readers(working: MainWindow) -> None:
    unnamed = [
        f"{type(each).__name__} in {each.parent().objectName()}" for each in controls(working) if not each.objectName()
    ]
    assert not unnamed
    mute = [
        each.objectName()
        for each in controls(working)
        if not each.accessibleName() and not (isinstance(each, QAbstractButton) and each.text())
    ]
    assert not mute


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_screen_is_wider_than_1280_pixels(working: MainWindow, desk: Desk, language: str) -> None:
    desk.settings.set(options.LANGUAGE, language)
    for destination in Destination:
        working.show_screen(destination)
        assert working.stack.get(destination).view.minimumSizeHint().width() <= 1280 - working.rail.width()
    assert working.minimumSizeHint().height() <= 720


def test_every_word_changes_with_the_language_while_running(
    working: MainWindow, desk: Desk, executor: ManualExecutor
) -> None:
    chinese = {destination: working.stack.get(destination).title() for destination in Destination}
    working.switches.other_language()
    executor.settle()
    assert desk.settings.text(options.LANGUAGE) == "en"
    for destination in Destination:
        assert working.stack.get(destination).title() != chinese[destination]
    assert working.bar.en.isChecked()


def test_the_look_switches_and_is_remembered(window: MainWindow, desk: Desk) -> None:
    assert desk.theme.palette == LIGHT
    window.switches.other_theme()
    assert desk.theme.palette == DARK
    assert desk.settings.text(options.THEME) == "dark"


def test_f1_lists_every_shortcut(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: window.findChild(KeyListDialog) is not None)
    table = window.findChild(QTableView, "key_table")
    assert table is not None
    assert table.model().rowCount() == len(Shortcut)


def test_no_two_shortcuts_of_one_place_share_a_key() -> None:
    seen: dict[str, Shortcut] = {}
    for shortcut in Shortcut:
        for sequence in shortcut.value.sequences:
            assert sequence not in seen, f"{sequence}: {shortcut} and {seen.get(sequence)}"
            seen[sequence] = shortcut


def test_the_key_list_is_a_sound_model(desk: Desk, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(KeyModel(desk.speech), force_py=True)


def test_a_narrow_window_keeps_its_navigation_as_icons(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(900, 600)
    qtbot.waitUntil(lambda: window.rail.width() < 100)
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: window.rail.width() > 150)


def test_the_questionnaire_takes_the_room_of_the_names_at_1280_pixels(working: MainWindow, qtbot: QtBot) -> None:
    working.show_screen(Destination.QUESTIONNAIRE)
    qtbot.waitUntil(lambda: working.rail.width() < 100)
    working.show_screen(Destination.RESULTS)
    qtbot.waitUntil(lambda: working.rail.width() > 150)


def test_keys_lead_to_every_screen(working: MainWindow, qtbot: QtBot) -> None:
    working.activateWindow()
    qtbot.waitUntil(working.isActiveWindow)
    digits = [(getattr(Qt.Key, f"Key_{digit}"), Qt.KeyboardModifier.AltModifier) for digit in "1234567890"]
    keys = [*digits, (Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)]
    keys.insert(8, (Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier))
    shifted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    keys.insert(2, (Qt.Key.Key_S, shifted))
    for (key, modifier), destination in zip(keys, Destination, strict=True):
        qtbot.keyClick(working, key, modifier)
        assert working.stack.current is destination


def test_an_approved_assessment_is_locked_above_every_screen_that_edits(
    working: MainWindow, desk: Desk, real: RealAssessment, executor: ManualExecutor
) -> None:
    first = next(iter(real.edition.criterion_by_id))
    request = AnswerRequest(criterion_id=first, value=AnswerValue.COMPLIANT)
    assessments.record_answers(real.workspace, real.assessment.id, (request,))
    signoff.submit(real.workspace, real.assessment.id)
    working.show_screen(Destination.QUESTIONNAIRE)
    executor.settle()
    assert working.lock_strip.isHidden()
    outcome = signoff.approve(real.workspace, real.assessment.id)
    desk.hub.publish(outcome.changes)
    executor.settle()
    assert not working.lock_strip.isHidden()
    assert not working.bar.approved.isHidden()
    working.lock_strip.bar.action.click()
    assert working.stack.current is Destination.SIGNOFF
    assert working.lock_strip.isHidden()


def test_hidden_screens_only_mark_themselves_stale(working: MainWindow, executor: ManualExecutor) -> None:
    working.show_screen(Destination.HOME)
    executor.settle()
    working.stack.receive(Changes(areas=frozenset({Area.EXPORTS})), None)
    assert not executor.waiting
    working.show_screen(Destination.EXPORT)
    assert executor.waiting


def test_leaving_the_workspace_empties_the_screens(working: MainWindow, executor: ManualExecutor) -> None:
    working.stack.enter(None)
    executor.settle()
    assert all(working.stack.get(destination).place is None for destination in Destination)


def test_a_place_is_told_to_screens_built_later(
    window: MainWindow, real: RealAssessment, executor: ManualExecutor
) -> None:
    window.session.begin(real.workspace)
    executor.settle()
    screen = window.stack.get(Destination.EXPORT)
    assert isinstance(screen.place, Place)
    assert screen.place.assessment_id is not None


def test_the_focus_follows_into_the_screen(working: MainWindow, qtbot: QtBot) -> None:
    working.activateWindow()
    qtbot.waitUntil(working.isActiveWindow)
    for destination in (Destination.HOME, Destination.EXPORT, Destination.VERIFY, Destination.JOURNAL):
        working.show_screen(destination)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert working.stack.get(destination).view.isAncestorOf(focused)
