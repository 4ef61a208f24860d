"""Adds proof of time to signed PDF files, later and with a network: B-LT, then B-LTA. No earlier signature breaks.

First a document time-stamp over everything, then the certificates and revocation lists each signature needs, last a
second time-stamp over those; repeating it renews the proof before the first authority's certificate ends.
Source: ETSI EN 319 142-1, 5.4 (DSS) and 5.5 (document time-stamps); RFC 3161.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from cryptography import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper, TimestampDSSContentSettings
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation.dss import async_add_validation_info
from pyhanko.sign.validation.errors import SignatureValidationError, ValidationInfoReadingError
from pyhanko_certvalidator.errors import PathBuildingError, ValidationError

from maturity_desktop.errors import EnvironmentProblem, SigningRefused
from maturity_desktop.signing import logs
from maturity_desktop.signing.apart import run_apart
from maturity_desktop.signing.cms_signer import DIGEST
from maturity_desktop.signing.trust import validation_context

_TIMEOUT_S = 30
_BEFORE = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)  # nothing may follow the last stamp
_FAILED = (
    *(SigningError, PdfError, SignatureValidationError, ValidationInfoReadingError, ValidationError),
    *(PathBuildingError, ValueError, TypeError),
)


def http_stamper(url: str) -> TimeStamper:
    """Return the client of a time-stamp authority; the only place that ever speaks to a network, when asked to."""
    return HTTPTimeStamper(url, timeout=_TIMEOUT_S)


def add_proof_of_time(
    pdf: bytes,
    stamper: TimeStamper,
    *,
    roots: Sequence[x509.Certificate],
    crls: Sequence[x509.CertificateRevocationList],
    at: datetime,
) -> bytes:
    """Return the file with time-stamps and validation data added.

    Args:
        pdf: a file with at least one signature, already found good.
        stamper: the authority's client.
        roots: where signers and the authority lead to.
        crls: revocation lists to keep inside the file.
        at: now.

    Raises:
        EnvironmentProblem: SGN-035 the authority cannot be reached.
        SigningRefused: SGN-036 it answered otherwise than it must, or leads to none of the roots.
    """
    logs.silence()
    try:
        return run_apart(_add(pdf, stamper, roots, crls, at))
    except TimestampRequestError as problem:
        raise EnvironmentProblem("SGN-035", detail=str(problem.__cause__ or problem)) from problem
    except _FAILED as problem:
        raise SigningRefused("SGN-036", detail=str(problem) or type(problem).__name__) from problem


async def _add(
    pdf: bytes,
    stamper: TimeStamper,
    roots: Sequence[x509.Certificate],
    crls: Sequence[x509.CertificateRevocationList],
    at: datetime,
) -> bytes:
    job = PdfTimeStamper(stamper)
    stamped = BytesIO()
    await job.async_timestamp_pdf(IncrementalPdfFileWriter(BytesIO(pdf), strict=False), DIGEST, output=stamped)
    content = stamped.getvalue()
    for number in range(len(_reader(content).embedded_regular_signatures)):
        signature = _reader(content).embedded_regular_signatures[number]
        context = validation_context(roots, crls, at, needs_lists=False)
        completed = BytesIO()
        await async_add_validation_info(signature, context, output=completed, add_vri_entry=False)
        content = completed.getvalue() or content
    final = BytesIO()
    context = validation_context(roots, crls, at, needs_lists=False)
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    await job.async_timestamp_pdf(writer, DIGEST, context, output=final, dss_settings=_BEFORE)
    return final.getvalue()


def _reader(content: bytes) -> PdfFileReader:
    return PdfFileReader(BytesIO(content), strict=False)
