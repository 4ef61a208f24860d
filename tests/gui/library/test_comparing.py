"""Comparing editions from the window: installed ones and packs from elsewhere, criterion by criterion."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.library.presenter import LibraryScreen
from maturity_desktop.gui.library.views.comparing import CompareDialog
from maturity_desktop.services import adopting, authoring, standards
from maturity_desktop.services.context import Machine
from tests.gui.conftest import ManualExecutor, ScriptedDialogs
from tests.gui.library.authors_desk import EDITION, OTHER, STANDARD, edit, two_folders


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """The library also holds an own edition of part 3 with one criterion said anew and one item called anew."""
    machine = two_folders(tmp_path)
    book = tmp_path / "changed.xlsx"
    authoring.export_workbook(machine, STANDARD, book)
    item = standards.load(machine, STANDARD).items[0]
    edit(book, "criteria", item.criteria[0].id, label__en="Said anew.")
    edit(book, "tree", item.code, label__zh="改了名")
    adopting.adopt(machine, adopting.draft(machine, book), f"{EDITION}-2")
    return machine


@pytest.fixture
def screen(desk: Desk, executor: ManualExecutor, qtbot: QtBot) -> LibraryScreen:
    screen = LibraryScreen(desk)
    qtbot.addWidget(screen.page)
    screen.page.resize(1076, 720)
    screen.page.show()
    screen.activate()
    executor.settle()
    return screen


def ask(screen: LibraryScreen) -> CompareDialog:
    screen.page.shelf.authoring.compare.click()
    dialog = screen.page.findChild(CompareDialog)
    assert isinstance(dialog, CompareDialog)
    return dialog


def submit(dialog: CompareDialog, executor: ManualExecutor, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.submit_button, Qt.MouseButton.LeftButton)
    executor.settle()


def test_two_editions_of_a_standard_are_offered_first_and_differ_criterion_by_criterion(
    screen: LibraryScreen, machine: Machine, executor: ManualExecutor, qtbot: QtBot
) -> None:
    dialog = ask(screen)
    assert (dialog.pair.old, dialog.pair.new) == (f"{STANDARD}@{EDITION}", f"{STANDARD}@{EDITION}-2")
    submit(dialog, executor, qtbot)
    view = screen.page.compare
    assert screen.page.stack.currentWidget() is view
    item = standards.load(machine, STANDARD, EDITION).items[0]
    shown = {(row.kind, row.what, row.id) for row in view.differences.model.rows}
    assert shown >= {("changed", "criteria", item.criteria[0].id), ("changed", "tree", item.code)}
    place = next(place for place, row in enumerate(view.differences.model.rows) if row.what == "criteria")
    view.differences.table.setCurrentIndex(view.differences.model.index(place, 0))
    text = view.differences.text.toPlainText()
    assert item.criteria[0].text.en in text
    assert "Said anew." in text
    assert "修改 1" in view.differences.note.text()


def test_packs_from_elsewhere_can_be_compared_and_equal_ones_are_called_equal(
    screen: LibraryScreen, machine: Machine, executor: ManualExecutor, dialogs: ScriptedDialogs, qtbot: QtBot
) -> None:
    dialog = ask(screen)
    folder = machine.standards[0] / STANDARD / EDITION
    assert dialog.submit_button.isEnabled()
    dialogs.paths.append(folder)
    dialog.folder_wanted.emit("old")
    dialog.boxes["new"].setCurrentIndex(dialog.boxes["new"].findData(f"{STANDARD}@{EDITION}"))
    assert dialog.pair.old == str(folder)
    submit(dialog, executor, qtbot)
    assert screen.page.compare.differences.model.rows == ()
    assert "完全相同" in screen.page.compare.differences.note.text()


def test_the_same_edition_on_both_sides_cannot_be_compared(screen: LibraryScreen, qtbot: QtBot) -> None:
    dialog = ask(screen)
    dialog.boxes["new"].setCurrentIndex(dialog.boxes["new"].findData(dialog.pair.old))
    assert not dialog.submit_button.isEnabled()


def test_a_pack_with_faults_says_why_it_cannot_be_compared(
    screen: LibraryScreen, executor: ManualExecutor, dialogs: ScriptedDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "standard.yaml").write_text("format: 1\nid: bad\n", encoding="utf-8")
    dialog = ask(screen)
    dialogs.paths.append(bad)
    dialog.folder_wanted.emit("new")
    submit(dialog, executor, qtbot)
    assert screen.page.stack.currentWidget() is screen.page.shelf
    assert "PACK-" in screen.page.message.text.text()


def test_different_standards_can_be_compared_too(
    screen: LibraryScreen, machine: Machine, executor: ManualExecutor, qtbot: QtBot
) -> None:
    dialog = ask(screen)
    dialog.boxes["new"].setCurrentIndex(dialog.boxes["new"].findData(f"{OTHER}@{EDITION}"))
    submit(dialog, executor, qtbot)
    kinds = {row.kind for row in screen.page.compare.differences.model.rows if row.what == "criteria"}
    assert kinds == {"added", "removed"}
    added = [row for row in screen.page.compare.differences.model.rows if row.kind == "added"]
    assert all(side.old == "" and side.new for row in added for side in row.sides)
