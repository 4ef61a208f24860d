"""Counts what a written report or workbook really holds, from its bytes alone; knows nothing of the snapshot.

A report is read through its page streams: an entry counts when its marked content shows text, in every language part.
A workbook is read through its named tables: a row counts when it has an id and something to say.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from maturity_desktop.errors import VerificationFailed

REPORT_KINDS = {
    "item": "items",
    "criterion": "criteria",
    "evidence": "evidence",
    "observation": "observations",
    "claim": "claims",
    "interview": "interviews",
}
WORKBOOK_KINDS = ("criteria", "evidence", "observations", "claims", "interviews")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_TOKEN = re.compile(rb"/MdEntry <</Md <([0-9a-f]+)>>> BDC|\b(EMC|Tj|TJ)\b")


def count_report(content: bytes) -> Mapping[str, int]:
    """Return kind → number of distinct entries found in the page streams of a report, in all its languages.

    Raises:
        VerificationFailed: RPT-002 the bytes are not a PDF.
    """
    if not content.startswith(b"%PDF-"):
        raise VerificationFailed("RPT-002", detail="PDF")
    found: dict[str, dict[str, set[str]]] = {kind: {} for kind in REPORT_KINDS}
    for stream in _streams(content):
        for marker in _shown_markers(stream):
            kind, _, rest = marker.partition("|")
            language, _, identity = rest.partition("|")
            if kind in found:
                found[kind].setdefault(language, set()).add(identity)
    languages = {language for parts in found.values() for language in parts}
    return {
        name: min((len(found[kind].get(language, ())) for language in languages), default=0)
        for kind, name in REPORT_KINDS.items()
    }


def _streams(content: bytes) -> Iterator[bytes]:
    for match in _STREAM.finditer(content):
        try:
            yield zlib.decompressobj().decompress(match.group(1))
        except zlib.error:
            continue  # not a compressed stream, so not one of our pages


def _shown_markers(stream: bytes) -> Iterator[str]:
    """Yield the markers of a page stream whose content shows at least one piece of text."""
    open_markers: list[tuple[str, bool]] = []
    for token in _TOKEN.finditer(stream):
        if token.group(1):
            open_markers.append((bytes.fromhex(token.group(1).decode()).decode(), False))
        elif token.group(2) != b"EMC":
            open_markers = [(marker, True) for marker, _ in open_markers]
        elif open_markers:
            marker, has_text = open_markers.pop()
            if has_text:
                yield marker


def count_workbook(content: bytes) -> Mapping[str, int]:
    """Return kind → number of rows with an id and further content in the named tables of a workbook.

    Raises:
        VerificationFailed: RPT-002 the bytes are not a workbook, or a table is missing.
    """
    try:
        book = load_workbook(io.BytesIO(content), read_only=False, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, ParseError, OSError) as problem:
        raise VerificationFailed("RPT-002", detail=str(problem)) from problem
    counts = {kind: _rows(book, kind) for kind in WORKBOOK_KINDS}
    return {"items": _items(book), **counts}


def _table(book: Workbook, kind: str) -> tuple[Worksheet, int]:
    """Return the sheet of a named table and the row of its head."""
    name = book.defined_names.get(f"MD_{kind}")
    for title, reference in name.destinations if name is not None else ():
        sheet = book[title]
        return sheet, int(reference.rsplit("$", 1)[-1])
    raise VerificationFailed("RPT-002", detail=f"MD_{kind}")


def _rows(book: Workbook, kind: str) -> int:
    sheet, head = _table(book, kind)
    identities = {
        row[0]
        for row in sheet.iter_rows(min_row=head + 1, values_only=True)
        if row[0] and any(value not in (None, "") for value in row[1:])
    }
    return len(identities)


def _items(book: Workbook) -> int:
    """Count distinct item codes of the score sheet: the last column without a level, right of the tree."""
    sheet, head = _table(book, "scores")
    frozen = sheet.freeze_panes or "B1"
    column = sheet[frozen].column - 2
    return len({row[column] for row in sheet.iter_rows(min_row=head + 1, values_only=True) if row[column]})
