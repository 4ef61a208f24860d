"""Printing the very file: handed to CUPS as it is where CUPS runs, otherwise drawn page by page at 300 dpi."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.gui.common.printing.drawing import Sheets
from maturity_desktop.services.printing import PrintJob
from maturity_desktop.system.progress import Progress

_DPI = 300
_SPOOL_SECONDS = 60


class Printer(Protocol):
    """Puts pages of a PDF on paper."""

    def put(self, sheets: Sheets, job: PrintJob, progress: Progress) -> None:
        """Print.

        Raises:
            EnvironmentProblem: PRN-002 the printer did not take it. Cancelled: stopped between pages.
        """
        ...


class SpoolPrinter:
    """Gives the PDF itself to the printing system, so that lines stay lines and the signature block is there."""

    def __init__(self, name: str, command: str) -> None:
        self._name, self._command = name, command

    def put(self, sheets: Sheets, job: PrintJob, progress: Progress) -> None:
        """Print through `lp`; the job's name is ASCII, other names become unreadable in CUPS."""
        title = re.sub(r"[^A-Za-z0-9._-]+", "_", sheets.name)
        pages = f"page-ranges={job.first}-{job.last}"
        words = [self._command, "-d", self._name, "-n", str(job.copies), "-t", title, "-o", pages, "-"]
        progress(0, 1, sheets.name)
        try:
            subprocess.run(  # noqa: S603  a fixed program with separate words, no shell
                words, input=sheets.content, check=True, capture_output=True, timeout=_SPOOL_SECONDS
            )
        except (OSError, subprocess.SubprocessError) as problem:
            raise EnvironmentProblem("PRN-002", name=self._name) from problem
        progress(1, 1, sheets.name)


class RasterPrinter:
    """Draws each page at 300 dpi onto a QPrinter, which is kept until the last page is out."""

    def __init__(self, printer: QPrinter) -> None:
        self._printer = printer

    def put(self, sheets: Sheets, job: PrintJob, progress: Progress) -> None:
        """Print page by page, each in its own size and orientation without added margins."""
        printer = self._printer
        printer.setResolution(_DPI)
        printer.setFullPage(True)
        printer.setDocName(re.sub(r"[^A-Za-z0-9._-]+", "_", sheets.name))
        printer.setPageLayout(_layout(sheets.size_points(job.first - 1)))
        painter = QPainter()
        if not painter.begin(printer):
            raise EnvironmentProblem("PRN-002", name=printer.printerName() or printer.outputFileName())
        try:
            for number in range(job.first, job.last + 1):
                progress(number - job.first, job.last - job.first + 1, sheets.name)
                if number > job.first:
                    printer.setPageLayout(_layout(sheets.size_points(number - 1)))
                    printer.newPage()
                area = printer.pageLayout().fullRectPixels(_DPI)
                painter.drawImage(area, sheets.picture(number - 1, _DPI))
        finally:
            painter.end()


def _layout(size: QSizeF) -> QPageLayout:
    is_wide = size.width() > size.height()
    upright = size.transposed() if is_wide else size
    orientation = QPageLayout.Orientation.Landscape if is_wide else QPageLayout.Orientation.Portrait
    page = QPageSize(upright, QPageSize.Unit.Point)
    return QPageLayout(page, orientation, QMarginsF(), QPageLayout.Unit.Point)


def printer_for(
    chosen: QPrinter, find: Callable[[str], str | None] = shutil.which, *, needs_warning: bool = False
) -> Printer:
    """Return how to print on the chosen printer: the file itself through CUPS where it runs, by drawing elsewhere.

    A warning is drawn across the pages, so a file that needs one never goes out as it is.
    """
    command = find("lp") if sys.platform.startswith("linux") else None
    is_to_file = bool(chosen.outputFileName())
    if command and not is_to_file and not needs_warning and chosen.printerName():
        return SpoolPrinter(chosen.printerName(), command)
    return RasterPrinter(chosen)
