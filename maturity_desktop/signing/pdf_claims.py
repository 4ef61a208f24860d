"""What a PDF says of itself: title, subject, attached files; and whether it says the same after later revisions.

Claims only; whether anybody vouches for them is for the verdict to say.
"""

import hashlib
from collections.abc import Iterator

from lxml import etree
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

Claims = tuple[tuple[str, str], ...]

_INFO_KEYS = (("title", "/Title"), ("subject", "/Subject"), ("author", "/Author"), ("keywords", "/Keywords"))
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_OF_NO_MEANING = (  # what programs put down about their own work, as often as they save
    *("{http://ns.adobe.com/xap/1.0/}", "{http://ns.adobe.com/xap/1.0/mm/}", "{http://ns.adobe.com/pdf/1.3/}Producer"),
    *("{http://www.w3.org/XML/1998/namespace}", "{adobe:ns:meta/}", _RDF),
    "{http://purl.org/dc/elements/1.1/}format",
)
_MAX_DEPTH = 8
_MAX_ATTACHMENTS = 64


def read(source: PdfFileReader | HistoricalResolver) -> Claims:
    """Return title, subject, author, keywords, number of pages, and ``attachment:<name>`` → SHA-256 of its content."""
    claims = [*_info(source), ("pages", str(source.root["/Pages"]["/Count"]))]
    claims += [(f"attachment:{name}", hashlib.sha256(content).hexdigest()) for name, content in attachments(source)]
    return tuple(claims)


def are_same(before: PdfFileReader | HistoricalResolver, now: PdfFileReader | HistoricalResolver) -> bool:
    """Tell whether a document says of itself what it said before, in XMP too, where programs may repeat it."""
    claims = read(before)
    old, new = _xmp(before), _xmp(now)
    return claims == read(now) and old <= new and {text for _, text in new - old} <= {text for _, text in claims}


def _xmp(source: PdfFileReader | HistoricalResolver) -> frozenset[tuple[str, str]]:
    """Return name and text of everything the metadata stream says; how it is nested tells nothing.

    Raises:
        ValueError: it is not well-formed.
    """
    if "/Metadata" not in source.root:
        return frozenset()
    stream = source.root.raw_get("/Metadata").get_object()  # as any stream: the library would rewrite it on the way
    if not isinstance(stream, generic.StreamObject):
        return frozenset()
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        root = etree.fromstring(bytes(stream.data), parser)
    except etree.XMLSyntaxError as problem:
        raise ValueError(str(problem)) from problem
    found: set[tuple[str, str]] = set()
    for element in root.iter(etree.Element):
        named = next((one for one in (element, *element.iterancestors()) if not str(one.tag).startswith(_RDF)), element)
        found |= {(str(named.tag), element.text or ""), *((str(k), str(v)) for k, v in element.attrib.items())}
    return frozenset(
        (name, text.strip()) for name, text in found if text.strip() and not name.startswith(_OF_NO_MEANING)
    )


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
