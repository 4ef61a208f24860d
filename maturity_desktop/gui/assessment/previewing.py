"""Evidence content made visible inside the window, from memory: no plaintext file is ever written."""

import io
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from maturity_desktop.domain.ids import RevisionId
from maturity_desktop.services import evidence
from maturity_desktop.services.context import Workspace
from maturity_desktop.system.pdfium import ALONE

if TYPE_CHECKING:
    import pypdfium2

TEXT_LIMIT_BYTES = 5 * 1024 * 1024
IMAGE_LIMIT_BYTES = 64 * 1024 * 1024
PDF_LIMIT_BYTES = 256 * 1024 * 1024
LARGEST_SIDE = 3072

_IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp"})
_TEXTS = frozenset(
    {".txt", ".md", ".csv", ".log", ".json", ".yaml", ".yml", ".xml", ".html", ".sql", ".sh", ".ini", ".toml"}
)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """An image, scaled down when huge; a PDF page is one too."""

    image: QImage
    page: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A text with the encoding it was read in; `is_cut` when only the beginning is shown."""

    text: str
    encoding: str
    is_cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPreview:
    """Why there is nothing to see: wording key below `evidence.preview`."""

    reason: str


Preview = Picture | Writing | NoPreview


def can_preview(file_name: str) -> bool:
    """Whether this kind of file is shown inside the window."""
    return PurePath(file_name).suffix.lower() in _IMAGES | _TEXTS | {".pdf"}


def look(workspace: Workspace, revision_id: RevisionId, file_name: str, page: int, width: int) -> Preview:
    """Read evidence content and make it visible; call on the work lane. `width` is in device pixels."""
    suffix = PurePath(file_name).suffix.lower()
    if not can_preview(file_name):
        return NoPreview(reason="other_program")
    with evidence.open_content(workspace, revision_id) as stream:
        if suffix == ".pdf":
            return _pdf_page(stream, page, width)
        return _picture(stream) if suffix in _IMAGES else _writing(stream)


def _picture(stream: BinaryIO) -> Preview:
    content = stream.read(IMAGE_LIMIT_BYTES + 1)
    if len(content) > IMAGE_LIMIT_BYTES:
        return NoPreview(reason="too_large")
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > LARGEST_SIDE:
        reader.setScaledSize(size.scaled(QSize(LARGEST_SIDE, LARGEST_SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return NoPreview(reason="unreadable") if image.isNull() else Picture(image=image)


def _pdf_page(stream: BinaryIO, page: int, width: int) -> Preview:
    import pypdfium2

    content = stream.read(PDF_LIMIT_BYTES + 1)
    if len(content) > PDF_LIMIT_BYTES:
        return NoPreview(reason="too_large")
    with ALONE:  # PDFium serves one caller at a time
        try:
            with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
                return _drawn(document, page, width)
        except pypdfium2.PdfiumError:
            return NoPreview(reason="unreadable")


def _drawn(document: "pypdfium2.PdfDocument", page: int, width: int) -> Preview:
    if len(document) == 0:
        return NoPreview(reason="unreadable")
    number = max(0, min(page, len(document) - 1))
    sheet = document[number]
    bitmap = sheet.render(scale=min(width, LARGEST_SIDE) / max(1.0, sheet.get_width()), prefer_bgrx=True)
    image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()
    return Picture(image=image, page=number + 1, pages=len(document))


def _writing(stream: BinaryIO) -> Preview:
    content = stream.read(TEXT_LIMIT_BYTES + 1)
    is_cut = len(content) > TEXT_LIMIT_BYTES
    content = content[:TEXT_LIMIT_BYTES]
    text, encoding = decode(content)
    return Writing(text=text, encoding=encoding, is_cut=is_cut)


def decode(content: bytes) -> tuple[str, str]:
    """Return a text and the encoding it was read in: UTF with or without mark, else GB 18030."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as problem:
        if problem.start > len(content) - 4:  # cut inside the last character
            return content[: problem.start].decode("utf-8"), "utf-8"
    return content.decode("gb18030", errors="replace"), "gb18030"
