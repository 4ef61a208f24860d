"""What a party to a report can change between the two signatures, or prepare before the first; each returns a file.

The institution holds a genuine key, so whatever it adds below its own signature is covered by that; only the first
signature can tell. Source: "Shadow Attacks: Hiding and Replacing Content in Signed PDFs" (NDSS 2021); "1 Trillion
Dollar Refund: How To Spoof PDF Signatures" (CCS 2019); "Breaking the Specification: PDF Certification" (S&P 2021).
"""

# The PDF library is only half typed.
# mypy: disable-error-code="no-untyped-call"

from collections.abc import Callable
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from maturity_desktop.signing.fields import INSTITUTION, LEAD_ASSESSOR
from tests.factories.pdf_attacks import appended

WHITE = b"1 1 1 rg 0 0 595 842 re f 0 g BT /F1 40 Tf 100 400 Td (LEVEL 5) Tj ET"

Writer = IncrementalPdfFileWriter


def dictionary(**entries: Any) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(f"/{key}"): value for key, value in entries.items()})


def numbers(*values: int) -> generic.ArrayObject:
    return generic.ArrayObject(map(generic.NumberObject, values))


def text(value: str) -> generic.TextStringObject:
    return generic.TextStringObject(value)


def field_of(writer: Writer, name: str) -> Any:
    fields = writer.root["/AcroForm"]["/Fields"]
    return next(one.get_object() for one in fields if one.get_object()["/T"] == name)


def first_page(writer: Writer) -> Any:
    return writer.find_page_for_modification(0)[0].get_object()


def drawing(writer: Writer, content: bytes = WHITE) -> generic.IndirectObject:
    entries = dictionary(Type=pdf_name("/XObject"), Subtype=pdf_name("/Form"), BBox=numbers(0, 0, 595, 842))
    return writer.add_object(generic.StreamObject(entries, stream_data=content))


def script(words: str = "app.alert('level 5')") -> generic.DictionaryObject:
    return dictionary(S=pdf_name("/JavaScript"), JS=text(words))


def _catalog(**entries: Any) -> Callable[[Writer], None]:
    def change(writer: Writer) -> None:
        writer.root.update(dictionary(**entries))
        writer.update_root()

    return change


def _page(**entries: Any) -> Callable[[Writer], None]:
    def change(writer: Writer) -> None:
        page = first_page(writer)
        page.update(dictionary(**entries))
        writer.update_container(page)

    return change


def _field(name: str, **entries: Any) -> Callable[[Writer], None]:
    def change(writer: Writer) -> None:
        field = field_of(writer, name)
        field.update(dictionary(**entries))
        writer.update_container(field)

    return change


def _form(**entries: Any) -> Callable[[Writer], None]:
    def change(writer: Writer) -> None:
        form = writer.root["/AcroForm"]
        form.update(dictionary(**entries))
        writer.update_container(form)

    return change


def _annotated(annotation: generic.DictionaryObject) -> Callable[[Writer], None]:
    def change(writer: Writer) -> None:
        page = first_page(writer)
        annotation["/AP"] = dictionary(N=drawing(writer))
        page["/Annots"] = generic.ArrayObject([*page.get("/Annots", ()), writer.add_object(annotation)])
        writer.update_container(page)

    return change


def _replaced_contents(writer: Writer) -> None:
    """Replace the very stream the first page draws."""
    page = first_page(writer)
    reference = page.raw_get("/Contents").reference
    stream = generic.StreamObject(stream_data=WHITE)
    writer.objects[reference.generation, reference.idnum] = stream


def _repainted_signed_field(writer: Writer) -> None:
    field = field_of(writer, LEAD_ASSESSOR)
    field["/AP"] = dictionary(N=drawing(writer))
    writer.update_container(field)


def _repainted_in_place(writer: Writer) -> None:
    field = field_of(writer, LEAD_ASSESSOR)
    reference = field["/AP"].raw_get("/N").reference
    entries = dictionary(Type=pdf_name("/XObject"), Subtype=pdf_name("/Form"), BBox=numbers(0, 0, 595, 842))
    writer.objects[reference.generation, reference.idnum] = generic.StreamObject(entries, stream_data=WHITE)


def _new_field(writer: Writer) -> None:
    """Prepare one more signature field, painted over the whole page."""
    append_signature_field(writer, SigFieldSpec("Extra", on_page=0, box=(0, 0, 595, 842)))
    field = field_of(writer, "Extra")
    field["/AP"] = dictionary(N=drawing(writer))
    writer.update_container(field)


def _new_invisible_field_painted(writer: Writer) -> None:
    append_signature_field(writer, SigFieldSpec("Extra", on_page=0, box=(0, 0, 0, 0)))
    field = field_of(writer, "Extra")
    field["/AP"] = dictionary(N=drawing(writer))
    writer.update_container(field)


def _text_field(writer: Writer) -> None:
    entries = dictionary(
        Type=pdf_name("/Annot"), Subtype=pdf_name("/Widget"), FT=pdf_name("/Tx"), T=text("extra"), V=text("level 5")
    )
    entries["/Rect"] = numbers(0, 0, 595, 842)
    entries["/AP"] = dictionary(N=drawing(writer))
    reference = writer.add_object(entries)
    writer.root["/AcroForm"]["/Fields"].append(reference)
    writer.update_container(writer.root["/AcroForm"]["/Fields"])
    page = first_page(writer)
    page["/Annots"] = generic.ArrayObject([*page.get("/Annots", ()), reference])
    writer.update_container(page)


def _attached(writer: Writer) -> None:
    stream = generic.StreamObject(dictionary(Type=pdf_name("/EmbeddedFile")), stream_data=b'{"level": 5}')
    reference = writer.add_object(stream)
    specification = dictionary(Type=pdf_name("/Filespec"), F=text("content.json"), EF=dictionary(F=reference))
    names = dictionary(Names=generic.ArrayObject([text("content.json"), writer.add_object(specification)]))
    writer.root["/Names"] = dictionary(EmbeddedFiles=names)
    writer.update_root()


def _hidden_layer(writer: Writer) -> None:
    layer = writer.add_object(dictionary(Type=pdf_name("/OCG"), Name=text("x")))
    off = dictionary(OFF=generic.ArrayObject([layer]))
    writer.root["/OCProperties"] = dictionary(OCGs=generic.ArrayObject([layer]), D=off)
    writer.update_root()


BETWEEN: dict[str, Callable[[Writer], None]] = {
    "opens with a script": _catalog(OpenAction=script()),
    "opens another program": _catalog(OpenAction=dictionary(S=pdf_name("/Launch"), F=text("calc.exe"))),
    "opens a page": _catalog(OpenAction=generic.ArrayObject([generic.NumberObject(0), pdf_name("/Fit")])),
    "scripts for events": _catalog(AA=dictionary(WC=script())),
    "names of scripts": _catalog(
        Names=dictionary(JavaScript=dictionary(Names=generic.ArrayObject([text("a"), script()])))
    ),
    "attachment": _attached,
    "associated file": _catalog(AF=generic.ArrayObject()),
    "layers": _hidden_layer,
    "page labels": _catalog(PageLabels=dictionary(Nums=generic.ArrayObject([generic.NumberObject(0), dictionary()]))),
    "outlines": _catalog(Outlines=dictionary(Count=generic.NumberObject(0))),
    "viewer preferences": _catalog(ViewerPreferences=dictionary(HideMenubar=generic.BooleanObject(True))),
    "permissions gone": _catalog(Perms=dictionary()),
    "base address": _catalog(URI=dictionary(Base=text("http://evil.invalid/"))),
    "language": _catalog(Lang=text("xx")),
    "collection": _catalog(Collection=dictionary(View=pdf_name("/D"))),
    "page turned": _page(Rotate=generic.NumberObject(180)),
    "page cropped": _page(CropBox=numbers(0, 0, 10, 10)),
    "page enlarged": _page(MediaBox=numbers(0, 0, 5000, 5000)),
    "page user unit": _page(UserUnit=generic.NumberObject(3)),
    "page script": _page(AA=dictionary(O=script())),
    "page without comments": _page(Annots=generic.ArrayObject()),
    "page resources": _page(Resources=dictionary()),
    "page group": _page(Group=dictionary(S=pdf_name("/Transparency"))),
    "contents replaced": _replaced_contents,
    "signed stamp repainted": _repainted_signed_field,
    "signed stamp repainted in place": _repainted_in_place,
    "signed field moved": _field(LEAD_ASSESSOR, Rect=numbers(0, 0, 1, 1)),
    "signed field hidden": _field(LEAD_ASSESSOR, F=generic.NumberObject(2)),
    "signed field renamed": _field(LEAD_ASSESSOR, T=text("Other")),
    "signed field scripted": _field(LEAD_ASSESSOR, AA=dictionary(E=script())),
    "signed field linked": _field(LEAD_ASSESSOR, A=script()),
    "open field moved": _field(INSTITUTION, Rect=numbers(0, 0, 595, 842)),
    "open field hidden": _field(INSTITUTION, F=generic.NumberObject(2)),
    "open field scripted": _field(INSTITUTION, AA=dictionary(E=script())),
    "open field linked": _field(INSTITUTION, A=script()),
    "open field unlocked": _field(
        INSTITUTION, Lock=dictionary(Action=pdf_name("/Include"), Fields=generic.ArrayObject())
    ),
    "open field labelled": _field(INSTITUTION, TU=text("approved: level 5")),
    "open field bordered": _field(INSTITUTION, MK=dictionary(CA=text("level 5"))),
    "open field seeded": _field(INSTITUTION, SV=dictionary(Reasons=generic.ArrayObject([text("level 5")]))),
    "new field painted": _new_field,
    "new text field": _text_field,
    "form redrawn by viewers": _form(NeedAppearances=generic.BooleanObject(True)),
    "form of another kind": _form(XFA=text("<xdp/>")),
    "form order": _form(CO=generic.ArrayObject()),
    "free text": _annotated(
        dictionary(Type=pdf_name("/Annot"), Subtype=pdf_name("/FreeText"), Rect=numbers(0, 0, 595, 842))
    ),
    "rubber stamp": _annotated(
        dictionary(Type=pdf_name("/Annot"), Subtype=pdf_name("/Stamp"), Rect=numbers(0, 0, 595, 842))
    ),
    "redaction": _annotated(
        dictionary(Type=pdf_name("/Annot"), Subtype=pdf_name("/Redact"), Rect=numbers(0, 0, 595, 842))
    ),
    "link": _annotated(
        dictionary(Type=pdf_name("/Annot"), Subtype=pdf_name("/Link"), Rect=numbers(0, 0, 595, 842), A=script())
    ),
}


def between(content: bytes, change: Callable[[Writer], None]) -> bytes:
    """Add a revision with the change below a signature still to be made."""
    return appended(content, change)


def reader(content: bytes) -> PdfFileReader:
    return PdfFileReader(BytesIO(content), strict=False)


def updated(
    content: bytes,
    objects: dict[tuple[int, int], bytes],
    *,
    freed: tuple[int, ...] = (),
    trailer: str = "",
    previous: int | None = None,
    root: str = "",
) -> bytes:
    """Append a revision written by hand, with an ordinary cross-reference table.

    Args:
        content: the file before.
        objects: number and generation → body.
        freed: object numbers marked as no longer there.
        trailer: further entries of the trailer.
        previous: where the cross-references before are, when not where they really are.
        root: the catalog, when not the one before.
    """
    source = reader(content)
    body, places = bytearray(content + b"\n"), {}
    for (number, generation), text_of_object in objects.items():
        places[number] = len(body), generation
        body += b"%d %d obj\n" % (number, generation) + text_of_object + b"\nendobj\n"
    start = len(body)
    lines = [f"{number} 1\n{place:010} {generation:05} n \n" for number, (place, generation) in sorted(places.items())]
    lines += [f"{number} 1\n0000000000 65535 f \n" for number in freed]
    size = max([int(source.trailer["/Size"]), *(number + 1 for number in places)])
    catalog = root or f"{source.root_ref.idnum} 0 R"
    info = source.trailer.raw_get("/Info").reference.idnum
    before = source.last_startxref if previous is None else previous
    table = "xref\n" + "".join(lines)
    end = f"trailer\n<< /Size {size} /Root {catalog} /Info {info} 0 R /Prev {before} {trailer} >>\n"
    return bytes(body) + table.encode() + end.encode() + b"startxref\n%d\n%%%%EOF\n" % start


def contents_reference(content: bytes) -> int:
    """Return the object number of the stream that the first page draws."""
    number: int = reader(content).root["/Pages"]["/Kids"][0].raw_get("/Contents").reference.idnum
    return number


def stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream"


def _other_generation(content: bytes) -> bytes:
    """Add a younger generation of the page's drawing; many viewers look at the object number alone."""
    return updated(content, {(contents_reference(content), 1): stream(WHITE)})


def _other_generation_of_page(content: bytes) -> bytes:
    number = reader(content).root["/Pages"]["/Kids"].raw_get(0).reference.idnum
    parent = reader(content).root.raw_get("/Pages").reference.idnum
    page = f"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 1 1] >>".encode()
    return updated(content, {(number, 1): page})


def _freed(content: bytes) -> bytes:
    return updated(content, {}, freed=(contents_reference(content),))


def _other_catalog(content: bytes) -> bytes:
    size = int(reader(content).trailer["/Size"])
    pages = reader(content).root.raw_get("/Pages").reference.idnum
    return updated(content, {(size, 0): f"<< /Type /Catalog /Pages {pages} 0 R >>".encode()}, root=f"{size} 0 R")


def _unlisted_object(content: bytes) -> bytes:
    """Lay a second drawing between the revisions that only a viewer repairing the file would find."""
    return content + b"%d 0 obj\n" % contents_reference(content) + stream(WHITE) + b"\nendobj\n"


def _encrypted_later(content: bytes) -> bytes:
    return updated(content, {}, trailer="/Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (x) /P -4 >>")


def _other_identifier(content: bytes) -> bytes:
    return updated(content, {}, trailer="/ID [<00> <00>]")


RAW: dict[str, Callable[[bytes], bytes]] = {
    "another generation of the drawing": _other_generation,
    "another generation of the page": _other_generation_of_page,
    "drawing freed": _freed,
    "another catalog": _other_catalog,
    "an object nobody lists": _unlisted_object,
}
UNREADABLE: dict[str, Callable[[bytes], bytes]] = {
    "encrypted later": _encrypted_later,
    "cross-references of themselves": lambda content: updated(content, {}, previous=len(content) + 1),
    "cross-references before the file": lambda content: updated(content, {}, previous=0),
    "cross-references behind the file": lambda content: updated(content, {}, previous=10**9),
}


def with_gap_in_drawing(content: bytes, number: int) -> bytes:
    """Prepare a page that also draws an object nobody has written yet."""
    before = contents_reference(content)

    def change(writer: Writer) -> None:
        page = first_page(writer)
        own, later = (generic.IndirectObject(one, 0, writer) for one in (before, number))
        page["/Contents"] = generic.ArrayObject([own, later])
        writer.update_container(page)

    return appended(content, change)


def filled_gap(content: bytes, number: int) -> bytes:
    return updated(content, {(number, 0): stream(WHITE)})


_XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{more}'
    '<xmp:ModifyDate>{date}</xmp:ModifyDate></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


def with_xmp(content: bytes, title: str, *, date: str = "2026-11-23T08:00:00Z", more: str = "") -> bytes:
    """Write a metadata stream by hand, because the library would write its own."""
    words = _XMP.format(title=title, date=date, more=more).encode()
    source = reader(content)
    number = int(source.trailer["/Size"])
    catalog = generic.DictionaryObject({key: source.root.raw_get(key) for key in source.root})
    catalog[pdf_name("/Metadata")] = generic.IndirectObject(number, 0, None)
    written = BytesIO()
    catalog.write_to_stream(written)
    head = b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n" % len(words)
    objects = {(source.root_ref.idnum, 0): written.getvalue(), (number, 0): head + words + b"\nendstream"}
    return updated(content, objects)


def objects_in_stream(content: bytes) -> bytes:
    """Replace the drawing by a revision whose objects lie in a stream of objects."""
    number = contents_reference(content)
    drawing_number = int(reader(content).trailer["/Size"]) + 5
    page = reader(content).root["/Pages"]["/Kids"].raw_get(0).reference.idnum
    parent = reader(content).root.raw_get("/Pages").reference.idnum
    new_page = f"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 595 842] /Contents {drawing_number} 0 R >>".encode()
    head = b"%d 0 " % page
    body = b"<< /Type /ObjStm /N 1 /First %d /Length %d >>\nstream\n" % (len(head), len(head) + len(new_page))
    body += head + new_page + b"\nendstream"
    return updated(content, {(drawing_number, 0): stream(WHITE), (number + 1000, 0): body})
