"""Pages of a PDF as pictures, signature blocks included; with a warning across each page where one is due."""

import math
from typing import Any

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.system.pdfium import ALONE

POINTS_PER_INCH = 72
_WARNING_COLOUR = QColor(200, 30, 30, 110)
_WARNING_SHARE = 0.82  # of the diagonal
_LARGEST_SHARE = 0.075
_PROBE_PIXELS = 100


class Sheets:
    """An opened PDF. Safe to use from any thread, one call at a time; `close` it when done.

    Args:
        content: the bytes of the file.
        name: how it is called.
        warning: lines that stand across every page; "" for none.
    """

    def __init__(self, content: bytes, name: str, warning: str = "") -> None:
        import pypdfium2  # loads with the first preview

        self.content = content
        self.warning = warning
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
        if self.warning:
            _write_across(image, self.warning)
        return image

    def close(self) -> None:
        """Let the document go."""
        with ALONE:
            self._is_closed = True
            self._document.close()


def _write_across(image: QImage, warning: str) -> None:
    """Write lines along the diagonal, as large as they fit, light enough to read the page below."""
    lines = warning.splitlines()
    diagonal = math.hypot(image.width(), image.height())
    font = QFont()
    font.setBold(True)
    font.setPixelSize(_PROBE_PIXELS)
    widest = max(QFontMetricsF(font).horizontalAdvance(line) for line in lines)
    fitting = _PROBE_PIXELS * diagonal * _WARNING_SHARE / widest
    font.setPixelSize(max(1, int(min(fitting, diagonal * _LARGEST_SHARE))))
    height = QFontMetricsF(font).lineSpacing() * len(lines)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    painter.setPen(_WARNING_COLOUR)
    painter.translate(image.width() / 2, image.height() / 2)
    painter.rotate(-math.degrees(math.atan2(image.height(), image.width())))
    painter.drawText(QRectF(-diagonal / 2, -height / 2, diagonal, height), Qt.AlignmentFlag.AlignCenter, warning)
    painter.end()
