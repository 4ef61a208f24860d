"""What a PDF says of itself: title, subject, attached files.

Claims only; whether anybody vouches for them is for the verdict to say.
"""

import hashlib
from collections.abc import Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

Claims = tuple[tuple[str, str], ...]

_INFO_KEYS = (("title", "/Title"), ("subject", "/Subject"), ("author", "/Author"), ("keywords", "/Keywords"))
_MAX_DEPTH = 8
_MAX_ATTACHMENTS = 64


def read(source: PdfFileReader | HistoricalResolver) -> Claims:
    """Return title, subject, author, keywords, number of pages, and ``attachment:<name>`` → SHA-256 of its content."""
    claims = [*_info(source), ("pages", str(source.root["/Pages"]["/Count"]))]
    claims += [(f"attachment:{name}", hashlib.sha256(content).hexdigest()) for name, content in attachments(source)]
    return tuple(claims)


def _info(source: PdfFileReader | HistoricalResolver) -> Iterator[tuple[str, str]]:
    info = _at(source.trailer_view, "/Info")
    for key, name in _INFO_KEYS:
        value = _at(info, name)
        if isinstance(value, generic.TextStringObject) and value:
            yield key, str(value)


def attachments(source: PdfFileReader | HistoricalResolver) -> Iterator[tuple[str, bytes]]:
    """Return name and content of the files embedded in the document, at most 64."""
    found = _leaves(_at(_at(source.root, "/Names"), "/EmbeddedFiles"), _MAX_DEPTH)
    for _, (name, specification) in zip(range(_MAX_ATTACHMENTS), found, strict=False):
        stream = _at(_at(specification, "/EF"), "/F")
        if isinstance(stream, generic.StreamObject):
            yield name, bytes(stream.data)


def _leaves(node: generic.PdfObject, depth: int) -> Iterator[tuple[str, generic.PdfObject]]:
    if depth == 0:
        return
    pairs = _items(_at(node, "/Names"))
    for name, specification in zip(pairs[::2], pairs[1::2], strict=False):
        yield str(name), specification
    for child in _items(_at(node, "/Kids")):
        yield from _leaves(child, depth - 1)


def _at(node: generic.PdfObject, key: str) -> generic.PdfObject:
    """Return what stands at `key` with references followed; the null object when there is nothing."""
    if not isinstance(node, generic.DictionaryObject) or key not in node:
        return generic.NullObject()
    found: generic.PdfObject = node[key]
    return found


def _items(node: generic.PdfObject) -> list[generic.PdfObject]:
    if not isinstance(node, generic.ArrayObject):
        return []
    return [node[place] for place in range(len(node))]
