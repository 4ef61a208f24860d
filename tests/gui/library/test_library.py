"""The library: every edition with its counts, search across all texts, reading, printing, checking; no workspace."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableView, QTextBrowser, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.screens import Screen
from maturity_desktop.gui.library.models.contents import CODE
from maturity_desktop.gui.library.presenter import LibraryScreen
from maturity_desktop.gui.library.state.book import ABOUT, GLOSSARY, Reader
from maturity_desktop.services import standards
from maturity_desktop.services.context import Machine
from maturity_desktop.settings import options
from tests.gui.conftest import ManualExecutor, ScriptedDialogs


@pytest.fixture
def screen(desk: Desk, executor: ManualExecutor, qtbot: QtBot) -> LibraryScreen:
    screen = LibraryScreen(desk)
    qtbot.addWidget(screen.page)
    screen.page.resize(1076, 720)
    screen.page.show()
    screen.activate()
    executor.settle()
    return screen


def look_for(screen: LibraryScreen, text: str, qtbot: QtBot) -> None:
    screen.page.shelf.box.setText(text)
    qtbot.wait(200)


def press(widget: QWidget, key: Qt.Key, qtbot: QtBot) -> None:
    qtbot.keyClick(widget, key)


def read(screen: LibraryScreen, standard: str, executor: ManualExecutor, qtbot: QtBot) -> None:
    shelf = screen.page.shelf
    place = next(row for row in range(len(shelf.shelf.rows)) if shelf.shelf.rows[row].standard_id == standard)
    shelf.shelf_table.setCurrentIndex(shelf.shelf_table.model().index(place, 0))
    press(shelf.shelf_table, Qt.Key.Key_Return, qtbot)
    executor.settle()


def test_every_edition_stands_on_the_shelf_with_its_counts(screen: LibraryScreen, machine: Machine) -> None:
    cards = standards.library(machine)
    rows = screen.page.shelf.shelf.rows
    assert [row.digest for row in rows] == [card.digest for card in cards]
    assert [(row.items, row.criteria, row.evidence) for row in rows] == [
        (card.rated_items, card.criteria, card.evidence_requests) for card in cards
    ]
    assert cards[0].digest in screen.page.shelf.details.text()


def test_a_search_finds_two_chinese_characters_and_opens_the_book_at_the_place(
    screen: LibraryScreen, executor: ManualExecutor, qtbot: QtBot
) -> None:
    look_for(screen, "部署", qtbot)
    shelf = screen.page.shelf
    assert len(shelf.hits.rows) > 10
    press(shelf.box, Qt.Key.Key_Down, qtbot)
    place = next(number for number, row in enumerate(shelf.hits.rows) if row.criterion_id)
    shelf.hits_table.setCurrentIndex(shelf.hits_table.model().index(place, 0))
    press(shelf.hits_table, Qt.Key.Key_Return, qtbot)
    executor.settle()
    hit, book = shelf.hits.rows[place], screen.page.book
    assert screen.page.stack.currentWidget() is book
    assert book.tree.currentIndex().data(CODE) == hit.place
    assert hit.text in book.text.toPlainText()
    press(book.tree, Qt.Key.Key_Escape, qtbot)
    assert screen.page.stack.currentWidget() is shelf
    assert shelf.box.text() == "部署"


def test_nothing_found_is_said_and_an_empty_box_shows_the_shelf_again(screen: LibraryScreen, qtbot: QtBot) -> None:
    look_for(screen, "没有这样的话", qtbot)
    assert "没有找到" in screen.page.shelf.count.text()
    look_for(screen, "", qtbot)
    assert screen.page.shelf.list_on_show is screen.page.shelf.shelf_table
    assert screen.page.shelf.count.text() == ""


@pytest.mark.parametrize("standard", ["cn-devops-3", "cn-devops-8", "cn-devops-pm"])
def test_a_book_shows_every_text_of_an_item_and_always_where_the_wording_comes_from(
    screen: LibraryScreen, machine: Machine, executor: ManualExecutor, qtbot: QtBot, standard: str
) -> None:
    edition = standards.load(machine, standard)
    read(screen, standard, executor, qtbot)
    book = screen.page.book
    for item in edition.items[:: max(1, len(edition.items) // 6)]:
        book.choose(item.code)
        text = book.text.toPlainText()
        assert all(criterion.text.zh in text for criterion in item.criteria)
        assert all(criterion.note.zh in text for criterion in item.criteria)
        assert all(question.zh in text for question in item.questions)
        assert all(request.title.zh in text for cell in item.cells for request in cell.evidence)
        assert edition.provenance_note.zh in book.source.text()
        assert book.source.isVisible()


def test_every_place_of_the_contents_has_its_own_page(machine: Machine, desk: Desk) -> None:
    edition = standards.load(machine, "cn-devops-8")
    reader = Reader(edition=edition, language="en", say=desk.speech.say)
    for code in (ABOUT, GLOSSARY, *edition.node_by_code, *edition.item_by_code):
        assert reader.page(code).code == code


def test_a_change_of_language_keeps_the_place(
    screen: LibraryScreen, desk: Desk, executor: ManualExecutor, machine: Machine, qtbot: QtBot
) -> None:
    read(screen, "cn-devops-3", executor, qtbot)
    item = standards.load(machine, "cn-devops-3").items[4]
    screen.page.book.choose(item.code)
    desk.keep(options.LANGUAGE, "en")
    screen.retranslate()
    assert screen.page.book.tree.currentIndex().data(CODE) == item.code
    assert item.criteria[0].text.en in screen.page.book.text.toPlainText()


def test_a_book_is_saved_as_pdf_and_counted(
    screen: LibraryScreen, executor: ManualExecutor, dialogs: ScriptedDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    read(screen, "cn-devops-pm", executor, qtbot)
    dialogs.paths.append(tmp_path / "book.pdf")
    qtbot.mouseClick(screen.page.book.print, Qt.MouseButton.LeftButton)
    executor.settle()
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF-")
    assert str(tmp_path / "book.pdf") in screen.page.message.text.text()


def test_a_book_that_cannot_be_written_says_why(
    screen: LibraryScreen, executor: ManualExecutor, dialogs: ScriptedDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    read(screen, "cn-devops-pm", executor, qtbot)
    dialogs.paths.append(tmp_path / "no" / "book.pdf")
    screen.save_book()
    executor.settle()
    assert screen.page.message.isVisible()
    assert str(tmp_path / "no") in screen.page.message.text.text()


def test_checking_a_pack_lists_each_problem_with_place_and_advice(
    screen: LibraryScreen, executor: ManualExecutor, dialogs: ScriptedDialogs, tmp_path: Path, machine: Machine
) -> None:
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "standard.yaml").write_text("format: 1\nid: bad\nedition: '1'\n", encoding="utf-8")
    good = standards.library(machine)[0].place
    dialogs.paths.extend((bad, good))
    screen.checking.choose()
    executor.settle()
    check = screen.page.check
    assert screen.page.stack.currentWidget() is check
    assert len(check.issues.rows) == len(standards.check(bad)) > 0
    assert all(row.place and row.code and row.text for row in check.issues.rows)
    screen.checking.choose()
    executor.settle()
    assert check.issues.rows == ()
    assert "没有问题" in check.verdict.text.text()


def test_a_folder_of_several_packs_is_checked_as_a_whole(
    screen: LibraryScreen, executor: ManualExecutor, dialogs: ScriptedDialogs, tmp_path: Path, machine: Machine
) -> None:
    folder = tmp_path / "several"
    shutil.copytree(machine.standards[0] / "cn-devops-pm", folder / "cn-devops-pm")
    (folder / "bad").mkdir()
    (folder / "bad" / "standard.yaml").write_text("format: 1\nid: bad\nedition: '1'\n", encoding="utf-8")
    dialogs.paths.extend((folder, tmp_path / "nothing"))
    (tmp_path / "nothing").mkdir()
    screen.checking.choose()
    executor.settle()
    check = screen.page.check
    assert {row.place.split("/")[0] for row in check.issues.rows} == {"bad"}
    assert "内容包 2 个" in check.verdict.text.text()
    screen.checking.choose()
    executor.settle()
    assert [row.code for row in check.issues.rows] == ["PACK-003"]


def test_every_control_has_a_name_for_screen_readers(
    screen: LibraryScreen, executor: ManualExecutor, qtbot: QtBot
) -> None:
    read(screen, "cn-devops-3", executor, qtbot)
    for kind in (QLineEdit, QTableView, QTreeView, QTextBrowser):
        assert all(found.accessibleName() for found in screen.page.findChildren(kind))
    shown = [found for found in screen.page.findChildren(QPushButton) if found.isVisible()]
    assert {found.objectName() for found in shown} >= {"book_back", "book_print"}
    assert all(found.text() for found in shown)


def test_it_is_a_screen_that_needs_no_workspace(screen: LibraryScreen) -> None:
    assert isinstance(screen, Screen)
    assert not screen.needs_assessment
    screen.enter(None)
    assert screen.page.shelf.shelf.rows
