"""What an attacker can do to a signed PDF without the signer's key; each function returns the forged file."""

# The PDF library is only half typed.
# mypy: disable-error-code="no-untyped-call"

from collections.abc import Callable
from io import BytesIO

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

from maturity_desktop.signing import authority, pdf
from maturity_desktop.signing.fields import INSTITUTION, LEAD_ASSESSOR
from maturity_desktop.signing.identity import KeySigner
from tests.factories import signed


def appended(content: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Add a revision the way any PDF library does."""
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def white_box(content: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        stream = generic.StreamObject(stream_data=b"1 1 1 rg 0 0 400 400 re f")
        writer.add_stream_to_page(0, writer.add_object(stream))

    return appended(content, change)


def note(content: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        page = writer.find_page_for_modification(0)[0].get_object()
        annotation = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/FreeText"),
                pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (10, 10, 200, 60))),
                pdf_name("/Contents"): generic.TextStringObject("level 5"),
                pdf_name("/DA"): generic.TextStringObject("/Helv 12 Tf"),
            }
        )
        page["/Annots"] = generic.ArrayObject([*page.get("/Annots", ()), writer.add_object(annotation)])
        writer.update_container(page)

    return appended(content, change)


def page(content: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        stream = writer.add_object(generic.StreamObject(stream_data=b"0 0 10 10 re f"))
        writer.insert_page(PageObject(contents=stream, media_box=(0, 0, 300, 300)))

    return appended(content, change)


def title(content: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        info = generic.DictionaryObject({pdf_name("/Title"): generic.TextStringObject("Forged")})
        writer.set_info(writer.add_object(info))

    return appended(content, change)


def garbage(content: bytes) -> bytes:
    return content + b"\n% nothing to see here\n"


def rewritten(content: bytes) -> bytes:
    output = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        document.save(output)
    return output.getvalue()


def painted_field(content: bytes) -> bytes:
    """Draw a stamp into the institution's open field without any signature."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        fields = writer.root["/AcroForm"]["/Fields"]
        field = next(one.get_object() for one in fields if one.get_object()["/T"] == INSTITUTION)
        form = generic.StreamObject(
            {
                pdf_name("/Type"): pdf_name("/XObject"),
                pdf_name("/Subtype"): pdf_name("/Form"),
                pdf_name("/BBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 200, 80))),
            },
            stream_data=b"1 0 0 rg 0 0 200 80 re f",
        )
        field["/AP"] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(form)})
        writer.update_container(field)

    return appended(content, change)


def without_fields(content: bytes) -> bytes:
    """Append a revision in which the document has no form, so that no signature is found."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        del writer.root["/AcroForm"]
        writer.update_root()

    return appended(content, change)


def contents_gap(content: bytes) -> tuple[int, int]:
    """Return where the last signature's hexadecimal block begins and ends, its brackets included."""
    ranges = PdfFileReader(BytesIO(content), strict=False).embedded_signatures[-1].byte_range
    return int(ranges[1]), int(ranges[2])


def third_signature(content: bytes, signer: KeySigner) -> bytes:
    """Sign a field of the attacker's own, with a genuine key."""
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    metadata = pdf._metadata("Third", signer, "", certify=None)
    return pdf._sign(writer, signer, metadata, clock=signed.CLOCK, place=pdf.Place(page=0, box=signed.RIGHT))


def uncertified(content: bytes, signer: KeySigner, field: str = LEAD_ASSESSOR) -> bytes:
    """Sign as an approval only, so that the document stays open to changes."""
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    metadata = pdf._metadata(field, signer, "", certify=None)
    return pdf._sign(writer, signer, metadata, clock=signed.CLOCK, place=pdf.Place(page=0, box=signed.LEFT))


def with_sha1(content: bytes, signer: KeySigner) -> bytes:
    """Sign as the lead assessor with a digest that is no longer safe."""
    metadata = PdfSignatureMetadata(
        field_name=LEAD_ASSESSOR,
        certify=True,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha1",
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    own = SimpleSigner.load_pkcs12_data(authority.pack(signer, "passphrase"), [], b"passphrase")
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    output = PdfSigner(metadata, own, new_field_spec=field_spec(LEAD_ASSESSOR)).sign_pdf(writer)
    assert isinstance(output, BytesIO)
    return output.getvalue()


def renamed_subfilter(content: bytes) -> bytes:
    """Make a signature of a form nobody knows; the length stays the same."""
    return content.replace(b"/ETSI.CAdES.detached", b"/ETSI.CAdES.detachet")


def field_spec(name: str) -> SigFieldSpec:
    return SigFieldSpec(name, on_page=0, box=signed.RIGHT)
