"""Importing from the window: a dry run with everything shown, and only an accepted import is written."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from maturity_desktop.domain import canonical
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.library.presenter import LibraryScreen
from maturity_desktop.gui.library.state.drafts import DraftTab
from maturity_desktop.gui.library.views.accepting import AcceptDialog
from maturity_desktop.services import authoring, standards
from maturity_desktop.services.context import Machine
from maturity_desktop.settings import options
from tests.factories import foreign_models
from tests.gui.conftest import ManualExecutor, ScriptedDialogs
from tests.gui.library.authors_desk import EDITION, STANDARD, differences, edit, import_file, tree_below, two_folders


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return two_folders(tmp_path)


@pytest.fixture
def screen(desk: Desk, executor: ManualExecutor, qtbot: QtBot) -> LibraryScreen:
    screen = LibraryScreen(desk)
    qtbot.addWidget(screen.page)
    screen.page.resize(1076, 720)
    screen.page.show()
    screen.activate()
    executor.settle()
    return screen


def accept(screen: LibraryScreen, executor: ManualExecutor, qtbot: QtBot) -> AcceptDialog:
    """Open the question that comes before writing."""
    qtbot.mouseClick(screen.page.draft.accept, Qt.MouseButton.LeftButton)
    executor.settle()
    dialog = screen.page.findChild(AcceptDialog)
    assert isinstance(dialog, AcceptDialog)
    return dialog


def submit(dialog: AcceptDialog, executor: ManualExecutor, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.edition, Qt.Key.Key_Return)
    executor.settle()


def workbook(machine: Machine, folder: Path) -> Path:
    book = folder / "changed.xlsx"
    authoring.export_workbook(machine, STANDARD, book)
    return book


def test_the_chosen_edition_is_saved_as_a_workbook_and_the_counts_are_said(
    screen: LibraryScreen, machine: Machine, executor: ManualExecutor, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    dialogs.paths.append(tmp_path / "out")
    screen.page.shelf.authoring.export.click()
    executor.settle()
    row = screen.page.shelf.chosen
    assert row is not None
    plan = authoring.plan_import(machine, tmp_path / "out.xlsx")
    assert plan.content is not None
    assert plan.content.edition.standard_id == row.standard_id
    assert f"要求点 {row.criteria}，证据要求 {row.evidence}" in screen.page.message.text.text()


def test_the_open_book_is_saved_as_the_same_workbook(
    screen: LibraryScreen,
    machine: Machine,
    executor: ManualExecutor,
    dialogs: ScriptedDialogs,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    qtbot.keyClick(screen.page.shelf.shelf_table, Qt.Key.Key_Return)
    executor.settle()
    dialogs.paths.append(tmp_path / "out.xlsx")
    screen.page.book.export.click()
    executor.settle()
    authoring.export_workbook(machine, STANDARD, tmp_path / "again.xlsx")
    assert (tmp_path / "out.xlsx").read_bytes() == (tmp_path / "again.xlsx").read_bytes()


def test_a_changed_workbook_is_shown_accepted_under_a_new_edition_and_stands_on_the_shelf(
    screen: LibraryScreen, machine: Machine, executor: ManualExecutor, tmp_path: Path, qtbot: QtBot
) -> None:
    book = workbook(machine, tmp_path)
    criterion = standards.load(machine, STANDARD).items[0].criteria[0]
    edit(book, "criteria", criterion.id, label__zh=criterion.text.zh + "并有记录。", label__en="Said anew.")
    import_file(screen, book, executor)
    view = screen.page.draft
    assert screen.page.stack.currentWidget() is view
    assert view.tabs.currentIndex() == tuple(DraftTab).index(DraftTab.DIFFERENCES)
    (row,) = differences(screen)
    assert (row.kind, row.what, row.id) == ("changed", "criteria", criterion.id)
    sides = {side.field: (side.old, side.new) for side in row.sides}
    assert sides["文字（中文）"] == (criterion.text.zh, criterion.text.zh + "并有记录。")
    assert sides["文字（英文）"] == (criterion.text.en, "Said anew.")
    shown = view.differences.text.toPlainText()
    assert criterion.text.zh in shown
    assert "Said anew." in shown
    assert "修改 1" in view.differences.note.text()
    assert tree_below(tmp_path / "own") == []
    dialog = accept(screen, executor, qtbot)
    assert dialog.edition.text() == f"{EDITION}-2"
    submit(dialog, executor, qtbot)
    chosen = screen.page.shelf.chosen
    assert chosen is not None
    assert (chosen.standard_id, chosen.edition_id) == (STANDARD, f"{EDITION}-2")
    assert screen.page.stack.currentWidget() is screen.page.shelf
    made = standards.load(machine, STANDARD, f"{EDITION}-2")
    assert made.criterion_by_id[criterion.id].text.en == "Said anew."
    assert canonical.digest(made) == chosen.digest
    assert standards.check(tmp_path / "own" / STANDARD / f"{EDITION}-2") == ()
    assert standards.load(machine, STANDARD, EDITION).criterion_by_id[criterion.id] == criterion


def test_the_edition_of_a_shipped_standard_cannot_be_taken_and_an_own_one_is_replaced(
    screen: LibraryScreen, machine: Machine, executor: ManualExecutor, tmp_path: Path, qtbot: QtBot
) -> None:
    book = workbook(machine, tmp_path)
    criterion = standards.load(machine, STANDARD).items[0].criteria[0]
    for words in ("First.", "Second."):
        edit(book, "criteria", criterion.id, label__en=words)
        import_file(screen, book, executor)
        dialog = accept(screen, executor, qtbot)
        for edition, is_possible in ((EDITION, False), ("2021/2", True), ("own", True)):
            dialog.edition.setText(edition)
            executor.settle()
            assert dialog.submit_button.isEnabled() is is_possible
            if edition == "2021/2":
                submit(dialog, executor, qtbot)
                assert "2021/2" in dialog.message.text.text()
        submit(dialog, executor, qtbot)
        made = standards.load(machine, STANDARD, "own")
        assert made.criterion_by_id[criterion.id].text.en == words
    assert len([card for card in standards.library(machine) if card.standard_id == STANDARD]) == 2


def test_a_bad_workbook_shows_each_fault_by_cell_and_nothing_is_written(
    screen: LibraryScreen,
    machine: Machine,
    executor: ManualExecutor,
    dialogs: ScriptedDialogs,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    book = workbook(machine, tmp_path)
    criterion = standards.load(machine, STANDARD).items[0].criteria[0]
    edit(book, "criteria", criterion.id, operator="~")
    import_file(screen, book, executor)
    view = screen.page.draft
    assert view.tabs.currentIndex() == tuple(DraftTab).index(DraftTab.FAULTS)
    assert not view.accept.isEnabled()
    rows = [row for row in view.faults.model.rows if row.is_error]
    assert {(row.sheet, row.column) for row in rows} >= {("criteria", "K operator")}
    assert all(row.row > 1 and row.what and row.mend for row in rows)
    view.faults.table.setFocus()
    qtbot.keyClick(view.faults.table, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == view.faults.model.rows[0].line
    screen.importing.ask()
    executor.settle()
    assert screen.page.findChild(AcceptDialog) is None
    assert tree_below(tmp_path / "own") == []
    dialogs.paths.append(tmp_path / "faults.xlsx")
    view.faults.save.click()
    executor.settle()
    again = authoring.plan_import(machine, tmp_path / "faults.xlsx")
    assert [issue.code for issue in again.issues if issue.is_error] == [
        issue.code for issue in authoring.plan_import(machine, book).issues if issue.is_error
    ]
    assert str(tmp_path / "faults.xlsx") in screen.page.message.text.text()


def test_a_foreign_model_tells_what_it_does_not_carry_and_its_groups_can_become_levels(
    screen: LibraryScreen, machine: Machine, executor: ManualExecutor, tmp_path: Path, qtbot: QtBot
) -> None:
    library = tmp_path / "house.yaml"
    library.write_text(foreign_models.LIBRARY, encoding="utf-8")
    import_file(screen, library, executor)
    view = screen.page.draft
    assert view.facts.shown["来源格式"] == "CISO Assistant 库"
    assert view.facts.shown["导入的条目"] == "4 / 4"
    assert view.left.rows
    assert all(row.what and row.count for row in view.left.rows)
    assert view.differences.model.rows == ()
    for groups, levels in (("scopes", 1), ("levels", 3)):
        view.groups.setCurrentIndex(view.groups.findData(groups))
        view.groups.activated.emit(view.groups.currentIndex())
        executor.settle()
        assert len(view.facts.shown["级别"].split()) == levels
    submit(accept(screen, executor, qtbot), executor, qtbot)
    assert [card.standard_id for card in standards.library(machine)].count("house-rules") == 1


def test_samm_files_come_in_as_a_folder_by_drop(
    screen: LibraryScreen, executor: ManualExecutor, tmp_path: Path
) -> None:
    folder = foreign_models.samm_files(tmp_path / "samm")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys)
    screen.page.dropEvent(event)
    executor.settle()
    assert screen.page.draft.facts.shown["来源格式"] == "OWASP SAMM 模型"


def test_a_pack_goes_over_to_the_byte_of_its_files_into_another_folder(
    screen: LibraryScreen, machine: Machine, executor: ManualExecutor, tmp_path: Path, qtbot: QtBot
) -> None:
    pack = machine.standards[0] / STANDARD / EDITION
    import_file(screen, pack, executor)
    assert differences(screen) == []
    dialog = accept(screen, executor, qtbot)
    assert not dialog.submit_button.isEnabled()
    dialog.set_folder(tmp_path / "elsewhere")
    executor.settle()
    submit(dialog, executor, qtbot)
    assert tree_below(tmp_path / "elsewhere") == tree_below(pack)
    assert all((tmp_path / "elsewhere" / name).read_bytes() == (pack / name).read_bytes() for name in tree_below(pack))
    assert str(tmp_path / "elsewhere") in screen.page.message.text.text()


def test_a_file_nobody_knows_says_what_can_be_imported_and_a_stopped_import_shows_nothing(
    screen: LibraryScreen, executor: ManualExecutor, tmp_path: Path
) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-")
    import_file(screen, tmp_path / "x.pdf", executor)
    assert "x.pdf" in screen.page.message.text.text()
    library = tmp_path / "house.yaml"
    library.write_text(foreign_models.LIBRARY, encoding="utf-8")
    screen.importing.look_at(library)
    screen.page.strip.cancel_button.click()
    executor.settle()
    assert screen.page.stack.currentWidget() is screen.page.shelf
    assert not screen.page.strip.isVisible()


def test_an_import_on_show_speaks_the_other_language_at_once(
    screen: LibraryScreen, machine: Machine, desk: Desk, executor: ManualExecutor, tmp_path: Path
) -> None:
    book = workbook(machine, tmp_path)
    criterion = standards.load(machine, STANDARD).items[0].criteria[0]
    edit(book, "criteria", criterion.id, label__en="Said anew.")
    import_file(screen, book, executor)
    desk.keep(options.LANGUAGE, "en")
    screen.retranslate()
    executor.settle()
    (row,) = differences(screen)
    assert (row.kind_word, row.fields) == ("Changed", "Text (English)")
    assert screen.page.draft.accept.text() == "Accept…"


def test_the_list_of_differences_can_be_narrowed(
    screen: LibraryScreen, machine: Machine, executor: ManualExecutor, tmp_path: Path, qtbot: QtBot
) -> None:
    book = workbook(machine, tmp_path)
    item = standards.load(machine, STANDARD).items[0]
    edit(book, "criteria", item.criteria[0].id, label__en="Said anew.")
    edit(book, "tree", item.code, label__zh="改了名")
    import_file(screen, book, executor)
    view = screen.page.draft.differences
    assert view.model.rowCount() == 2
    view.kinds.setCurrentIndex(view.kinds.findData("criteria"))
    assert view.model.rowCount() == 1
    view.box.setText("改了名")
    qtbot.wait(200)
    assert view.model.rowCount() == 0
    assert view.text.toPlainText() == ""
    view.kinds.setCurrentIndex(view.kinds.findData("all"))
    assert [row.id for row in view.model.rows] == [item.code]
