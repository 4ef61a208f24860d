"""What a signature over an Office package may leave out, as Office does: signatures and what only describes.

Left out are document properties, labels of classification, the signature of macros (which is one itself), schemas of
custom data, and who of the authors of comments is who. Everything else must be covered; signer and verifier share
this one rule. Custom data itself is for `opc_binding`. Source: observed in files signed by Office 2010 to 365.
"""

from collections.abc import Mapping

from maturity_desktop.signing.opc_package import ROOT_RELATIONSHIPS, resolve
from maturity_desktop.signing.opc_xml import CORE_TYPE, ORIGIN_TYPE, Relationship

SIGNATURES_FOLDER = "/_xmlsignatures/"
_OFFICE_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LEFT_OUT_OF_ROOT = frozenset(
    {
        ORIGIN_TYPE,
        CORE_TYPE,
        f"{_OFFICE_TYPES}/extended-properties",
        f"{_OFFICE_TYPES}/custom-properties",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
        "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels",
    }
)
_MICROSOFT = "http://schemas.microsoft.com/office"
_LEFT_OUT_ANYWHERE = frozenset(
    {
        f"{_OFFICE_TYPES}/customXmlProps",
        *(f"{_MICROSOFT}/2006/relationships/vbaProjectSignature{kind}" for kind in ("", "Agile", "V3")),
        f"{_MICROSOFT}/2014/relationships/vbaProjectSignatureAgile",
        f"{_MICROSOFT}/2020/07/relationships/vbaProjectSignatureV3",
        f"{_MICROSOFT}/2011/relationships/people",
        f"{_MICROSOFT}/2011/relationships/commentsExtended",
        f"{_MICROSOFT}/2016/09/relationships/commentsIds",
        f"{_MICROSOFT}/2018/08/relationships/commentsExtensible",
    }
)
_LEFT_OUT_OF_SLIDES = frozenset({f"{_OFFICE_TYPES}/presProps", f"{_OFFICE_TYPES}/viewProps"})
_SLIDES_RELATIONSHIPS = "/ppt/_rels/presentation.xml.rels"


def may_be_left_out(rels: str, relationship: Relationship) -> bool:
    """Tell whether a relationship of the part `rels` only describes the document or leads to its signatures."""
    if relationship.mode != "Internal":
        return False
    if rels == ROOT_RELATIONSHIPS:
        return relationship.type in _LEFT_OUT_OF_ROOT
    if relationship.type in _LEFT_OUT_ANYWHERE:
        return True
    return rels == _SLIDES_RELATIONSHIPS and relationship.type in _LEFT_OUT_OF_SLIDES


def left_out_parts(relationships: Mapping[str, tuple[Relationship, ...]]) -> frozenset[str]:
    """Return the parts to which only such relationships lead.

    Args:
        relationships: name of the .rels part → what it holds.
    """
    described: set[str] = set()
    other: set[str] = set()
    for rels, several in relationships.items():
        for one in several:
            if one.mode == "Internal":
                (described if may_be_left_out(rels, one) else other).add(resolve(rels, one.target))
    spelled_otherwise = {part.lower() for part in other}
    return frozenset(part for part in described if part.lower() not in spelled_otherwise)
