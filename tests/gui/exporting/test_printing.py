"""Preview and print: the very file, a warning where it does not verify, and every print in the journal."""

import json
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from maturity_desktop.errors import EnvironmentProblem, VerificationFailed
from maturity_desktop.gui.common.printing.drawing import Sheets
from maturity_desktop.gui.common.printing.previewing import Previewing
from maturity_desktop.gui.common.printing.printers import RasterPrinter, SpoolPrinter, printer_for
from maturity_desktop.gui.exporting.presenter import ExportScreen
from maturity_desktop.gui.verifying.presenter import VerifyScreen
from maturity_desktop.services import journal, printing
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.identities import MadeIdentity
from maturity_desktop.services.printing import PrintJob, Source
from maturity_desktop.services.verifying import Verdict
from maturity_desktop.system.progress import silent
from tests.gui.conftest import ManualExecutor
from tests.gui.exporting.conftest import click, drop, export_report, use
from tests.gui.real_assessment import RealAssessment


def into_file(target: Path, *, pages: tuple[int, int] | None = None) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    if pages is not None:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(*pages)
    return printer


def shown(screen: ExportScreen, executor: ManualExecutor, qtbot: QtBot) -> Previewing:
    click(screen, "written_preview", qtbot)
    executor.settle()
    assert screen.previewing is not None
    return screen.previewing


def prints_of(workspace: Workspace) -> list[tuple[str, str, dict[str, object]]]:
    noted = [entry for entry in journal.entries(workspace, limit=20) if entry.event.startswith("file.")]
    return [(entry.event, entry.subject, json.loads(entry.new)) for entry in reversed(noted)]


def reds_in(picture: QImage) -> int:
    """How many of some points of a page have the colour of the warning in them."""
    points = ((x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3))
    colours = (picture.pixelColor(x, y) for x, y in points)
    return sum(1 for colour in colours if colour.red() - max(colour.green(), colour.blue()) > 50)


def test_preview_shows_the_page_and_printing_prints_the_wanted_ones_and_journals_them(
    screen: ExportScreen,
    answered: RealAssessment,
    identity: MadeIdentity,
    executor: ManualExecutor,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    use(screen, identity, executor, qtbot)
    export_report(screen, tmp_path / "report.pdf", executor, qtbot)
    previewing = shown(screen, executor, qtbot)
    assert not previewing.dialog.sheet.pixmap().isNull()
    assert not previewing.dialog.message.isVisible()
    target = tmp_path / "printed.pdf"
    previewing.print_on(into_file(target, pages=(2, 3)))
    executor.settle()
    with pikepdf.open(target) as printed:
        assert len(printed.pages) == 2
    begun, done = prints_of(answered.workspace)
    assert (begun[0], done[0]) == ("file.print_begun", "file.printed")
    facts = done[2]
    assert (facts["file"], facts["pages"], facts["verdict"]) == ("report.pdf", "2-3", "untrusted")
    assert done[1] == facts["sha256"]
    previewing.dialog.accept()
    executor.settle()


def test_what_this_workspace_wrote_needs_no_root_but_an_unsigned_file_gets_a_warning_across_every_page(
    screen: ExportScreen, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    screen.page.identity.sign.setChecked(False)
    export_report(screen, tmp_path / "draft.pdf", executor, qtbot)
    previewing = shown(screen, executor, qtbot)
    assert previewing.dialog.message.isVisible()
    target = tmp_path / "printed.pdf"
    previewing.print_on(into_file(target, pages=(1, 2)))
    executor.settle()
    with pypdfium2.PdfDocument(target) as printed:
        assert len(printed) == 2
    pages = Sheets(target.read_bytes(), "printed")
    assert all(reds_in(pages.picture(number, 40)) > 300 for number in range(2))
    pages.close()
    plain = Sheets((tmp_path / "draft.pdf").read_bytes(), "draft")
    assert reds_in(plain.picture(1, 40)) < 50
    plain.close()
    previewing.dialog.accept()
    executor.settle()


def test_a_strangers_altered_file_is_printed_from_the_verify_screen_with_a_warning_only(
    screen: ExportScreen,
    answered: RealAssessment,
    identity: MadeIdentity,
    executor: ManualExecutor,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    use(screen, identity, executor, qtbot)
    export_report(screen, tmp_path / "report.pdf", executor, qtbot)
    altered = tmp_path / "altered.pdf"
    altered.write_bytes((tmp_path / "report.pdf").read_bytes() + b"\n% more")
    verify = VerifyScreen(screen.desk, screen.desk.theme)
    qtbot.addWidget(verify.view)
    verify.enter(answered.place)
    drop(verify, altered)
    executor.settle()
    verify.page._cards[0].preview_wanted.emit(verify.page._cards[0]._shown)
    executor.settle()
    assert verify.previewing is not None
    assert verify.previewing.dialog.message.isVisibleTo(verify.previewing.dialog)
    chosen = QPrinter()
    assert isinstance(printer_for(chosen, lambda _: "/usr/bin/lp", needs_warning=True), RasterPrinter)
    verify.previewing.print_on(into_file(tmp_path / "printed.pdf", pages=(1, 1)))
    executor.settle()
    assert [one[0] for one in prints_of(answered.workspace)] == ["file.print_begun", "file.printed"]
    assert prints_of(answered.workspace)[0][2]["verdict"] == "altered"
    verify.previewing.dialog.accept()
    executor.settle()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_refuses_is_journalled_too(
    screen: ExportScreen, answered: RealAssessment, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    screen.page.identity.sign.setChecked(False)
    export_report(screen, tmp_path / "draft.pdf", executor, qtbot)
    previewing = shown(screen, executor, qtbot)
    previewing.print_on(into_file(tmp_path / "nowhere" / "printed.pdf"))
    executor.settle()
    assert [one[0] for one in prints_of(answered.workspace)] == ["file.print_begun", "file.print_failed"]
    previewing.dialog.accept()
    executor.settle()


def test_a_file_changed_after_export_is_neither_shown_nor_printed(screen: ExportScreen, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 changed")
    with pytest.raises(VerificationFailed, match="PRN-001"):
        printing.examine(screen.desk.machine, Source(path=tmp_path / "x.pdf", sha256="0" * 64))
    with pytest.raises(EnvironmentProblem, match="SYS-"):
        printing.examine(screen.desk.machine, Source(path=tmp_path / "gone.pdf"))


def test_the_verdict_is_about_the_bytes_that_are_printed(screen: ExportScreen, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(path)
    found = printing.examine(screen.desk.machine, Source(path=path))
    assert (found.content, found.verdict, found.needs_warning) == (path.read_bytes(), Verdict.UNSIGNED, True)


def test_cups_gets_the_file_itself_and_other_systems_get_pages(qtbot: QtBot, tmp_path: Path) -> None:
    to_file = into_file(tmp_path / "x.pdf")
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
    sheets = Sheets((tmp_path / "报告.pdf").read_bytes(), "报告.pdf")
    SpoolPrinter("office", str(spooler)).put(sheets, PrintJob(first=2, last=3, copies=2), silent)
    sheets.close()
    assert (tmp_path / "got.pdf").read_bytes() == (tmp_path / "报告.pdf").read_bytes()
    words = "-d office -n 2 -t _.pdf -o page-ranges=2-3 -"
    assert (tmp_path / "words").read_text().strip() == words
