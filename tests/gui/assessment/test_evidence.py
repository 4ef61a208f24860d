"""Evidence on screen: attached by key, matched by name, linked, previewed from memory, copied only after a warning."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from maturity_desktop.domain.evidence import Custody
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.standard import EvidenceKind
from maturity_desktop.gui.assessment.evidence_presenter import EvidenceScreen
from maturity_desktop.gui.assessment.presenter import QuestionnaireScreen
from maturity_desktop.gui.assessment.previewing import decode
from maturity_desktop.gui.assessment.views.evidence_forms import EvidenceDialog
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.services import evidence
from tests.gui.assessment.conftest import Press
from tests.gui.conftest import ManualExecutor, ScriptedDialogs
from tests.gui.real_assessment import RealAssessment

FIRST = CriterionId("CM-VC-VCS-2.1")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#17996E"))
    path = tmp_path / "CM-VC-VCS-L2-2-仓库列表.png"
    assert image.save(str(path))
    return path


@pytest.fixture
def register(desk: Desk, real: RealAssessment, executor: ManualExecutor, qtbot: QtBot) -> Iterator[EvidenceScreen]:
    made = EvidenceScreen(desk)
    qtbot.addWidget(made.page)
    made.page.resize(1220, 664)
    with qtbot.waitExposed(made.page):
        made.page.show()
    made.enter(real.place)
    made.activate()
    executor.settle()
    yield made
    executor.settle()


def test_e_attaches_to_the_criterion_in_focus_and_answers_the_request(
    screen: QuestionnaireScreen,
    press: Press,
    executor: ManualExecutor,
    dialogs: ScriptedDialogs,
    real: RealAssessment,
    picture: Path,
) -> None:
    dialogs.paths.append(picture)
    press(Qt.Key.Key_E)
    executor.settle()
    (saved,) = evidence.list_evidence(real.workspace, real.assessment.id)
    assert (saved.kind, saved.request_code) == (EvidenceKind.SCREENSHOT, "CM-VC-VCS-L2-2")
    assert [link.criterion_id for link in saved.links] == [FIRST]
    requests = screen.page.side.evidence.requests_model.rows
    assert [request.is_met for request in requests if request.code == "CM-VC-VCS-L2-2"] == [True]
    assert not screen.page.intake.isVisible()


def test_a_missing_file_is_told_and_the_others_come_in(
    screen: QuestionnaireScreen, executor: ManualExecutor, real: RealAssessment, picture: Path, tmp_path: Path
) -> None:
    screen.evidence.attach((tmp_path / "gone.pdf", picture))
    executor.settle()
    assert len(evidence.list_evidence(real.workspace, real.assessment.id)) == 1
    assert screen.page.message.isVisible()


def test_v_shows_the_picture_inside_the_window_and_escape_returns(
    screen: QuestionnaireScreen, press: Press, executor: ManualExecutor, picture: Path
) -> None:
    screen.evidence.attach((picture,))
    executor.settle()
    picture.unlink()
    press(Qt.Key.Key_V)
    executor.settle()
    pane = screen.page.preview
    assert screen.page.inner.currentWidget() is pane
    assert pane.stack.currentWidget() is pane.picture
    press(Qt.Key.Key_Escape)
    assert screen.page.inner.currentWidget() is screen.page.grid
    assert screen.page.grid.hasFocus()


def test_unlinking_keeps_the_evidence(
    screen: QuestionnaireScreen, executor: ManualExecutor, qtbot: QtBot, real: RealAssessment, picture: Path
) -> None:
    screen.evidence.attach((picture,))
    executor.settle()
    qtbot.mouseClick(screen.page.side.evidence.unlink, Qt.MouseButton.LeftButton)
    executor.settle()
    assert evidence.list_evidence(real.workspace, real.assessment.id) == ()
    assert len(evidence.list_evidence(real.workspace)) == 1


def test_dropped_files_with_a_code_are_linked_to_the_cell_that_asks_for_them(
    register: EvidenceScreen, executor: ManualExecutor, real: RealAssessment, picture: Path
) -> None:
    register.page.files_dropped.emit((picture,))
    executor.settle()
    (saved,) = evidence.list_evidence(real.workspace, real.assessment.id)
    assert {link.criterion_id for link in saved.links} == {"CM-VC-VCS-2.1", "CM-VC-VCS-2.2"}
    met = [row.code for row in register.page.wanted.rows if row.is_met]
    assert met == ["CM-VC-VCS-L2-2"]


def test_text_is_shown_in_its_own_encoding(register: EvidenceScreen, executor: ManualExecutor, tmp_path: Path) -> None:
    note = tmp_path / "说明.txt"
    note.write_bytes("发布审批记录".encode("gb18030"))
    register.page.files_dropped.emit((note,))
    executor.settle()
    register.page.evidence_table.selectRow(0)
    executor.settle()
    assert register.page.preview.writing.toPlainText() == "发布审批记录"
    assert "gb18030" in register.page.preview.detail.text()


@pytest.mark.parametrize(
    ("content", "encoding"),
    [("度量".encode(), "utf-8"), ("度量".encode("gb18030"), "gb18030"), ("度量".encode("utf-8-sig"), "utf-8-sig")],
)
def test_encodings_are_told_apart(content: bytes, encoding: str) -> None:
    assert decode(content) == ("度量", encoding)


def test_a_pdf_is_shown_page_by_page(register: EvidenceScreen, executor: ManualExecutor, tmp_path: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    for _ in range(2):
        document.new_page(300, 200)
    path = tmp_path / "two-pages.pdf"
    document.save(str(path))
    document.close()
    register.page.files_dropped.emit((path,))
    executor.settle()
    register.page.evidence_table.selectRow(0)
    executor.settle()
    pane = register.page.preview
    assert pane.stack.currentWidget() is pane.picture
    assert "1 / 2" in pane.detail.text()
    pane.page_wanted.emit(1)
    executor.settle()
    assert "2 / 2" in pane.detail.text()


def test_a_damaged_picture_says_so(register: EvidenceScreen, executor: ManualExecutor, tmp_path: Path) -> None:
    for name in ("broken.png", "broken.pdf"):
        path = tmp_path / name
        path.write_bytes(b"not what the name says")
        register.page.files_dropped.emit((path,))
        executor.settle()
        register.page.evidence_table.setCurrentIndex(QModelIndex())
        register.page.evidence_table.selectRow(register.page.evidence_rows.rowCount() - 1)
        executor.settle()
        pane = register.page.preview
        assert pane.stack.currentWidget() is pane.message
        assert pane.message.text()


def test_a_copy_is_written_only_after_the_warning(
    register: EvidenceScreen, executor: ManualExecutor, dialogs: ScriptedDialogs, picture: Path, tmp_path: Path
) -> None:
    content = picture.read_bytes()
    register.page.files_dropped.emit((picture,))
    executor.settle()
    register.page.evidence_table.selectRow(0)
    executor.settle()
    dialogs.paths.append(tmp_path / "copy.png")
    dialogs.says_yes = False
    register.page.preview.copy_wanted.emit()
    executor.settle()
    assert not (tmp_path / "copy.png").exists()
    dialogs.says_yes = True
    register.page.preview.copy_wanted.emit()
    executor.settle()
    assert (tmp_path / "copy.png").read_bytes() == content
    assert register.page.message.isVisible()


def test_evidence_by_reference_needs_name_and_place(
    register: EvidenceScreen, executor: ManualExecutor, qtbot: QtBot, real: RealAssessment
) -> None:
    register.page.refer_wanted.emit()
    dialog = register.page.findChild(EvidenceDialog)
    assert dialog is not None
    dialog._edits["file_name"].setText("审计报告.pdf")
    dialog.submitted.emit()
    executor.settle()
    assert dialog.message.isVisible()
    dialog._edits["place"].setText("总行档案室 3 柜")
    dialog.submitted.emit()
    executor.settle()
    (saved,) = evidence.list_evidence(real.workspace)
    assert (saved.custody, saved.newest.file_name) == (Custody.BY_REFERENCE, "审计报告.pdf")


def test_a_new_revision_keeps_the_old_one(
    register: EvidenceScreen, executor: ManualExecutor, dialogs: ScriptedDialogs, real: RealAssessment, picture: Path
) -> None:
    register.page.files_dropped.emit((picture,))
    executor.settle()
    register.page.evidence_table.selectRow(0)
    executor.settle()
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor("#B3261E"))
    image.save(str(picture))
    dialogs.paths.append(picture)
    register.page.act_wanted.emit("revise")
    executor.settle()
    (saved,) = evidence.list_evidence(real.workspace)
    assert [revision.number for revision in saved.revisions] == [1, 2]
