"""The whole way on screen: identity, export, result, preview, print, and verification of the file."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QRadioButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.printing.drawing import Sheets
from maturity_desktop.gui.exporting.models import RegisterModel, RegisterRow
from maturity_desktop.gui.exporting.presenter import ExportScreen
from maturity_desktop.gui.exporting.state import Kind
from maturity_desktop.gui.verifying.presenter import VerifyScreen
from maturity_desktop.services import exporting, signoff
from maturity_desktop.services.identities import MadeIdentity
from tests.gui.conftest import ManualExecutor, ScriptedDialogs
from tests.gui.exporting.conftest import SECRET, click, drop, export_report, use
from tests.gui.real_assessment import RealAssessment


def test_a_signed_report_is_written_counted_and_shown(
    screen: ExportScreen,
    answered: RealAssessment,
    identity: MadeIdentity,
    executor: ManualExecutor,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    use(screen, identity, executor, qtbot)
    target = tmp_path / "report.pdf"
    export_report(screen, target, executor, qtbot)
    assert target.stat().st_size > 0
    texts = [label.text() for label in screen.page.results.findChildren(type(screen.page.lacks))]
    total = len(answered.edition.criterion_by_id)
    assert any(f"{total}/{total}" in text for text in texts)
    assert any("Lin" in text for text in texts)
    assert screen.page.results.model.rowCount() == 1
    pages = Sheets(target.read_bytes(), target.name)
    assert pages.count > 5
    pages.close()


def test_a_wrong_passphrase_of_the_identity_locks_the_button_and_says_why(
    screen: ExportScreen, identity: MadeIdentity, executor: ManualExecutor, qtbot: QtBot
) -> None:
    edit = screen.view.findChild(QLineEdit, "export_passphrase")
    assert edit is not None
    screen.page.identity.file.place.setText(str(identity.pkcs12))
    qtbot.keyClicks(edit, "wrong")
    screen.identity.check()
    executor.settle()
    assert not screen.page.export_button.isEnabled()
    assert screen.page.identity.file.secret_field.hint.text()


def test_an_identity_can_be_made_and_its_root_is_trusted(
    screen: ExportScreen, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    click(screen, "export_identity_make", qtbot)
    for name, text in (
        ("identity_name", "Zhou"),
        ("identity_folder", str(tmp_path)),
        ("identity_passphrase", SECRET),
        ("identity_again", SECRET),
    ):
        edit = screen.view.findChild(QLineEdit, name)
        assert edit is not None
        edit.clear()
        qtbot.keyClicks(edit, text)
    click(screen, "identity_dialog_submit", qtbot)
    executor.settle()
    assert (tmp_path / "Zhou.p12").exists()
    assert screen.identity.is_good
    verify = VerifyScreen(screen.desk, screen.desk.theme)
    qtbot.addWidget(verify.view)
    assert verify.roots == (tmp_path / "Zhou-root.pem",)


def test_a_certificate_waits_for_its_issuing_body(
    screen: ExportScreen, answered: RealAssessment, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    signoff.submit(answered.workspace, answered.assessment.id)
    signoff.approve(answered.workspace, answered.assessment.id)
    screen.page.identity.sign.setChecked(False)
    radio = screen.view.findChild(QRadioButton, "export_kind_certificate")
    assert radio is not None
    radio.click()
    assert not screen.page.export_button.isEnabled()
    click(screen, "export_body", qtbot)
    edit = screen.view.findChild(QLineEdit, "body_en")
    assert edit is not None
    qtbot.keyClicks(edit, "Test Centre")
    click(screen, "body_dialog_submit", qtbot)
    executor.settle()
    assert screen.page.export_button.isEnabled()
    export_report(screen, tmp_path / "certificate.pdf", executor, qtbot)
    (record,) = exporting.list_exports(answered.workspace, answered.assessment.id)
    assert record.kind == "certificate"
    assert record.serial.startswith("MD-")


def test_a_cancelled_export_leaves_no_file(
    screen: ExportScreen, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    screen.page.identity.sign.setChecked(False)
    target = tmp_path / "report.pdf"
    screen.page.target.setText(str(target))
    click(screen, "export_do", qtbot)
    click(screen, "export_job_cancel", qtbot)
    executor.settle()
    assert not target.exists()
    assert not list(tmp_path.glob("*.part"))
    assert screen.page.results.message.isVisible()
    assert screen.can_close()


def test_a_dropped_file_gets_its_verdict(
    screen: ExportScreen,
    identity: MadeIdentity,
    executor: ManualExecutor,
    dialogs: ScriptedDialogs,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    use(screen, identity, executor, qtbot)
    export_report(screen, tmp_path / "report.pdf", executor, qtbot)
    verify = VerifyScreen(screen.desk, screen.desk.theme)
    qtbot.addWidget(verify.view)
    for expected in ("untrusted", "valid"):
        drop(verify, tmp_path / "report.pdf")
        executor.settle()
        headline = screen.desk.speech.say(f"verifying.verdict.{expected}", name="report.pdf")
        assert verify.page._cards[0].accessibleName() == headline
        dialogs.paths.append(identity.root)
        verify.page.add_root_wanted.emit()


def test_the_register_is_a_sound_model(desk: Desk, qtmodeltester: ModelTester) -> None:
    model = RegisterModel(desk.speech)
    row = RegisterRow(at=str(date(2026, 11, 23)), kind="x", file_name="f", signer="s", serial="", by="b", sha256="0")
    model.show_rows((row, row))
    qtmodeltester.check(model, force_py=True)


def test_the_suggested_name_follows_the_kind_until_it_is_changed_by_hand(screen: ExportScreen) -> None:
    assert screen.page.target.text().endswith(".pdf")
    screen.page.kinds[Kind.WORKBOOK].click()
    assert screen.page.target.text().endswith(".xlsx")
    screen.page.target.setText("/mine.xlsx")
    screen.page.kinds[Kind.REPORT].click()
    assert screen.page.target.text() == "/mine.xlsx"
