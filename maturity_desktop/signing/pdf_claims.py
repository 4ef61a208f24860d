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
    info = source.trailer_view.get("/Info", {})
    for key, name in _INFO_KEYS:
        value = info.get(name) if isinstance(info, generic.DictionaryObject) else None
        if isinstance(value, generic.TextStringObject) and value:
            yield key, str(value)


def attachments(source: PdfFileReader | HistoricalResolver) -> Iterator[tuple[str, bytes]]:
    """Return name and content of the files embedded in the document, at most 64."""
    names = source.root.get("/Names", {})
    tree = names.get("/EmbeddedFiles") if isinstance(names, generic.DictionaryObject) else None
    found = _leaves(tree, _MAX_DEPTH) if tree is not None else iter(())
    for _, (name, specification) in zip(range(_MAX_ATTACHMENTS), found, strict=False):
        stream = specification["/EF"]["/F"]
        yield str(name), bytes(stream.data)


def _leaves(node: generic.DictionaryObject, depth: int) -> Iterator[tuple[str, generic.DictionaryObject]]:
    if depth == 0:
        return
    pairs = node.get("/Names", ())
    for place in range(0, len(pairs) - 1, 2):
        yield str(pairs[place]), pairs[place + 1]
    for child in node.get("/Kids", ()):
        yield from _leaves(child.get_object(), depth - 1)
