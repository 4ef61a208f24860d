"""The XML craft of Office signatures: names, careful parsing, canonical form, the relationship transform.

Source: ECMA-376 part 2 (Open Packaging Conventions), 13.2.4.24 relationship transform; W3C Canonical XML 1.0;
W3C XML-Signature Syntax and Processing; ETSI TS 101 903 (XAdES 1.3.2).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lxml import etree

DSIG = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
MDSSI = "http://schemas.openxmlformats.org/package/2006/digital-signature"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.microsoft.com/office/2006/digsig"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
RELATIONSHIP_TRANSFORM = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
SIGNED_PROPERTIES_TYPE = "http://uri.etsi.org/01903#SignedProperties"
OBJECT_TYPE = DSIG + "Object"
ORIGIN_TYPE = f"{RELATIONSHIPS}/digital-signature/origin"
SIGNATURE_TYPE = f"{RELATIONSHIPS}/digital-signature/signature"
CERTIFICATE_TYPE = f"{RELATIONSHIPS}/digital-signature/certificate"
CORE_TYPE = f"{RELATIONSHIPS}/metadata/core-properties"
RELATIONSHIPS_CONTENT = "application/vnd.openxmlformats-package.relationships+xml"
ORIGIN_CONTENT = "application/vnd.openxmlformats-package.digital-signature-origin"
SIGNATURE_CONTENT = "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"

_XML_ATTRIBUTES = "{http://www.w3.org/XML/1998/namespace}"
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", '"': "&quot;", "\t": "&#x9;", "\n": "&#xA;", "\r": "&#xD;"})


class MalformedXmlError(ValueError):
    """XML that cannot be read, or that carries what has no place in a package (DTD, entities, odd attributes)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """One relationship of a package; `mode` is Internal or External."""

    id: str
    type: str
    target: str
    mode: str = "Internal"


def parse(content: bytes) -> etree._Element:
    """Return the root element; nothing outside the document is ever read and no entity expanded.

    Raises:
        MalformedXmlError: not well-formed, nested too deeply, or with a document type declaration.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise MalformedXmlError(str(problem)) from problem
    document: Any = root.getroottree().docinfo  # Any: the stubs know only half of it
    if document.doctype or any(True for _ in root.iter(etree.Entity)):
        raise MalformedXmlError("document type declaration")
    if any(str(name).startswith(_XML_ATTRIBUTES) for one in root.iter(etree.Element) for name in one.attrib):
        raise MalformedXmlError("attribute of the xml namespace")
    return root


def canonical(element: etree._Element, *, exclusive: bool = False) -> bytes:
    """Return Canonical XML 1.0 (or Exclusive XML Canonicalization 1.0) of an element inside its document.

    Canonicalising in place writes needless ``xmlns=""`` on descendants when a default namespace is inherited; so the
    element is written out with all namespaces in scope, parsed again, and canonicalised as a document of its own.

    Raises:
        MalformedXmlError: it has no canonical form.
    """
    try:
        alone = etree.fromstring(etree.tostring(element, encoding="utf-8", with_tail=False))
        return etree.tostring(alone, method="c14n", exclusive=exclusive, with_comments=False)
    except etree.LxmlError as problem:  # such as a relative namespace name, which has no canonical form
        raise MalformedXmlError(str(problem)) from problem


def read_relationships(content: bytes) -> tuple[Relationship, ...]:
    """Return the relationships of a .rels part, refusing everything the transform would not show.

    Raises:
        MalformedXmlError: other elements, attributes or text, or an id used twice.
    """
    root = parse(content)
    if root.tag != f"{{{RELATIONSHIPS}}}Relationships" or root.attrib or not _is_blank(root.text):
        raise MalformedXmlError("not a relationships part")
    found = tuple(_relationship(child) for child in root if not is_remark(child))
    if len({one.id for one in found}) != len(found):
        raise MalformedXmlError("relationship id used twice")
    return found


def _relationship(element: etree._Element) -> Relationship:
    known = {"Id", "Type", "Target", "TargetMode"}
    is_plain = element.tag == f"{{{RELATIONSHIPS}}}Relationship" and set(map(str, element.attrib)) <= known
    if not is_plain or len(element) or not _is_blank(element.text) or not _is_blank(element.tail):
        raise MalformedXmlError("odd relationship")
    values = [element.get(name) for name in ("Id", "Type", "Target")]
    if None in values:
        raise MalformedXmlError("incomplete relationship")
    name, kind, target = map(str, values)
    return Relationship(id=name, type=kind, target=target, mode=element.get("TargetMode", "Internal"))


def is_remark(node: etree._Element) -> bool:
    """Tell whether a node is a comment or processing instruction rather than an element."""
    tag: Any = node.tag  # Any: the stubs do not know that these have a function as their tag
    return not isinstance(tag, str)


def _is_blank(text: str | None) -> bool:
    return not (text or "").strip()


def transformed(relationships: Iterable[Relationship]) -> bytes:
    """Return what the relationship transform followed by C14N yields for these relationships."""
    rows = "".join(_row(one) for one in sorted(relationships, key=lambda one: one.id))
    return f'<Relationships xmlns="{RELATIONSHIPS}">{rows}</Relationships>'.encode()


def _row(one: Relationship) -> str:
    values = (("Id", one.id), ("Target", one.target), ("TargetMode", one.mode), ("Type", one.type))
    attributes = " ".join(f'{name}="{value.translate(_ESCAPES)}"' for name, value in values)
    return f"<Relationship {attributes}></Relationship>"


def written(relationships: Iterable[Relationship]) -> bytes:
    """Return a .rels part with these relationships, in their order."""
    rows = "".join(
        f'<Relationship Id="{one.id.translate(_ESCAPES)}" Type="{one.type.translate(_ESCAPES)}" '
        f'Target="{one.target.translate(_ESCAPES)}"'
        + (f' TargetMode="{one.mode.translate(_ESCAPES)}"/>' if one.mode != "Internal" else "/>")
        for one in relationships
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<Relationships xmlns="{RELATIONSHIPS}">{rows}</Relationships>'.encode()
