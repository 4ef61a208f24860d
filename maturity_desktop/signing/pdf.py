"""Signs PDF files: PAdES B-B, certifying, visible stamp, with the signing time of the clock handed in.

The report is certified so that only the institution's prepared field may still be signed; the certificate so that
nothing may follow. RSA only: a curve would force PDF 2.0 on the file and with it the loss of PDF/A.
"""

from dataclasses import dataclass
from io import BytesIO

from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
    enumerate_sig_fields,
)
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.stamp import StaticStampStyle

from maturity_desktop.errors import SigningRefused
from maturity_desktop.signing import logs
from maturity_desktop.signing.apart import run_apart
from maturity_desktop.signing.cms_signer import DIGEST, CmsSigner
from maturity_desktop.signing.fields import INSTITUTION, ISSUING_BODY, LEAD_ASSESSOR
from maturity_desktop.signing.identity import Signer, common_name, problem_of, refusal
from maturity_desktop.system.clock import Clock

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a visible signature stands.

    Attributes:
        page: 0 is the first page, -1 the last.
        box: left, bottom, right, top in points from the lower left corner.
        stamp_pdf: a one-page PDF drawn into the box; the page has the proportions of the box. b"" draws nothing.
    """

    page: int
    box: Box
    stamp_pdf: bytes = b""


def sign_report(
    pdf: bytes,
    signer: Signer,
    *,
    clock: Clock,
    place: Place,
    reason: str = "",
    institution: Place | None = None,
) -> bytes:
    """Certify a report as `LeadAssessor`; the institution's empty, locking field is prepared first when placed.

    Raises:
        SigningRefused: SGN-012 … SGN-015 the certificate cannot sign now, SGN-016 not an RSA key,
            SGN-017 the PDF cannot be signed.
    """
    check_usable(signer, clock)
    writer = _open(pdf)
    if institution is not None:
        lock = FieldMDPSpec(FieldMDPAction.ALL)
        spec = SigFieldSpec(INSTITUTION, on_page=institution.page, box=institution.box, field_mdp_spec=lock)
        append_signature_field(writer, spec)
    metadata = _metadata(LEAD_ASSESSOR, signer, reason, certify=MDPPerm.FILL_FORMS)
    return _sign(writer, signer, metadata, clock=clock, place=place)


def sign_certificate(pdf: bytes, signer: Signer, *, clock: Clock, place: Place, reason: str = "") -> bytes:
    """Certify a certificate as `IssuingBody`; no change whatever is allowed afterwards. Raises as `sign_report`."""
    check_usable(signer, clock)
    metadata = _metadata(ISSUING_BODY, signer, reason, certify=MDPPerm.NO_CHANGES)
    return _sign(_open(pdf), signer, metadata, clock=clock, place=place)


def approve_report(pdf: bytes, signer: Signer, *, clock: Clock, stamp_pdf: bytes = b"", reason: str = "") -> bytes:
    """Sign the prepared `InstitutionApproval` field of a certified report. Raises as `sign_report`."""
    check_usable(signer, clock)
    metadata = _metadata(INSTITUTION, signer, reason, certify=None)
    return _sign(_open(pdf), signer, metadata, clock=clock, stamp_pdf=stamp_pdf)


def open_field_size(pdf: bytes, field: str) -> tuple[float, float] | None:
    """Return width and height (points) of an empty signature field, None when there is none of that name.

    Raises:
        SigningRefused: SGN-017 the PDF cannot be read.
    """
    for name, value, reference in enumerate_sig_fields(_open(pdf), filled_status=False, with_name=field):
        if name == field and value is None:
            left, bottom, right, top = (float(one) for one in reference.get_object()["/Rect"])
            return abs(right - left), abs(top - bottom)
    return None


def check_usable(signer: Signer, clock: Clock) -> None:
    """Make sure this identity may sign PDF files now. Raises SigningRefused SGN-012 … SGN-016."""
    code = problem_of(signer.certificate, clock.now())
    if not code and not isinstance(signer.certificate.public_key(), rsa.RSAPublicKey):
        code = "SGN-016"
    if code:
        raise refusal(code, signer.certificate)


def _open(pdf: bytes) -> IncrementalPdfFileWriter:
    logs.silence()
    try:
        return IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    except (PdfError, ValueError) as problem:
        raise SigningRefused("SGN-017", detail=str(problem)) from problem


def _metadata(field: str, signer: Signer, reason: str, *, certify: MDPPerm | None) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=field,
        certify=certify is not None,
        docmdp_permissions=certify or MDPPerm.FILL_FORMS,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm=DIGEST,
        reason=reason or None,
        name=common_name(signer.certificate.subject),
    )


def _sign(
    writer: IncrementalPdfFileWriter,
    signer: Signer,
    metadata: PdfSignatureMetadata,
    *,
    clock: Clock,
    place: Place | None = None,
    stamp_pdf: bytes = b"",
) -> bytes:
    """Fill the field that `metadata` names: a new one at `place`, or the one that exists."""
    field = str(metadata.field_name)
    spec = SigFieldSpec(field, on_page=place.page, box=place.box) if place else None
    stamp = place.stamp_pdf if place else stamp_pdf
    style = _stamp_style(stamp) if stamp else None
    job = PdfSigner(metadata, CmsSigner(signer), stamp_style=style, new_field_spec=spec)
    try:
        return run_apart(_finish(job, writer, clock, existing=place is None))
    except (SigningError, PdfError, ValueError) as problem:
        raise SigningRefused("SGN-017", detail=str(problem)) from problem


def _stamp_style(stamp: bytes) -> StaticStampStyle:
    """Fill the whole field: the stamp was drawn to its size."""
    middle = AxisAlignment.ALIGN_MID
    return StaticStampStyle(
        background=_Drawing(stamp),
        background_layout=SimpleBoxLayoutRule(x_align=middle, y_align=middle),
        background_opacity=1,
        border_width=0,
    )


async def _finish(job: PdfSigner, writer: IncrementalPdfFileWriter, clock: Clock, *, existing: bool) -> bytes:
    """Walk the states of a signing session by hand, because only so the time can be ours."""
    session = job.init_signing_session(writer, existing_fields_only=existing)
    session.system_time = clock.now()
    validation = await session.perform_presign_validation(writer)
    size = await session.estimate_signature_container_size(validation, tight=False)
    document = session.prepare_tbs_document(validation, size)
    output = BytesIO()
    prepared, _ = document.digest_tbs_document(output=output)
    attributes = PdfCMSSignedAttributes(signing_time=session.system_time)
    await document.perform_signature(prepared.document_digest, attributes)
    return output.getvalue()


class _Drawing(PdfContent):
    """The first page of a small PDF in memory, drawn as a stamp."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        super().__init__()

    def render(self) -> bytes:
        """Import the page as a form object and draw it."""
        source = PdfFileReader(BytesIO(self._pdf), strict=False)
        form = self._ensure_writer.import_page_as_xobject(source)
        self.resources.xobject["/Stamp"] = form
        left, bottom, right, top = form.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return b"/Stamp Do"
