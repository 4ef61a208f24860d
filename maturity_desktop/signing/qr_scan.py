"""Finds our QR codes in pictures and on the pages of PDF files: bytes in, texts out, nothing judged.

Pictures come from strangers, so only a few formats are opened and the number of pixels is limited before any is read.
"""

import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from maturity_desktop.signing.findings import Problem
from maturity_desktop.signing.qr import PREFIX
from maturity_desktop.system.pdfium import ALONE

MAX_BYTES = 64 * 1024 * 1024
_MAX_PIXELS = 120_000_000
_QR_ONLY = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP")
_MAX_SHEETS = 20
_DPI = (200, 300, 120)
_POINTS_PER_INCH = 72
_LONGEST_SIDE = 12_000
_BROKEN_PICTURE = (
    *(UnidentifiedImageError, OSError, ValueError, SyntaxError, LookupError, TypeError),
    *(ArithmeticError, EOFError, struct.error),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What was found.

    Attributes:
        texts: contents of our codes in the order found, each once.
        is_picture_only: pages consist of pictures alone, neither text nor lines, so it may be a scan.
        problem: why nothing could be looked at, or None.
    """

    texts: tuple[str, ...] = ()
    is_picture_only: bool = True
    problem: Problem | None = None


def scan_picture(content: bytes) -> Scan:
    """Read the codes of a picture file, of its first 20 sheets where a format has several."""
    if len(content) > MAX_BYTES:
        return Scan(problem=Problem.TOO_LARGE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(content), formats=_FORMATS) as picture:
                return _scan_sheets(picture)
    except Image.DecompressionBombError:
        return Scan(problem=Problem.TOO_LARGE)
    except _BROKEN_PICTURE:
        return Scan(problem=Problem.DAMAGED)


def scan_pdf(content: bytes) -> Scan:
    """Read the codes on the first 20 pages of a PDF file, drawn ever finer until one is found."""
    with ALONE:  # PDFium serves one caller at a time
        try:
            document = PdfDocument(content)
        except PdfiumError:
            return Scan(problem=Problem.DAMAGED)
        try:
            return _scan_pages(document)
        except PdfiumError:
            return Scan(problem=Problem.DAMAGED)
        finally:
            document.close()


def _scan_sheets(picture: Image.Image) -> Scan:
    texts: list[str] = []
    for sheet in range(min(getattr(picture, "n_frames", 1), _MAX_SHEETS)):
        picture.seek(sheet)
        if picture.width * picture.height > _MAX_PIXELS:
            return Scan(problem=Problem.TOO_LARGE)
        texts += _texts(_upright_grey(picture))
    return Scan(texts=tuple(dict.fromkeys(texts)))


def _upright_grey(picture: Image.Image) -> Image.Image:
    """Return the picture in shades of grey; what is transparent becomes paper."""
    if "transparency" in picture.info or picture.mode in {"RGBA", "LA", "PA"}:
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture.convert("RGBA"))
    return ImageOps.grayscale(picture)


def _texts(grey: Image.Image) -> Iterator[str]:
    """Read at full size; large blurred pictures sometimes read better when reduced."""
    for scale in (1, 2, 3):
        if scale > 1 and min(grey.size) // scale < 300:
            return
        shown = grey if scale == 1 else grey.reduce(scale)
        found = [one.text for one in zxingcpp.read_barcodes(shown, _QR_ONLY)]
        ours = [text for text in found if text.startswith(PREFIX)]
        yield from ours
        if ours:
            return


def _scan_pages(document: PdfDocument) -> Scan:
    numbers = range(min(len(document), _MAX_SHEETS))
    is_scan = all(_is_pictures(document, number) for number in numbers)
    texts: list[str] = []
    for number in numbers:
        for dpi in _DPI:
            found = list(_texts(_drawn(document, number, dpi)))
            texts += found
            if found:
                break
    return Scan(texts=tuple(dict.fromkeys(texts)), is_picture_only=is_scan)


def _is_pictures(document: PdfDocument, number: int) -> bool:
    page = document[number]
    try:
        return all(one.type == FPDF_PAGEOBJ_IMAGE for one in page.get_objects())
    finally:
        page.close()


def _drawn(document: PdfDocument, number: int, dpi: int) -> Image.Image:
    """Draw one page in grey, never with more than 12 000 pixels on a side."""
    page = document[number]
    try:
        scale = min(dpi / _POINTS_PER_INCH, _LONGEST_SIDE / max(page.get_size()))
        bitmap = page.render(scale=scale, grayscale=True)
        size, stride = (bitmap.width, bitmap.height), bitmap.stride
        return Image.frombytes("L", size, bytes(bitmap.buffer), "raw", "L", stride)
    finally:
        page.close()
