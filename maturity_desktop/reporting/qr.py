"""QR codes as vector squares: alphanumeric mode where the text allows it, error correction M, four modules of margin.

Source: ISO/IEC 18004 (quiet zone of four modules); measured in the signing study: 32 mm, level M decodes best.
"""

from typing import Any

from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRAlphaNum, QRCode, QRErrorCorrectLevel

from maturity_desktop.reporting import theme

QUIET_MODULES = 4
_ALPHANUMERIC = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the dark modules of a QR code, row by row from the top, without margin.

    Raises:
        ValueError: the text is empty or too long for a QR code.
    """
    if not text:
        raise ValueError("empty QR text")
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QRAlphaNum(text) if _ALPHANUMERIC.issuperset(text) else QR8bitByte(text))
    code.make()
    return tuple(tuple(bool(module) for module in row) for row in code.modules)


def draw(canvas: Any, text: str, x: float, y: float, size: float) -> None:  # Any: reportlab's Canvas
    """Draw the code black on white into a square of `size` points including its margin; (x, y) is its lower left."""
    rows = matrix(text)
    module = size / (len(rows) + 2 * QUIET_MODULES)
    canvas.setFillColor(theme.paint("#FFFFFF"))
    canvas.rect(x, y, size, size, stroke=0, fill=1)
    path = canvas.beginPath()
    for place, row in enumerate(rows):
        bottom = y + size - (place + 1 + QUIET_MODULES) * module
        column = 0
        while column < len(row):
            run = column
            while run < len(row) and row[run]:
                run += 1
            if run > column:
                path.rect(x + (column + QUIET_MODULES) * module, bottom, (run - column) * module, module)
            column = run + 1
    canvas.setFillColor(theme.paint("#000000"))
    canvas.drawPath(path, stroke=0, fill=1)
