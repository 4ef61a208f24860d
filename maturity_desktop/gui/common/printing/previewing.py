"""The conversation behind the preview window: judges and opens the file, draws its pages, prints, journals."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QSizeF, Slot
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from maturity_desktop.errors import MaturityError
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.printing.drawing import Sheets
from maturity_desktop.gui.common.printing.printers import Printer, printer_for
from maturity_desktop.gui.common.printing.window import PreviewDialog
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.services import printing
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.services.printing import Printable, PrintJob, Source, Stage
from maturity_desktop.system.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A judged file with its pages."""

    printable: Printable
    sheets: Sheets
    size: QSizeF


class Previewing(QObject):
    """One preview window with its document; both go when the window closes."""

    def __init__(self, desk: Desk, source: Source, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._source = desk, source
        self._opened: _Opened | None = None
        self._print_dialog: QPrintDialog | None = None
        self._printer: QPrinter | None = None
        self._wants_print = False
        self.dialog = PreviewDialog(desk.icons, desk.speech, source.path.name, parent)
        self.dialog.page_wanted.connect(self._draw)
        self.dialog.print_wanted.connect(self.choose_printer)
        self.dialog.finished.connect(self._on_finished)

    def open(self, *, and_print: bool = False) -> None:
        """Open the window; with `and_print` the choice of printer follows at once."""
        self._wants_print = and_print
        self.dialog.open()
        job = partial(_open, self._desk.machine, self._source, self._warning_of)
        self._desk.jobs.work(job, self._on_opened)

    def _warning_of(self, printable: Printable) -> str:
        """Both languages: paper travels."""
        return self._desk.speech.in_both(f"exporting.across.{printable.verdict}") if printable.needs_warning else ""

    def _on_opened(self, result: Success[_Opened] | Failure) -> None:
        if isinstance(result, Failure):
            self._tell(result.problem)
            return
        self._opened = opened = result.value
        if opened.printable.needs_warning:
            told = self._desk.speech.say(f"exporting.warned.{opened.printable.verdict}")
            self.dialog.message.show_message(told, Tone.WARN)
        self.dialog.show_document(opened.sheets.count, opened.size.width())
        if self._wants_print:
            self.choose_printer()

    @Slot(int, float)
    def _draw(self, page: int, dpi: float) -> None:
        if self._opened is not None:
            self._desk.jobs.work(partial(_drawn, self._opened.sheets, page, dpi), self._on_drawn)

    def _on_drawn(self, result: Success[tuple[int, QImage]] | Failure) -> None:
        if isinstance(result, Failure):
            self._tell(result.problem)
            return
        self.dialog.show_page(*result.value)

    @Slot()
    def choose_printer(self) -> None:
        """Ask for printer, pages and copies."""
        if self._opened is None:
            return
        count = self._opened.sheets.count
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(self._printer, self.dialog)
        dialog.setMinMax(1, count)
        dialog.setFromTo(1, count)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.accepted.connect(self._on_printer_chosen)
        self._print_dialog = dialog
        QDialog.open(dialog)  # its own overload wants a receiver

    @Slot()
    def _on_printer_chosen(self) -> None:
        if self._printer is not None:
            self.print_on(self._printer)

    def print_on(self, chosen: QPrinter) -> None:
        """Print in the background as the printer is set up; the window shows how far it is."""
        opened = self._opened
        if opened is None:
            return
        is_range = chosen.printRange() is QPrinter.PrintRange.PageRange
        job = PrintJob(
            first=max(1, chosen.fromPage()) if is_range else 1,
            last=min(opened.sheets.count, chosen.toPage()) if is_range else opened.sheets.count,
            copies=chosen.copyCount(),
            printer=chosen.outputFileName() or chosen.printerName(),
        )
        printer = printer_for(chosen, needs_warning=opened.printable.needs_warning)
        work = partial(_printed, printer, opened, job, self._source.workspace)
        self.dialog.strip.follow(
            self._desk.jobs.watch(work, self._on_printed), self._desk.speech.say("exporting.printing")
        )

    def _on_printed(self, result: Success[int] | Failure) -> None:
        self.dialog.strip.finish()
        if isinstance(result, Failure):
            self._tell(result.problem)
            return
        self.dialog.message.show_message(self._desk.speech.say("exporting.printed", count=result.value), Tone.GOOD)

    def _tell(self, problem: Exception) -> None:
        self.dialog.message.show_message(self._desk.problems.sentence(problem), Tone.BAD)

    @Slot()
    def _on_finished(self) -> None:
        if self._opened is not None:
            self._desk.jobs.work(self._opened.sheets.close, _nothing)
        self.deleteLater()


def _open(machine: Machine, source: Source, warning_of: Callable[[Printable], str]) -> _Opened:
    printable = printing.examine(machine, source)
    sheets = Sheets(printable.content, printable.name, warning_of(printable))
    return _Opened(printable=printable, sheets=sheets, size=sheets.size_points(0))


def _drawn(sheets: Sheets, page: int, dpi: float) -> tuple[int, QImage]:
    return page, sheets.picture(page, dpi)


def _printed(printer: Printer, opened: _Opened, job: PrintJob, workspace: Workspace | None, progress: Progress) -> int:
    """Journal before the first page leaves, so that no paper is out of which the journal knows nothing."""

    def note(stage: Stage) -> None:
        if workspace is not None and not workspace.is_read_only:
            printing.record(workspace, opened.printable, job, stage)

    note(Stage.BEGUN)
    try:
        printer.put(opened.sheets, job, progress)
    except MaturityError:
        note(Stage.FAILED)
        raise
    note(Stage.DONE)
    return job.last - job.first + 1


def _nothing(_result: object) -> None:
    """Closing a document has nothing to tell."""
