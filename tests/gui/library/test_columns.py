"""Plain tables: guessed columns, a live preview, choices that are kept, column files, several sheets."""

from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.library.presenter import LibraryScreen
from maturity_desktop.gui.library.state.columns import USES
from maturity_desktop.gui.library.views.accepting import AcceptDialog
from maturity_desktop.gui.library.views.columns import ColumnsView
from maturity_desktop.services import authoring, standards, workspaces
from maturity_desktop.services.authoring import ImportWishes
from maturity_desktop.services.context import Machine
from tests.factories import foreign_models
from tests.gui.conftest import ManualExecutor, ScriptedDialogs
from tests.gui.library.authors_desk import import_file, two_folders
from tests.gui.real_assessment import make_assessment

ENGLISH = """\
Domain,Ref,Control name,Requirement,Level
Change,CH-1,Approval,Every change is approved by its owner.,1
Change,CH-1,Approval,Approvals are kept for two years.,2
Run,RU-1,Alerts,Alerts reach somebody within five minutes.,1
"""
USED_AS_GUESSED = ["group", "group", "code", "item_zh", "level", "text_zh", "note_zh", "ignored"]


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


def table(folder: Path, content: str = foreign_models.TABLE, name: str = "checklist.csv") -> Path:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return file


def uses(view: ColumnsView) -> list[str]:
    return [use for _, use in view.chosen_uses]


def choose(view: ColumnsView, heading: str, use: str, executor: ManualExecutor, qtbot: QtBot) -> None:
    view.uses[heading].setCurrentIndex(USES.index(use))
    qtbot.wait(300)
    executor.settle()


def test_the_columns_of_a_table_are_guessed_previewed_and_accepted(
    screen: LibraryScreen, machine: Machine, executor: ManualExecutor, tmp_path: Path, qtbot: QtBot
) -> None:
    import_file(screen, table(tmp_path), executor)
    view = screen.page.columns
    assert screen.page.stack.currentWidget() is view
    assert list(view.uses) == ["领域", "能力项", "编号", "检查项", "级别", "要求", "说明", "备注"]
    assert uses(view) == USED_AS_GUESSED
    assert "评级项 3，要求点 4" in view.verdict.text.text()
    assert view.contents.rowCount() == 2
    view.head.standard_id.setText("bank-checklist")
    view.head.name_zh.setText("自查表")
    qtbot.wait(300)
    executor.settle()
    view.next.click()
    executor.settle()
    draft = screen.page.draft
    assert screen.page.stack.currentWidget() is draft
    assert [row.examples for row in draft.left.rows if "备注" in row.examples]
    draft.accept.click()
    executor.settle()
    dialog = screen.page.findChild(AcceptDialog)
    assert isinstance(dialog, AcceptDialog)
    qtbot.keyClick(dialog.edition, Qt.Key.Key_Return)
    executor.settle()
    made = standards.load(machine, "bank-checklist")
    assert made.name.zh == "自查表"
    assert [criterion.text.zh for item in made.items for criterion in item.criteria] == [
        "有主干分支。",
        "分支 3 天内合并。",
        "每次提交都有说明。",
        "告警, 有人处理。",
    ]
    work = make_assessment(machine, tmp_path, standard="bank-checklist")
    assert work.edition == made
    workspaces.close(work.workspace)


def test_english_headings_are_known_as_well(screen: LibraryScreen, executor: ManualExecutor, tmp_path: Path) -> None:
    import_file(screen, table(tmp_path, ENGLISH), executor)
    view = screen.page.columns
    assert uses(view) == ["group", "code", "item_en", "text_en", "level"]
    assert view.head_choice.language == "en"
    assert view.next.isEnabled()


def test_a_choice_is_tried_at_once_and_one_use_belongs_to_one_column(
    screen: LibraryScreen, executor: ManualExecutor, tmp_path: Path, qtbot: QtBot
) -> None:
    import_file(screen, table(tmp_path), executor)
    view = screen.page.columns
    choose(view, "要求", "ignored", executor, qtbot)
    assert not view.next.isEnabled()
    assert "要求" in view.verdict.text.text()
    choose(view, "备注", "text_zh", executor, qtbot)
    assert "要求点 2" in view.verdict.text.text()
    choose(view, "要求", "text_zh", executor, qtbot)
    assert dict(view.chosen_uses)["备注"] == "ignored"
    assert "要求点 4" in view.verdict.text.text()


def test_the_choice_is_kept_for_the_next_table_with_these_headings(
    screen: LibraryScreen, executor: ManualExecutor, tmp_path: Path, qtbot: QtBot
) -> None:
    import_file(screen, table(tmp_path), executor)
    view = screen.page.columns
    choose(view, "备注", "evidence_zh", executor, qtbot)
    view.next.click()
    executor.settle()
    screen.page.draft.columns.click()
    assert screen.page.stack.currentWidget() is view
    longer = foreign_models.TABLE + "运维,监控,OP-2,值班,1,有值班表。,,丙\n"
    import_file(screen, table(tmp_path, longer, "later.csv"), executor)
    assert dict(view.chosen_uses)["备注"] == "evidence_zh"
    assert "要求点 5" in view.verdict.text.text()


def test_a_saved_column_file_is_what_the_command_line_takes_and_comes_back_the_same(
    screen: LibraryScreen,
    machine: Machine,
    executor: ManualExecutor,
    dialogs: ScriptedDialogs,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    file = table(tmp_path)
    import_file(screen, file, executor)
    view = screen.page.columns
    choose(view, "说明", "evidence_en", executor, qtbot)
    saved = tmp_path / "columns.toml"
    dialogs.paths.extend((saved, saved))
    view.save.click()
    executor.settle()
    plan = authoring.plan_import(machine, file, wishes=ImportWishes(columns=saved))
    assert plan.is_possible
    assert plan.content is not None
    assert authoring.counts_of(plan.content.edition).evidence_requests == 1
    choose(view, "说明", "note_zh", executor, qtbot)
    view.load.click()
    executor.settle()
    assert dict(view.chosen_uses)["说明"] == "evidence_en"


def test_a_column_file_of_an_author_is_loaded_with_everything_it_says(
    screen: LibraryScreen, executor: ManualExecutor, dialogs: ScriptedDialogs, tmp_path: Path
) -> None:
    columns = tmp_path / "columns.toml"
    columns.write_text(foreign_models.COLUMNS, encoding="utf-8")
    import_file(screen, table(tmp_path), executor)
    dialogs.paths.append(columns)
    screen.page.columns.load.click()
    executor.settle()
    head = screen.page.columns.head_choice
    assert (head.standard_id, head.edition_id, head.name_zh, head.name_en) == (
        "bank-checklist",
        "2026",
        "自查表",
        "Checklist",
    )
    assert uses(screen.page.columns) == USED_AS_GUESSED


def test_a_sheet_can_be_chosen_its_headings_found_and_levels_may_have_columns_of_their_own(
    screen: LibraryScreen, executor: ManualExecutor, tmp_path: Path, qtbot: QtBot
) -> None:
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "封面"
    first.append(["自查表", "2026"])
    page = book.create_sheet("检查表")
    page.append(["某银行自查表", None, None, None])
    page.append(["能力域", "能力项名称", "一级", "二级"])
    page.append(["配置管理", "分支", "1. 有主干\n2. 有规则", "同上"])
    page.append([None, "提交", "无", "每次提交有说明"])
    book.save(tmp_path / "book.xlsx")
    import_file(screen, tmp_path / "book.xlsx", executor)
    view = screen.page.columns
    view.head.sheet.setCurrentText("检查表")
    executor.settle()
    assert view.head_choice.header_row == 2
    assert uses(view) == ["group", "item_zh", "level_column", "level_column"]
    executor.settle()
    assert "节点 1，评级项 2，要求点 3" in view.verdict.text.text()
    view.head.header_row.setValue(1)
    executor.settle()
    assert list(view.uses) == ["某银行自查表"]
    assert not view.next.isEnabled()


def test_every_column_can_be_reached_by_keys(
    screen: LibraryScreen, executor: ManualExecutor, tmp_path: Path, qtbot: QtBot
) -> None:
    import_file(screen, table(tmp_path), executor)
    view = screen.page.columns
    boxes = list(view.uses.values())
    boxes[0].setFocus()
    for box, following in pairwise(boxes):
        qtbot.keyClick(box, Qt.Key.Key_Tab)
        assert screen.page.focusWidget() is following
    assert all(box.accessibleName() and box.objectName() for box in boxes)
