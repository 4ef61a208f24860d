"""The conversation behind the preview window: opens the written file, draws pages off the GUI thread, prints."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSizeF, Slot
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.gui.exporting.drawing import Sheets, open_written
from maturity_desktop.gui.exporting.printing import Printer, PrintWish, printer_for
from maturity_desktop.gui.exporting.views.preview import PreviewDialog
from maturity_desktop.system.progress import Progress


class Previewing(QObject):
    """One preview window with its document; both go when the window closes."""

    def __init__(self, desk: Desk, path: Path, sha256: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._path, self._sha256 = desk, path, sha256
        self._sheets: Sheets | None = None
        self._print_dialog: QPrintDialog | None = None
        self._printer: QPrinter | None = None
        self._wants_print = False
        self.dialog = PreviewDialog(desk.icons, desk.speech, path.name, parent)
        self.dialog.page_wanted.connect(self._draw)
        self.dialog.print_wanted.connect(self.choose_printer)
        self.dialog.finished.connect(self._on_finished)

    def open(self, *, and_print: bool = False) -> None:
        """Open the window; with `and_print` the choice of printer follows at once."""
        self._wants_print = and_print
        self.dialog.open()
        self._desk.jobs.work(partial(_opened, self._path, self._sha256), self._on_opened)

    def _on_opened(self, result: Success[tuple[Sheets, QSizeF]] | Failure) -> None:
        if isinstance(result, Failure):
            self._tell(result.problem)
            return
        self._sheets, size = result.value
        self.dialog.show_document(self._sheets.count, size.width())
        if self._wants_print:
            self.choose_printer()

    @Slot(int, float)
    def _draw(self, page: int, dpi: float) -> None:
        if self._sheets is not None:
            self._desk.jobs.work(partial(_drawn, self._sheets, page, dpi), self._on_drawn)

    def _on_drawn(self, result: Success[tuple[int, QImage]] | Failure) -> None:
        if isinstance(result, Failure):
            self._tell(result.problem)
            return
        self.dialog.show_page(*result.value)

    @Slot()
    def choose_printer(self) -> None:
        """Ask for printer, pages and copies."""
        if self._sheets is None:
            return
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(self._printer, self.dialog)
        dialog.setMinMax(1, self._sheets.count)
        dialog.setFromTo(1, self._sheets.count)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.accepted.connect(self._on_printer_chosen)
        self._print_dialog = dialog
        QDialog.open(dialog)  # its own overload wants a receiver

    @Slot()
    def _on_printer_chosen(self) -> None:
        printer, sheets = self._printer, self._sheets
        if printer is None or sheets is None:
            return
        is_range = printer.printRange() is QPrinter.PrintRange.PageRange
        wish = PrintWish(
            first=max(1, printer.fromPage()) if is_range else 1,
            last=min(sheets.count, printer.toPage()) if is_range else sheets.count,
            copies=printer.copyCount(),
        )
        self.print_on(printer_for(printer), wish)

    def print_on(self, printer: Printer, wish: PrintWish) -> None:
        """Print in the background; the window shows how far it is."""
        if self._sheets is not None:
            running = self._desk.jobs.watch(partial(_printed, printer, self._sheets, wish), self._on_printed)
            self.dialog.strip.follow(running, self._desk.speech.say("exporting.printing"))

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
        if self._sheets is not None:
            self._desk.jobs.work(self._sheets.close, _nothing)
        self.deleteLater()


def _opened(path: Path, sha256: str) -> tuple[Sheets, QSizeF]:
    sheets = open_written(path, sha256)
    return sheets, sheets.size_points(0)


def _drawn(sheets: Sheets, page: int, dpi: float) -> tuple[int, QImage]:
    return page, sheets.picture(page, dpi)


def _printed(printer: Printer, sheets: Sheets, wish: PrintWish, progress: Progress) -> int:
    printer.put(sheets, wish, progress)
    return wish.last - wish.first + 1


def _nothing(_result: object) -> None:
    """Closing a document has nothing to tell."""
