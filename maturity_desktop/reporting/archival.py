"""Makes a PDF under way one for archives (PDF/A-3b): metadata, colour profile, the content attached as JSON.

Source: ISO 19005-3:2012, 6.2.3 (output intent), 6.6 (metadata), 6.8 (embedded files); ISO 16684-1 (XMP).
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from maturity_desktop.reporting import srgb

# Any in this file: reportlab's canvas and document, which have no types.

_PROFILE_NAME = "sRGB IEC61966-2.1"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file inside the PDF that says in data what the pages say in words; covered by its signatures."""

    name: str
    content: bytes
    description: str
    kind: str = "application/json"


class _Catalog(pdfdoc.PDFCatalog):
    """The catalog with the two entries the library does not know."""

    __NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents", "AF"]  # noqa: RUF012  as the library does
    __Refs__ = [one for one in pdfdoc.PDFCatalog.__Refs__ if one != "Names"]  # noqa: RUF012


def prepare(canvas: Any, attachment: Attachment | None) -> None:
    """Add what an archive wants; the last act before the canvas is saved."""
    document = canvas._doc  # noqa: SLF001  the library offers no other way to its document
    catalog = document.Catalog
    catalog.__class__ = _Catalog
    for one in document.idToObject.values():
        if isinstance(one, pdfdoc.PDFPage):
            one.Trans = None  # the library writes an empty one
    catalog.OutputIntents = pdfdoc.PDFArray([_intent(document)])
    catalog.Metadata = _metadata(document)
    if attachment is not None:
        _attach(document, catalog, attachment)


def _intent(document: Any) -> Any:
    words = pdfdoc.PDFString(_PROFILE_NAME)
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"N": 3}), srgb.profile(), [pdfdoc.PDFZCompress])
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": words,
            "Info": words,
            "DestOutputProfile": document.Reference(stream),
        }
    )


def _attach(document: Any, catalog: Any, attachment: Attachment) -> None:
    facts = {
        "Size": len(attachment.content),
        "ModDate": _date(document),
        "CheckSum": pdfdoc.PDFString(hashlib.md5(attachment.content, usedforsecurity=False).digest(), enc="raw"),
    }
    about = {
        "Type": pdfdoc.PDFName("EmbeddedFile"),
        "Subtype": "/" + attachment.kind.replace("/", "#2F"),
        "Params": pdfdoc.PDFDictionary(facts),
    }
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(about), attachment.content, [pdfdoc.PDFZCompress])
    place = document.Reference(stream)
    name = pdfdoc.PDFString(attachment.name)
    specification = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Filespec"),
            "F": name,
            "UF": name,
            "Desc": pdfdoc.PDFString(attachment.description),
            "AFRelationship": pdfdoc.PDFName("Data"),
            "EF": pdfdoc.PDFDictionary({"F": place, "UF": place}),
        }
    )
    kept = document.Reference(specification)
    catalog.AF = pdfdoc.PDFArray([kept])
    catalog.Names = pdfdoc.PDFDictionary(
        {"EmbeddedFiles": pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray([name, kept])})}
    )


def _date(document: Any) -> Any:
    return pdfdoc.PDFDate(ts=document._timeStamp)  # noqa: SLF001  the date the file gives itself


def _metadata(document: Any) -> Any:
    about = {"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")}
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(about), _xmp(document).encode(), [])


def _xmp(document: Any) -> str:
    """Say again in XMP what the information dictionary says; the two may not differ."""
    info = document.info
    stamp = document._timeStamp  # noqa: SLF001  as above
    year, month, day, hour, minute, second = stamp.YMDhms
    date = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{stamp.dhh:+03}:{stamp.dmm:02}"
    title, subject, author, keywords, creator, producer = (
        escape(_NOT_IN_XML.sub("", str(one)))
        for one in (info.title, info.subject, info.author, info.keywords, info.creator, info.producer)
    )
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<pdf:Keywords>{keywords}</pdf:Keywords><pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
