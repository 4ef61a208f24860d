"""Pages of a PDF as pictures, signature blocks included; the bytes are read once and are those that get printed."""

import hashlib
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from maturity_desktop.errors import EnvironmentProblem, VerificationFailed
from maturity_desktop.system.files import as_problem
from maturity_desktop.system.pdfium import ALONE

POINTS_PER_INCH = 72


class Sheets:
    """An opened PDF. Safe to use from any thread, one call at a time; `close` it when done."""

    def __init__(self, content: bytes, name: str) -> None:
        import pypdfium2  # loads with the first preview

        self.content = content
        self._is_closed = False
        self.name = name
        with ALONE:
            try:
                self._document: Any = pypdfium2.PdfDocument(content)  # Any: the library has no types
                self._document.init_forms()
                self.count = len(self._document)
            except pypdfium2.PdfiumError as problem:
                raise EnvironmentProblem("PRN-003", name=name) from problem

    def size_points(self, number: int) -> QSizeF:
        """Return the size of a page (0-based) in points."""
        with ALONE:
            width, height = self._document.get_page_size(number)
        return QSizeF(width, height)

    def picture(self, number: int, dpi: float) -> QImage:
        """Draw a page (0-based) on white with its form fields, which signature blocks are; empty once closed."""
        with ALONE:
            if self._is_closed:
                return QImage()
            page = self._document[number]
            bitmap = page.render(scale=dpi / POINTS_PER_INCH, may_draw_forms=True, prefer_bgrx=True)
            shape = (bitmap.width, bitmap.height, bitmap.stride)
            image = QImage(bitmap.buffer, *shape, QImage.Format.Format_RGB32).copy()
            bitmap.close()
            page.close()
        return image

    def close(self) -> None:
        """Let the document go."""
        with ALONE:
            self._is_closed = True
            self._document.close()


def open_written(path: Path, sha256: str) -> Sheets:
    """Open a file we wrote; `sha256` "" opens any file.

    Raises:
        VerificationFailed: PRN-001 the file is not the one that was written and verified.
        EnvironmentProblem: SYS-0xx; PRN-003 not a readable PDF.
    """
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise as_problem(problem, path) from problem
    if sha256 and hashlib.sha256(content).hexdigest() != sha256:
        raise VerificationFailed("PRN-001", path=str(path))
    return Sheets(content, path.name)
