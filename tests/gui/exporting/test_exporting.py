"""The whole way on screen: identity, export, result, preview, print, and verification of the file."""

from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLineEdit, QRadioButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from maturity_desktop.errors import VerificationFailed
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.exporting.drawing import open_written
from maturity_desktop.gui.exporting.models import RegisterModel, RegisterRow
from maturity_desktop.gui.exporting.presenter import ExportScreen
from maturity_desktop.gui.exporting.printing import PrintWish, RasterPrinter, SpoolPrinter, printer_for
from maturity_desktop.gui.exporting.state import Kind
from maturity_desktop.gui.verifying.presenter import VerifyScreen
from maturity_desktop.services import exporting, signoff
from maturity_desktop.services.identities import MadeIdentity
from maturity_desktop.system.progress import silent
from tests.gui.conftest import ManualExecutor, ScriptedDialogs
from tests.gui.exporting.conftest import SECRET, click, drop, use
from tests.gui.real_assessment import RealAssessment


def export_report(screen: ExportScreen, target: Path, executor: ManualExecutor, qtbot: QtBot) -> None:
    screen.page.target.setText(str(target))
    click(screen, "export_do", qtbot)
    executor.settle()


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
    with open_sheets(target) as pages:
        assert pages > 5


def open_sheets(path: Path) -> "_Pages":
    return _Pages(path)


class _Pages:
    def __init__(self, path: Path) -> None:
        self._sheets = open_written(path, "")

    def __enter__(self) -> int:
        return self._sheets.count

    def __exit__(self, *_: object) -> None:
        self._sheets.close()


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


def test_preview_shows_the_page_and_printing_prints_it(
    screen: ExportScreen,
    identity: MadeIdentity,
    executor: ManualExecutor,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    use(screen, identity, executor, qtbot)
    export_report(screen, tmp_path / "report.pdf", executor, qtbot)
    click(screen, "written_preview", qtbot)
    executor.settle()
    previewing = screen.previewing
    assert previewing is not None
    assert not previewing.dialog.sheet.pixmap().isNull()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    previewing.print_on(printer_for(printer), PrintWish(first=1, last=2))
    executor.settle()
    with pikepdf.open(tmp_path / "printed.pdf") as printed:
        assert len(printed.pages) == 2
    previewing.dialog.accept()
    executor.settle()


def test_a_file_changed_after_export_is_neither_shown_nor_printed(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 changed")
    with pytest.raises(VerificationFailed, match="PRN-001"):
        open_written(tmp_path / "x.pdf", "0" * 64)


def test_cups_gets_the_file_itself_and_other_systems_get_pages(qtbot: QtBot, tmp_path: Path) -> None:
    to_file = QPrinter()
    to_file.setOutputFileName(str(tmp_path / "x.pdf"))
    assert isinstance(printer_for(to_file, lambda _: "/usr/bin/lp"), RasterPrinter)
    assert isinstance(printer_for(to_file, lambda _: None), RasterPrinter)


def test_the_spooler_receives_every_byte_the_pages_and_an_ascii_title(
    screen: ExportScreen, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    screen.page.identity.sign.setChecked(False)
    export_report(screen, tmp_path / "报告.pdf", executor, qtbot)
    spooler = tmp_path / "lp"
    spooler.write_text(f'#!/bin/sh\necho "$@" > "{tmp_path}/words"\ncat > "{tmp_path}/got.pdf"\n')
    spooler.chmod(0o755)
    sheets = open_written(tmp_path / "报告.pdf", "")
    SpoolPrinter("office", str(spooler)).put(sheets, PrintWish(first=2, last=3, copies=2), silent)
    sheets.close()
    assert (tmp_path / "got.pdf").read_bytes() == (tmp_path / "报告.pdf").read_bytes()
    words = "-d office -n 2 -t _.pdf -o page-ranges=2-3 -"
    assert (tmp_path / "words").read_text().strip() == words


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
